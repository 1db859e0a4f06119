using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Mcp;

/// <summary>A method and the types that it needs, in the notation of spec files.</summary>
internal static class MethodDescription
{
    private const int MostTypes = 40;

    /// <summary>The fragment of a spec file that says all of the method.</summary>
    public static JsonObject Of(SpecSet set, MethodSpec method)
    {
        var types = new List<TypeSpec>();
        foreach (var type in method.Params.Select(static p => p.Type).Append(method.Result?.Type))
            Collect(set, method.Api, type, types);
        var own = types.Where(t => t.File == method.File).ToEquatableArray();
        var root = (JsonObject)JsonReader.Read(SpecWriter.Write(
            new() { Name = method.File, Api = method.Api, Scope = method.Scope, Types = own, Methods = new([method]) }, schema: null)).Root!;
        var others = types.Where(t => t.File != method.File).GroupBy(static t => t.File, StringComparer.Ordinal)
            .Select(g => new JsonProperty(g.Key, default,
                ((JsonObject)JsonReader.Read(SpecWriter.Write(new() { Name = g.Key, Api = method.Api, Types = g.ToEquatableArray() }, schema: null)).Root!)
                    .Find("types")?.Value ?? new JsonObject(default, [])))
            .ToList();
        return others.Count == 0 ? root : new JsonObject(default, [.. root.Properties, new JsonProperty("typesOfOtherFiles", default, new JsonObject(default, others))]);
    }

    private static void Collect(SpecSet set, string api, TypeRef? type, List<TypeSpec> types)
    {
        if (type is null || types.Count >= MostTypes)
            return;
        if (type.Kind == TypeKind.Named && set.ResolveType(type, api) is { } named && !types.Contains(named))
        {
            types.Add(named);
            foreach (var field in named.Fields)
                Collect(set, api, field.Type, types);
        }

        Collect(set, api, type.Element, types);
        foreach (var alternative in type.Alternatives)
            Collect(set, api, alternative, types);
    }
}
