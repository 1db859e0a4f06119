using Bitrix24.Gen.Importer.Commands;
using Bitrix24.Gen.Importer.Diff;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Tests;

public class DiffTests
{
    private const string Types = """
        "Box": { "fields": {
          "id": { "type": "int", "readOnly": true },
          "title": { "type": "string", "required": true, "maxLength": 50, "errors": { "maxLength": "LONG" } },
          "color": { "type": "string", "enum": ["red", "green"] },
          "size": { "type": "int", "min": 1, "default": 3 },
          "sides": { "type": "Side[]" } } },
        "Side": { "fields": { "area": { "type": "int" } } }
        """;

    private const string Methods = """
        "shop.box.add": { "operation": "add", "params": { "fields": { "type": "Box", "as": "create", "required": true } }, "result": { "type": "int" } },
        "shop.box.update": { "operation": "update", "params": { "id": { "type": "int", "required": true }, "fields": { "type": "Box", "as": "update" } }, "result": { "type": "bool" } },
        "shop.box.get": { "operation": "get", "params": { "id": { "type": "int" } }, "result": { "type": "Box" }, "errors": { "GONE": "Gone" } },
        "shop.box.list": { "operation": "list", "params": { "filter": { "type": "Box", "as": "filter" } }, "paging": "page", "result": { "type": "Box[]" } }
        """;

    private static readonly string Text = $$"""{ "types": { {{Types}} }, "methods": { {{Methods}} } }""";

    private static SpecSet Set(string text, string api = "bitrix24") => SpecSet.Create([SpecReader.Read($"{api}/shop.box.b24.json", $$"""{ "api": "{{api}}", {{text[1..]}}""")]);

    private static IReadOnlyList<SpecChange> Compare(string from, string to)
    {
        Assert.Contains(from, Text, StringComparison.Ordinal);
        return SpecDiff.Compare(Set(Text), Set(Text.Replace(from, to, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("\"readOnly\": true }", "\"readOnly\": true }, \"code\": { \"type\": \"string\", \"required\": true }", "requiredAdded", "shop.box/Box code", "shop.box.add")]
    [InlineData("\"color\": { \"type\": \"string\"", "\"color\": { \"type\": \"string\", \"required\": true", "nowRequired", "shop.box/Box color", "shop.box.add")]
    [InlineData("\"color\": { \"type\": \"string\"", "\"color\": { \"type\": \"string\", \"immutable\": true", "nowImmutable", "shop.box/Box color", "shop.box.update")]
    [InlineData("\"color\": { \"type\": \"string\"", "\"color\": { \"type\": \"string\", \"readOnly\": true", "nowReadOnly", "shop.box/Box color", "shop.box.add,shop.box.update")]
    [InlineData("\"color\": { \"type\": \"string\"", "\"color\": { \"type\": \"string\", \"filterable\": false", "notFilterable", "shop.box/Box color", "shop.box.list")]
    [InlineData("[\"red\", \"green\"]", "[\"red\"]", "valuesNarrowed", "shop.box/Box color", "shop.box.add,shop.box.update")]
    [InlineData("\"maxLength\": 50", "\"maxLength\": 40", "limitTightened", "shop.box/Box title", "shop.box.add,shop.box.update")]
    [InlineData("\"min\": 1", "\"min\": 2", "limitTightened", "shop.box/Box size", "shop.box.add,shop.box.update")]
    [InlineData("\"default\": 3", "\"default\": 4", "defaultChanged", "shop.box/Box size", "shop.box.add,shop.box.update")]
    [InlineData("\"LONG\"", "\"TOO_LONG\"", "ruleCodeChanged", "shop.box/Box title", "shop.box.add,shop.box.update")]
    [InlineData("\"area\": { \"type\": \"int\" }", "\"area\": { \"type\": \"string\" }", "typeChanged", "shop.box/Side area", "shop.box.add,shop.box.get,shop.box.list,shop.box.update")]
    [InlineData("\"Side\"", "\"Face\"", "typeRenamed", "shop.box/Face", "shop.box.add,shop.box.get,shop.box.list,shop.box.update")]
    [InlineData("\"paging\": \"page\"", "\"paging\": \"start\"", "pagingChanged", "shop.box.list", "")]
    [InlineData("\"result\": { \"type\": \"int\" }", "\"result\": { \"type\": \"int\", \"at\": \"id\" }", "resultMoved", "shop.box.add result", "")]
    [InlineData("\"operation\": \"get\"", "\"operation\": \"get\", \"auth\": [\"application\"]", "webhookRefused", "shop.box.get", "")]
    [InlineData("\"operation\": \"get\"", "\"operation\": \"get\", \"batchable\": false", "batchRefused", "shop.box.get", "")]
    [InlineData("\"shop.box.get\"", "\"shop.box.fetch\"", "methodRemoved", "shop.box.get", "")]
    [InlineData("\"params\": { \"id\": { \"type\": \"int\" } }", "\"params\": { \"id\": { \"type\": \"int\", \"required\": true } }", "nowRequired", "shop.box.get id", "shop.box.get")]
    [InlineData("\"Gone\"", "{ \"message\": \"Gone\", \"status\": 410 }", "errorStatusChanged", "shop.box.get", "")]
    public void Breaking(string from, string to, string kind, string path, string methods)
    {
        from = from == "\"Side\"" ? "Side" : from;
        to = to == "\"Face\"" ? "Face" : to;

        var change = Assert.Single(Compare(from, to), c => c.Kind == kind && c.Path == path);

        Assert.True(change.Breaking);
        Assert.Equal(methods, string.Join(',', change.Methods));
        Assert.NotEmpty(change.Means);
    }

    [Theory]
    [InlineData("[\"red\", \"green\"]", "[\"red\", \"green\", \"blue\"]", "valuesAdded")]
    [InlineData("\"maxLength\": 50", "\"maxLength\": 60", "limitRelaxed")]
    [InlineData("\"size\": { \"type\": \"int\"", "\"size\": { \"type\": \"int\", \"deprecated\": true", "fieldDeprecated")]
    [InlineData("\"GONE\": \"Gone\"", "\"GONE\": \"Gone\", \"BUSY\": \"Busy\"", "errorAdded")]
    [InlineData("\"GONE\": \"Gone\"", "\"LOST\": \"Lost\"", "errorRemoved")]
    [InlineData("\"GONE\": \"Gone\"", "\"GONE\": \"Away\"", "errorTextChanged")]
    [InlineData("\"operation\": \"get\"", "\"operation\": \"get\", \"deprecated\": true, \"replacement\": \"shop.box.list\"", "methodDeprecated")]
    [InlineData("\"shop.box.get\"", "\"shop.box.fetch\"", "methodAdded")]
    [InlineData("\"readOnly\": true }", "\"readOnly\": true }, \"code\": { \"type\": \"string\" }", "parameterAdded")]
    [InlineData("\"params\": { \"id\": { \"type\": \"int\" } }", "\"params\": { \"id\": { \"type\": \"int|string\" } }", "typeCompatible")]
    public void Compatible(string from, string to, string kind) => Assert.Contains(Compare(from, to), c => c.Kind == kind && !c.Breaking);

    [Fact]
    public void BreakingChangesComeFirst_AndTheTextSaysWhatTheyMean()
    {
        var changes = Compare("\"GONE\": \"Gone\" }", "\"LOST\": \"Lost\" }, \"scope\": \"x\" }".Replace(", \"scope\": \"x\" }", ", \"batchable\": false", StringComparison.Ordinal));
        var text = new StringWriter { NewLine = "\n" };

        DiffCommand.Write(changes, json: false, text);

        Assert.Equal(
            """
            Breaking
              shop.box.get: It can no longer be called in a batch. Call it by itself; in a batch it will be refused.
            Compatible
              shop.box.get: New error LOST. Be ready for this code.
              shop.box.get: Error GONE is no longer listed. Code that handles it may no longer run.
            1 breaking, 2 compatible

            """.ReplaceLineEndings("\n"),
            text.ToString());
    }

    [Fact]
    public void EqualSets_DoNotDiffer() => Assert.Empty(SpecDiff.Compare(Set(Text), Set(Text)));

    [Fact]
    public void EachApi_IsComparedWithItself()
    {
        var both = new[] { SpecReader.Read("bitrix24/shop.box.b24.json", $$"""{ "api": "bitrix24", {{Text[1..]}}"""), SpecReader.Read("bitrix24-v3/shop.box.b24.json", $$"""{ "api": "bitrix24-v3", {{Text[1..]}}""") };
        var later = new[] { both[0], SpecReader.Read("bitrix24-v3/shop.box.b24.json", $$"""{ "api": "bitrix24-v3", {{Text[1..].Replace("\"GONE\": \"Gone\"", "", StringComparison.Ordinal)}}""") };

        Assert.Equal(("bitrix24-v3", "errorRemoved"), Assert.Single(SpecDiff.Compare(SpecSet.Create(both), SpecSet.Create(later)).Select(static c => (c.Api, c.Kind))));
    }

    [Fact]
    public void LimitsOfTheApi_AreCompared()
    {
        static SpecSet Api(string profile) => SpecSet.Create([SpecReader.Read("bitrix24/api.b24.json", $$"""{ "api": "bitrix24", "profile": { {{profile}} } }""")]);

        var changes = SpecDiff.Compare(
            Api(""" "pageSize": 50, "filterOperators": { "": "equals", ">": "greater" }, "rateLimits": { "portal": { "capacity": 50, "perSecond": 2 } } """),
            Api(""" "pageSize": 20, "filterOperators": { "": "equals" }, "rateLimits": { "portal": { "capacity": 50, "perSecond": 1 } } """));

        Assert.Equal(["operatorRemoved", "pageSizeChanged", "rateTightened"], changes.Where(static c => c.Breaking).Select(static c => c.Kind));
    }
}
