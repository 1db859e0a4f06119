using Bitrix24.Gen.Specs;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace Bitrix24.Gen.Importer.Pull;

/// <summary>What a portal's OpenAPI document of REST 3.0 has and the specs lack.</summary>
/// <param name="Files">Overlays with the fields that are missing.</param>
/// <param name="Methods">Methods that the specs do not know.</param>
internal sealed record OpenApiFindings(IReadOnlyList<SpecFile> Files, IReadOnlyList<string> Methods);

/// <summary>Compares an OpenAPI document with the specs of REST 3.0.</summary>
internal static class OpenApiSource
{
    private const string Api = SpecSelector.V3Api;
    private const int Deepest = 8;

    /// <summary>Reads a document.</summary>
    /// <exception cref="Commands.CommandFailure">It is none.</exception>
    public static OpenApiDocument Read(string json, string name)
    {
        ReadResult result;
        try
        {
            result = OpenApiDocument.Parse(json, "json");
        }
        // What the library throws at text that is no document is of many types.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new Commands.CommandFailure($"{name}: no OpenAPI document: {e.Message}");
        }

        return result.Document is { Paths.Count: > 0 } document
            ? document
            : throw new Commands.CommandFailure($"{name}: no OpenAPI document with paths{(result.Diagnostic?.Errors is [{ } first, ..] ? $": {first.Message}" : "")}.");
    }

    public static OpenApiFindings Compare(OpenApiDocument document, SpecSet set)
    {
        var missing = new SortedDictionary<(string File, string Type), SortedDictionary<string, FieldSpec>>();
        var unknown = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (path, item) in document.Paths)
        {
            var name = path.Trim('/');
            name = name[(name.LastIndexOf('/') + 1)..];
            if (set.FindMethod(name, Api) is not { } method)
            {
                if (name.Contains('.', StringComparison.Ordinal))
                    unknown.Add(name);
                continue;
            }

            if (method.Of is not { } of || set.ResolveType(of, Api) is not { Scalar: null } type)
                continue;
            foreach (var schema in Schemas(item))
            {
                if (RecordIn(schema, type, 0) is { } record)
                    Add(missing, type, record);
            }
        }

        var files = missing
            .GroupBy(static m => m.Key.File, StringComparer.Ordinal)
            .Select(static g => new SpecFile
            {
                Name = g.Key,
                Api = Api,
                Overlay = true,
                Types = g.Select(static t => new TypeSpec { Name = t.Key.Type, File = t.Key.File, Fields = t.Value.Values.ToEquatableArray() }).ToEquatableArray(),
            });
        return new([.. files], [.. unknown]);
    }

    private static IEnumerable<IOpenApiSchema> Schemas(IOpenApiPathItem item) => (item.Operations ?? [])
        .SelectMany(static o => o.Value.Responses ?? [])
        .Where(static r => r.Key is "200" or "default")
        .SelectMany(static r => r.Value.Content ?? new Dictionary<string, IOpenApiMediaType>())
        .Select(static c => c.Value.Schema)
        .OfType<IOpenApiSchema>();

    /// <summary>The schema within an answer that describes the record: the first most of whose names the type has.</summary>
    private static IOpenApiSchema? RecordIn(IOpenApiSchema schema, TypeSpec type, int depth)
    {
        if (depth > Deepest)
            return null;
        if (schema.Properties is { Count: > 0 } properties)
        {
            var shared = properties.Keys.Count(k => type.Fields.Any(f => f.Name == k));
            if (shared > 0 && shared * 2 >= Math.Min(properties.Count, type.Fields.Count))
                return schema;
            foreach (var inner in properties.Values)
            {
                if (RecordIn(inner, type, depth + 1) is { } found)
                    return found;
            }
        }

        return schema.Items is { } items ? RecordIn(items, type, depth + 1) : null;
    }

    private static void Add(SortedDictionary<(string File, string Type), SortedDictionary<string, FieldSpec>> missing, TypeSpec type, IOpenApiSchema record)
    {
        foreach (var (name, schema) in record.Properties!)
        {
            if (type.Fields.Any(f => f.Name == name))
                continue;
            if (!missing.TryGetValue((type.File, type.Name), out var fields))
                missing.Add((type.File, type.Name), fields = new(StringComparer.Ordinal));
            fields.TryAdd(name, new()
            {
                Name = name,
                Type = TypeOf(schema, 0),
                ReadOnly = schema.ReadOnly,
                Nullable = true,
                Weak = schema.ReadOnly ? new(["readOnly"]) : default,
            });
        }
    }

    private static TypeRef TypeOf(IOpenApiSchema schema, int depth) => (schema.Type & ~JsonSchemaType.Null, schema.Format) switch
    {
        (JsonSchemaType.Integer, _) => new(TypeKind.Long),
        (JsonSchemaType.Number, _) => new(TypeKind.Decimal),
        (JsonSchemaType.Boolean, _) => new(TypeKind.Bool),
        (JsonSchemaType.String, "date") => new(TypeKind.Date),
        (JsonSchemaType.String, "date-time") => new(TypeKind.DateTime),
        (JsonSchemaType.String, _) => TypeRef.String,
        (JsonSchemaType.Array, _) when schema.Items is { } items && depth < Deepest => new(TypeKind.Array, Element: TypeOf(items, depth + 1)),
        _ => TypeRef.Json,
    };
}
