using System.Text;
using Bitrix24.Gen.Importer.Output;
using Bitrix24.Gen.Specs;

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
