using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>Gives the entities of a file the methods of their templates.</summary>
internal sealed class EntityExpansion(IReadOnlyList<SpecDocument> sources, List<SpecDiagnostic> diagnostics)
{
    /// <summary>Far above what an API has; a file beyond it is hostile.</summary>
    private const int MostValues = 300_000;
    private const int LongestName = 200;

    private readonly Dictionary<string, string> _expanded = new(StringComparer.Ordinal);
    private int _values;

    /// <summary>The file's text with the methods in it, and where each of them comes from, by pointer.</summary>
    public (JsonObject Root, Dictionary<string, string> Expanded) Expand(JsonObject root, JsonObject? templates)
    {
        var filled = new List<JsonProperty>();
        foreach (var property in ((JsonObject)root.Find("entities")!.Value).Properties)
        {
            if (property.Value is JsonObject entity)
                filled.AddRange(Methods(property.Name, entity, templates));
        }

        var methods = new JsonObject(root.Range, filled);
        if (root.Find("methods")?.Value is JsonObject own)
            methods = SpecMerge.ChangeMap(methods, own);
        var properties = root.Properties.Where(static p => p.Name != "methods").ToList();
        properties.Add(new("methods", root.Range, methods));
        return (new(root.Range, properties), _expanded);
    }

    private List<JsonProperty> Methods(string name, JsonObject entity, JsonObject? templates)
    {
        var result = new List<JsonProperty>();
        if (entity.Find("template")?.Value is not JsonString template)
            return result;
        var pointer = JsonPointer.Append("/entities", name);
        if (templates?.Find(template.Value)?.Value is not JsonObject found)
        {
            var names = templates?.Properties.Select(static p => p.Name) ?? [];
            Report(
                RuleIds.SpecReference, pointer + "/template",
                $"The profile of the API has no template \"{BindContext.Quote(template.Value)}\". {BindContext.Hint(template.Value, names, "Templates")}");
            return result;
        }

        if (found.Find("methods")?.Value is not JsonObject methods)
            return result;
        var (type, path) = (Text(entity, "type") ?? "json", Text(entity, "path") ?? name);
        if (_values > MostValues || name.Length > LongestName || type.Length > LongestName || path.Length > LongestName)
        {
            Report(RuleIds.SpecRule, pointer, "The file grows beyond all measure here; use fewer entities, or shorter names.");
            return result;
        }

        var marks = new EntityTemplate(name, type, path);
        var parameters = entity.Find("params")?.Value as JsonObject;
        var except = (entity.Find("except")?.Value as JsonArray)?.Items.OfType<JsonString>().Select(static s => s.Value).ToList() ?? [];
        foreach (var method in marks.Fill(methods).Properties)
        {
            if (except.Contains(method.Name.Substring(method.Name.LastIndexOf('.') + 1)))
                continue;
            result.Add(new(method.Name, method.NameRange, WithParameters(method.Value, parameters)));
            _expanded[JsonPointer.Append("/methods", method.Name)] = pointer;
        }

        _values += marks.Filled;
        return result;
    }

    private void Report(string id, string pointer, string message) =>
        diagnostics.Add(new MergedFile(sources, sources[0].Bound!, _expanded).Report(id, pointer, message));

    private static string? Text(JsonObject entity, string key) => (entity.Find(key)?.Value as JsonString)?.Value;

    /// <summary>The method with the entity's parameters in front of its own.</summary>
    private static JsonNode WithParameters(JsonNode method, JsonObject? parameters)
    {
        if (parameters is null || method is not JsonObject value)
            return method;
        var own = value.Find("params")?.Value as JsonObject;
        var all = own is null ? parameters : SpecMerge.ChangeMap(parameters, own);
        var properties = value.Properties.Where(static p => p.Name != "params").ToList();
        properties.Add(new("params", parameters.Range, all));
        return new JsonObject(value.Range, properties);
    }
}
