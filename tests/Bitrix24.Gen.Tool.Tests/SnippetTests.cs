using System.Text;
using System.Text.Json;
using Bitrix24.Gen.Importer.Mcp;
using Bitrix24.Gen.Importer.Output;
using Bitrix24.Gen.Specs;
using JsonProperty = Bitrix24.Gen.Specs.JsonProperty;

namespace Bitrix24.Gen.Tool.Tests;

public class SnippetTests
{
    private static readonly string[] Areas = ["crm.deal", "crm.item", "crm.activity", "tasks", "disk.folder", "disk.storage", "catalog", "biconnector", "user", "telephony", "imbot", "sale.delivery"];

    /// <summary>A call of each method with all parameters that a value can be made up for: what is written as typed code compiles.</summary>
    [Fact]
    public void Typed_calls_compile()
    {
        var set = AssistantSession.Packaged;
        var code = new StringBuilder();
        var (typed, all) = (0, 0);
        foreach (var method in set.Files.Where(static f => f.Api == SpecSet.DefaultApi && Areas.Any(a => f.Name == a || f.Name.StartsWith(a + ".", StringComparison.Ordinal))).SelectMany(static f => f.Methods))
        {
            all++;
            if (TypedCall.Write(set, method, Call(set, method)) is not { } call)
                continue;
            typed++;
            code.Append("        ").Append(call.IsList ? "_ = " : "await ").Append(call.Code).Append(";\n");
        }

        GeneratorHarness.RunLean(
            $$"""
            using System;
            using System.Globalization;
            using System.Text.Json.Nodes;
            using Bitrix24;

            [Bitrix24Client({{string.Join(", ", Areas.Select(static a => $"\"{a}\""))}})]
            internal partial class Portal;

            internal static class Calls
            {
                internal static async System.Threading.Tasks.Task RunAsync(Portal portal)
                {
            {{code}}
                }
            }
            """,
            PackagedSpecs.Documents.Select(static d => new TestFile(d.Path, d.Text))).AssertCompiles();
        Assert.True(typed >= 100 && typed >= 0.85 * all, $"{typed} of {all} are typed");
    }

    [Theory]
    [InlineData("tasks.task.get", """{ "taskId": 5, "select": ["ID", "TITLE"] }""", """portal.Tasks.Task.GetAsync(taskId: 5, select: [new("ID"), new("TITLE")])""")]
    [InlineData("tasks.task.get", """{ "taskId": 5, "select": ["*"] }""", """portal.Tasks.Task.GetAsync(taskId: 5, select: [new("*")])""")]
    [InlineData("tasks.task.get", """{ "taskId": 5, "select": ["TITEL"] }""", null)]
    [InlineData("disk.folder.uploadfile", """{ "id": 5, "data": { "NAME": "a.txt" }, "fileContent": ["a.txt", "AQID"] }""",
        """portal.Disk.Folder.UploadFileAsync(id: 5, data: new() { Name = "a.txt" }, fileContent: Bitrix24File.FromBytes("a.txt", Convert.FromBase64String("AQID")))""")]
    [InlineData("disk.folder.uploadfile", """{ "id": 5, "data": { "NAME": "a.txt" }, "fileContent": ["a.txt", "no base64"] }""", null)]
    [InlineData("crm.company.add", """{ "fields": { "TITLE": "A", "LOGO": { "fileData": ["a.png", "AQID"] } } }""",
        """portal.Crm.Company.AddAsync(fields: new() { Title = "A", Logo = Bitrix24File.FromBytes("a.png", Convert.FromBase64String("AQID")) })""")]
    [InlineData("crm.company.add", """{ "fields": { "TITLE": "A", "LOGO": ["a.png", "AQID"] } }""", null)] // not as CRM takes files
    [InlineData("catalog.product.list", """{ "select": ["id", "iblockId"], "filter": { "iblockId": 14 }, "start": 0 }""",
        "portal.Catalog.Product.ListAsync(query: q => q.Where(x => x.IblockId == 14).Select(x => x.Id, x => x.IblockId))")]
    [InlineData("catalog.product.list", """{ "select": ["id", "iblockId"], "filter": { "iblockId": 14 }, "start": 50 }""", null)] // a page of them
    [InlineData("telephony.externalCall.attachRecord", """{ "CALL_ID": "c", "FILENAME": "a.mp3", "FILE_CONTENT": "AQID" }""",
        """portal.Telephony.ExternalCall.AttachRecordAsync(callId: "c", fileName: "a.mp3", fileContent: Bitrix24File.FromBytes("file", Convert.FromBase64String("AQID")))""")]
    [InlineData("deals.search", """{ "filter": { "stageId": "NEW" } }""", "portal.Deals.SearchAsync(query: q => q.Where(x => x.StageId == \"NEW\"))", "vibecode")]
    [InlineData("deals.search", """{ "filter": { "amount": { "$gte": 5, "$lt": 9 }, ">id": 7 } }""",
        "portal.Deals.SearchAsync(query: q => q.Where(x => x.Amount >= 5m & x.Amount < 9m & x.Id > 7))", "vibecode")]
    [InlineData("deals.search", """{ "filter": { "amount": { "$like": 5 } } }""", null, "vibecode")] // no such operator
    public void Selections_filters_and_files_are_typed(string method, string parameters, string? expected, string api = SpecSet.DefaultApi)
    {
        var spec = AssistantSession.Packaged.FindMethod(method, api)!;
        var code = TypedCall.Write(AssistantSession.Packaged, spec, (JsonObject)JsonReader.Read(parameters).Root!)?.Code;
        Assert.Equal(expected, code is null ? null : string.Join(' ', code.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)).Replace(", }", " }", StringComparison.Ordinal));
    }

    /// <summary>What csharp_snippet answers for methods of every area, each in a file of its own with the usings of the answer.</summary>
    [Fact]
    public void Snippets_of_every_area_compile()
    {
        var set = AssistantSession.Packaged;
        var tools = new SpecTools(set);
        var sources = new List<string>();
        var selected = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var (typed, refused) = (0, new List<string>());
        foreach (var method in set.Files.Select(static f => f.Methods.Where(static m => !m.Deprecated).ToList()).Where(static m => m.Count > 0).Select(static m => m[m.Count / 2]))
        {
            using var parameters = JsonDocument.Parse(Call(set, method).ToJsonText());
            using var answer = JsonDocument.Parse(tools.CSharpSnippet(method.Name, parameters.RootElement, method.Api));
            if (!answer.RootElement.TryGetProperty("code", out var code))
            {
                refused.Add(method.Name);
                continue;
            }

            typed += answer.RootElement.GetProperty("typed").GetBoolean() ? 1 : 0;
            var attribute = set.Profile(method.Api).Client ?? set.Profile(SpecSet.DefaultApi).Client!;
            if (!selected.TryGetValue(attribute, out var methods))
                selected[attribute] = methods = [];
            methods.Add(SpecSelector.InCall(method.Api, method.Name));
            var text = code.GetString()!;
            var body = text[(text.LastIndexOf(";\n\n", StringComparison.Ordinal) is var end && end >= 0 ? end + 3 : 0)..];
            sources.Add($"{text[..^body.Length]}\ninternal static class Snippet{sources.Count}\n{{\n    internal static async System.Threading.Tasks.Task RunAsync({attribute}Portal portal)\n    {{\n{body}    }}\n}}\n");
        }

        var clients = selected.Select(static s => $"[Bitrix24.{s.Key}({string.Join(", ", s.Value.Select(static m => CSharpLiteral.Of(m)))})] internal partial class {s.Key}Portal;");
        GeneratorHarness.RunLean(
            GeneratorHarness.CreateCompilation(["global using System; global using System.Collections.Generic; global using System.Linq; global using System.Threading.Tasks;", string.Join('\n', clients), .. sources], "Snippets", []),
            PackagedSpecs.Documents.Select(static d => new TestFile(d.Path, d.Text))).AssertCompiles();
        Assert.True(typed >= 200 && sources.Count >= 0.85 * (sources.Count + refused.Count), $"{typed} of {sources.Count} are typed, {refused.Count} refused: {string.Join(", ", refused.Take(20))}");
    }

    private static JsonObject Call(SpecSet set, MethodSpec method) => new(default, [.. method.Params
        .Where(p => p.Name is not ("start" or "page" or "offset") && (p.As is not (View.Filter or View.Order or View.Select) || p.Name == "filter"))
        .Select(p => (p.Name, Value: p.As == View.Filter ? Filter(set, method, p) : Value(set, method.Api, p, p.As ?? View.Create, 0)))
        .Where(static p => p.Value is not null)
        .Select(static p => new JsonProperty(p.Name, default, p.Value!))]);

    private static JsonNode? Filter(SpecSet set, MethodSpec method, FieldSpec parameter)
    {
        if (set.ResolveType(parameter.Type, method.Api) is not { Scalar: null } type)
            return null;
        var field = type.Fields.FirstOrDefault(static f => f.Filterable && f.Type.Kind is TypeKind.Long or TypeKind.Int);
        return field is null ? null : new JsonObject(default, [new(">" + field.Name, default, new JsonNumber(default, "5"))]);
    }

    private static JsonNode? Value(SpecSet set, string api, FieldSpec field, View view, int depth)
    {
        if (field.Enum.Count > 0)
            return field.Type.Kind == TypeKind.Array ? new JsonArray(default, [new JsonString(default, field.Enum[0])]) : new JsonString(default, field.Enum[0]);
        return Value(set, api, field.Type, field.As ?? view, depth);
    }

    private static JsonNode? Value(SpecSet set, string api, TypeRef type, View view, int depth) => type.Kind switch
    {
        TypeKind.String => new JsonString(default, "a \"b\" \\ ü"),
        TypeKind.Int or TypeKind.Long => new JsonNumber(default, "7"),
        TypeKind.Double or TypeKind.Decimal => new JsonNumber(default, "7.5"),
        TypeKind.Bool => new JsonBool(default, true),
        TypeKind.YesNo => new JsonString(default, "Y"),
        TypeKind.Date => new JsonString(default, "2026-11-27"),
        TypeKind.DateTime => new JsonString(default, "2026-11-27T10:00:00+03:00"),
        TypeKind.Json => new JsonObject(default, [new("a", default, new JsonNumber(default, "1"))]),
        TypeKind.Array => Value(set, api, type.Element!, view, depth + 1) is { } item ? new JsonArray(default, [item]) : null,
        TypeKind.Map => Value(set, api, type.Element!, view, depth + 1) is { } value ? new JsonObject(default, [new("key", default, value)]) : null,
        TypeKind.Union => Value(set, api, type.Alternatives[0], view, depth + 1),
        TypeKind.Named when depth < 4 && set.ResolveType(type, api) is { } named => named.Scalar is { } scalar
            ? Value(set, api, scalar, view, depth + 1)
            : new JsonObject(default, [.. named.Fields
                .Where(f => !f.ReadOnly && (view != View.Update || (!f.Immutable && f.Use is null)))
                .Select(f => (f.Name, Value: Value(set, api, f, View.Create, depth + 1)))
                .Where(static f => f.Value is not null)
                .Select(static f => new JsonProperty(f.Name, default, f.Value!))]),
        _ => null,
    };
}
