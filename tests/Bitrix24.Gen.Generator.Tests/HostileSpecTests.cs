using Bitrix24.Gen.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Bitrix24.Gen.Generator.Tests;

/// <summary>Spec text is not trusted: whatever it says, what is generated compiles.</summary>
public class HostileSpecTests
{
    private const string Client = """
        namespace App;
        [Bitrix24.Bitrix24Client("crm")]
        public partial class Portal;
        """;

    private static readonly string[] Names =
    [
        "class", "record", "await", "var", "_", "2fa", "123", "a b", "a-b", "a\\\"b", "a\\\\b", "*/", "/*", "//", "<see/>",
        "&amp;", "a\\nb", "a\\r\\nb", "a\\u2028b", "a\\u2029b", "a\\u0085b", "a\\u0000b", "\\ud800", "{0}", "%s", "'", "`", "$",
        "имя", "名前", "ı", "İ", "ﬀ", "e\\u0301", "ToString", "Equals", "GetType", "GetHashCode", "Finalize",
        "MemberwiseClone", "Extra", "Descriptor", "ReadField", "WriteFields", "FieldArray", "Assign", "Method", "Validate",
        "Filter", "Select", "Order", "Position", "With", "Any", "Query", "cancellationToken", "Deal", "DealCreate", "DealFilter",
        "Portal", "Crm", "CrmArea", "CrmErrors", "App", "System", "Bitrix24", "global", "value", "field", "get", "set", "init",
        "required", "file", "b24", "b24own", "messages", "f0", "index", "r", "w", "types", "methods", "client", "_client", "_f1",
        "CrmDealTypes", "DealClient", "DealAddRequest", "JsonRead", "Task", "String", "Object", "Nullable", "List",
        "PrintMembers", "Deconstruct", "EqualityContract", "op_Implicit", "get_Id", "Create", "Api", "Bitrix24ApiRules", "Find",
    ];

    // Several names a compilation, each in an area of its own: most of the time goes into starting one.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void AnyName_OfFieldParameterTypeEnumOrError_Compiles(int part)
    {
        var names = Names.Where((_, i) => i % 6 == part).ToArray();
        var areas = string.Join(", ", names.Select(static (_, i) => $"\"crm{i}\""));
        GeneratorHarness.Run(
            $"namespace App; [Bitrix24.Bitrix24Client({areas})] public partial class Portal;",
            names.Select(static (n, i) => new TestFile($"/specs/bitrix24/crm{i}.deal.b24.json", Spec(n)
                .Replace("crm.", $"crm{i}.", StringComparison.Ordinal)
                .Replace("Crm", $"Crm{i}", StringComparison.Ordinal)))).AssertCompiles();
    }

    private static string Spec(string name) => $$"""
            {
              "api": "bitrix24",
              "types": {
                "Deal": {
                  "fields": {
                    "id": { "type": "int", "readOnly": true },
                    "{{name}}": { "type": "string", "required": true, "enum": ["{{name}}", "{{name}}_2", "other"], "description": "{{name}}" },
                    "inner": { "fields": { "{{name}}": { "type": "int", "pattern": "{{name}}" } } }
                  }
                },
                "{{name}}": { "fields": { "{{name}}": { "type": "{{(name.All(char.IsLetterOrDigit) ? "string" : "json")}}" } }, "description": "{{name}}" }
              },
              "methods": {
                "crm.deal.add": {
                  "operation": "add", "of": "Deal", "docs": "https://example.com/{{name}}", "description": "{{name}}",
                  "params": {
                    "fields": { "type": "Deal", "as": "create", "required": true },
                    "{{name}}": { "type": "string", "required": true, "enum": ["{{name}}"] }
                  },
                  "result": { "fields": { "{{name}}": { "type": "int" } } },
                  "errors": { "{{name}}": "{{name}}", "other": "*/ </summary> {{name}}" }
                },
                "crm.deal.update": {
                  "operation": "update", "params": { "fields": { "type": "Deal", "as": "update" }, "{{name}}": { "type": "int" } },
                  "result": { "type": "bool" }
                },
                "crm.deal.list": {
                  "operation": "list", "of": "Deal", "paging": "start",
                  "params": {
                    "filter": { "type": "Deal", "as": "filter", "logic": true },
                    "select": { "type": "Deal", "as": "select" },
                    "order": { "type": "Deal", "as": "order" },
                    "start": { "type": "int" },
                    "{{name}}": { "type": "int" }
                  },
                  "result": { "type": "Deal[]", "at": "{{name}}" }
                }
              }
            }
            """;

    [Theory]
    [InlineData("crm.class.add")]
    [InlineData("crm.crm.crm")]
    [InlineData("crm.deal.toString")]
    [InlineData("crm.getType.equals")]
    [InlineData("crm.2.3")]
    [InlineData("crm.app.portal")]
    [InlineData("crm.add")]
    [InlineData("crm")]
    [InlineData("crm.deal.fields.deal.fields")]
    public void AnyMethodName_Compiles(string name) => GeneratorHarness.Run(
        Client,
        new TestFile($"/specs/bitrix24/{string.Join('.', name.Split('.').SkipLast(1).DefaultIfEmpty("crm"))}.b24.json", $$"""
            {
              "api": "bitrix24",
              "methods": {
                "{{name}}": { "operation": "action", "params": { "id": { "type": "int", "required": true } }, "result": { "type": "json" } },
                "{{name}}.sub": { "operation": "action", "result": { "type": "int|string", "nullable": true } }
              }
            }
            """)).AssertCompiles();

    // The compiler takes names of 1,023 bytes.
    [Theory]
    [InlineData("parameter")]
    [InlineData("参数名称参数名称")]
    public void NamesThatAddUp_Compile(string name)
    {
        var nested = """{ "type": "int" }""";
        for (var i = 0; i < 40; i++)
            nested = $$"""{ "fields": { "{{name}}{{name}}{{name}}ToNest": {{nested}}, "other": { "fields": { "id": { "type": "int" } } } } }""";
        var longest = string.Concat(Enumerable.Repeat(name, 450));
        var harness = GeneratorHarness.Run(
            Client,
            new TestFile("/specs/bitrix24/api.b24.json", File.ReadAllText(RepositoryRoot.PathTo("specs", "bitrix24", "api.b24.json"))),
            new TestFile("/specs/bitrix24/crm.deal.b24.json", $$"""
                {
                  "api": "bitrix24",
                  "methods": {
                    "crm.deal.add": { "operation": "action", "params": { "a": {{nested}} }, "result": {{nested}} },
                    "crm.deal.{{longest}}": { "operation": "action", "params": { "a": {{nested}} }, "result": {{nested}} }
                  },
                  "events": { "ON_LONG": { "scope": "crm", "data": { "fields": { "{{longest}}": {{nested}} } } } }
                }
                """)).AssertCompiles();
        using var assembly = new MemoryStream();

        Assert.Contains("ToNest", harness.Sources["Bitrix24.Crm.crm.deal.g.cs"], StringComparison.Ordinal);
        Assert.DoesNotContain(harness.Output().Emit(assembly).Diagnostics, static d => d.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public void EveryTypeExpression_Compiles()
    {
        string[] scalars = ["string", "int", "long", "double", "decimal", "bool", "yn", "date", "datetime", "json", "file", "Inner", "Code", "Size"];
        var types = scalars
            .SelectMany(static s => new[] { s, $"{s}[]", $"map<{s}>", $"{s}[][]", $"map<{s}[]>", $"map<map<{s}>>", $"(map<{s}>)[]", $"{s}|{s}[]", $"int|{s}", $"string|map<{s}>" })
            .Distinct()
            .ToArray();
        var fields = string.Join(",\n", types.Select(static (t, i) => $"\"f{i}\": {{ \"type\": \"{t}\" }}"));
        var required = string.Join(",\n", types.Select(static (t, i) => $"\"r{i}\": {{ \"type\": \"{t}\", \"required\": true, \"nullable\": {(i % 2 == 0 ? "true" : "false")} }}"));
        var methods = string.Join(",\n", types.Select(static (t, i) => $$"""
            "crm.deal.m{{i}}": { "operation": "action", "params": { "a": { "type": "{{t}}" }, "b": { "type": "{{t}}", "required": true } }, "result": { "type": "{{t}}", "nullable": {{(i % 2 == 0 ? "true" : "false")}} } }
            """));
        GeneratorHarness.Run(
            Client,
            new TestFile("/specs/bitrix24/crm.deal.b24.json", $$"""
                {
                  "api": "bitrix24",
                  "types": {
                    "Inner": { "fields": { "id": { "type": "int" }, "self": { "type": "Inner" } } },
                    "Code": { "type": "string", "enum": ["a", "b"] },
                    "Size": { "type": "int", "min": 1, "max": 9.5 },
                    "Deal": { "fields": { {{fields}}, {{required}} } }
                  },
                  "methods": {
                    "crm.deal.add": { "operation": "add", "params": { "fields": { "type": "Deal", "as": "create", "required": true } }, "result": { "type": "Deal" } },
                    "crm.deal.update": { "operation": "update", "params": { "fields": { "type": "Deal", "as": "update", "required": true } }, "result": { "type": "bool" } },
                    "crm.deal.list": {
                      "operation": "list", "paging": "start",
                      "params": { "filter": { "type": "Deal", "as": "filter" }, "select": { "type": "Deal", "as": "select" }, "order": { "type": "Deal", "as": "order" }, "start": { "type": "int" } },
                      "result": { "type": "Deal[]" }
                    },
                    {{methods}}
                  }
                }
                """)).AssertCompiles();
    }

    [Fact]
    public void NamesThatAreEqualInCSharp_GetNumbers()
    {
        var harness = GeneratorHarness.Run(
            Client,
            new TestFile("/specs/bitrix24/crm.deal.b24.json", """
                {
                  "api": "bitrix24",
                  "types": { "Deal": { "fields": { "title": { "type": "string" }, "TITLE": { "type": "string" }, "Title": { "type": "string" } } } },
                  "methods": { "crm.deal.get": { "operation": "get", "result": { "type": "Deal" } } }
                }
                """)).AssertCompiles();
        Assert.Contains("Title_2 ", harness.Sources["Bitrix24.Crm.crm.deal.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void SameNamesInTwoFilesOfAnArea_Compile()
    {
        const string spec = """
            {
              "api": "bitrix24",
              "types": { "Item": { "fields": { "kind": { "type": "string", "enum": ["a"] } } } },
              "methods": { "NAME.get": { "operation": "get", "result": { "type": "Item" } } }
            }
            """;
        GeneratorHarness.Run(
            Client,
            new TestFile("/specs/bitrix24/crm.deal.b24.json", spec.Replace("NAME", "crm.deal", StringComparison.Ordinal)),
            new TestFile("/specs/bitrix24/crm.lead.b24.json", spec.Replace("NAME", "crm.lead", StringComparison.Ordinal)),
            new TestFile("/specs/bitrix24/crm.DEAL.x.b24.json", spec.Replace("NAME", "crm.DEAL.x", StringComparison.Ordinal))).AssertCompiles();
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{ \"api\": 1, \"types\": [], \"methods\": { \"crm.deal.add\": 5 } }")]
    [InlineData("{ \"api\": \"bitrix24\", \"methods\": { \"crm.deal.add\": { \"params\": { \"x\": { \"type\": \"Nothing\" } }, \"result\": { \"type\": \"also[\" } } } }")]
    public void BrokenSpec_IsLeftOutSilently(string text)
    {
        var harness = GeneratorHarness.Run(Client, new TestFile("/specs/bitrix24/crm.deal.b24.json", text)).AssertCompiles();
        Assert.Empty(harness.Result.Diagnostics);
    }
}
