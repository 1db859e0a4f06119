using Bitrix24.Gen.Importer.Diff;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Tests;

/// <summary>What changed of events, placements and callbacks is reported, with what it means.</summary>
public class IncomingDiffTests
{
    private const string Text = """
        {
          "api": "bitrix24", "scope": "shop",
          "events": {
            "ONBOXADD": { "data": { "fields": { "FIELDS": { "fields": { "ID": { "type": "long" }, "TITLE": { "type": "string" } } } } } },
            "ONBOXGONE": { "docs": "https://example.com/gone" }
          },
          "placements": { "BOX_TAB": { "options": { "fields": { "ID": { "type": "long" } } } } },
          "callbacks": { "shop.box.url": { "timeout": 9, "signed": true, "body": "json", "request": { "fields": { "table": { "type": "string" } } }, "result": { "fields": { "ok": { "type": "bool" } } } } }
        }
        """;

    [Theory]
    [InlineData("\"ONBOXGONE\"", "\"ONBOXAWAY\"", "eventRemoved", true, "ONBOXGONE")]
    [InlineData("\"ONBOXGONE\"", "\"ONBOXAWAY\"", "eventAdded", false, "ONBOXAWAY")]
    [InlineData("\"docs\": \"https://example.com/gone\"", "\"deprecated\": true", "eventDeprecated", false, "ONBOXGONE")]
    [InlineData("\"docs\": \"https://example.com/gone\"", "\"scope\": \"other\"", "scopeChanged", true, "ONBOXGONE")]
    [InlineData("\"docs\": \"https://example.com/gone\"", "\"data\": { \"fields\": { \"ID\": { \"type\": \"long\" } } }", "payloadAdded", false, "ONBOXGONE")]
    [InlineData("\"TITLE\": { \"type\": \"string\" }", "\"TITLE\": { \"type\": \"int\" }", "typeChanged", true, "TITLE")]
    [InlineData("\"TITLE\": { \"type\": \"string\" }", "\"NAME\": { \"type\": \"string\" }", "fieldRemoved", true, "TITLE")]
    [InlineData("\"TITLE\": { \"type\": \"string\" }", "\"NAME\": { \"type\": \"string\" }", "fieldAdded", false, "NAME")]
    [InlineData("\"BOX_TAB\"", "\"BOX_LIST\"", "placementRemoved", true, "BOX_TAB")]
    [InlineData("\"BOX_TAB\"", "\"BOX_LIST\"", "placementAdded", false, "BOX_LIST")]
    [InlineData("{ \"options\": { \"fields\": { \"ID\": { \"type\": \"long\" } } } }", "{}", "payloadRemoved", true, "BOX_TAB")]
    [InlineData("\"shop.box.url\"", "\"shop.box.address\"", "callbackRemoved", true, "shop.box.url")]
    [InlineData("\"shop.box.url\"", "\"shop.box.address\"", "callbackAdded", false, "shop.box.address")]
    [InlineData("\"timeout\": 9", "\"timeout\": 5", "callbackTimeout", true, "shop.box.url")]
    [InlineData("\"timeout\": 9", "\"timeout\": 60", "callbackTimeout", false, "shop.box.url")]
    [InlineData("\"signed\": true, ", "", "callbackUnsigned", true, "shop.box.url")]
    [InlineData("\"signed\": true, ", "\"signed\": true, \"failure\": { \"status\": 503 }, ", "callbackFailure", false, "shop.box.url")]
    [InlineData("\"signed\": true, ", "\"signed\": true, \"failure\": { \"body\": { \"ok\": false } }, ", "callbackFailure", false, "shop.box.url")]
    [InlineData("\"body\": \"json\"", "\"body\": \"form\"", "callbackBody", true, "shop.box.url")]
    [InlineData("\"ok\": { \"type\": \"bool\" }", "\"ok\": { \"type\": \"bool\", \"required\": true }", "nowRequired", true, "ok")]
    public void Change_IsReportedWithItsMeaning(string from, string to, string kind, bool breaking, string path)
    {
        Assert.Contains(from, Text, StringComparison.Ordinal);
        var changes = SpecDiff.Compare(Set(Text), Set(Text.Replace(from, to, StringComparison.Ordinal)));
        var change = Assert.Single(changes, c => c.Kind == kind);
        Assert.Equal(breaking, change.Breaking);
        Assert.Contains(path, change.Path, StringComparison.Ordinal);
        Assert.All(changes, static c => Assert.NotEmpty(c.Means));
    }

    [Fact]
    public void Same_IsNoChange() => Assert.Empty(SpecDiff.Compare(Set(Text), Set(Text)));

    private static SpecSet Set(string text)
    {
        var file = SpecReader.Read("bitrix24/shop.box.b24.json", text);
        Assert.Empty(file.Diagnostics);
        return SpecSet.Create([file]);
    }
}
