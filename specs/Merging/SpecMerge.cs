using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>Merges the JSON of spec files: what a file says over what another says.</summary>
internal static class SpecMerge
{
    /// <summary>Keys whose objects have data for keys: their members are merged one by one, everything else is replaced.</summary>
    private static readonly HashSet<string> Maps = new(StringComparer.Ordinal)
    {
        "types", "methods", "messages", "events", "placements", "callbacks", "templates", "entities", "fields", "params", "errors", "ruleErrors",
        "builders", "filterOperators", "filterKeys", "rateLimits", "naming", "modules",
    };

    /// <summary>Keys whose objects have fixed keys and are merged key by key.</summary>
    private static readonly HashSet<string> Objects = new(StringComparer.Ordinal) { "profile", "data", "options", "bindOptions", "request" };

    private static readonly HashSet<string> OfInline = new(StringComparer.Ordinal) { "list", "open", "undescribed" };

    /// <summary>An object with fixed keys, changed by another; <c>null</c> takes a key away.</summary>
    public static JsonObject Change(JsonObject below, JsonObject above) => Merge(below, above, fixedKeys: true);

    /// <summary>An object with data for keys, changed by another; <c>null</c> takes a member away.</summary>
    public static JsonObject ChangeMap(JsonObject below, JsonObject above) => Merge(below, above, fixedKeys: false);

    private static JsonObject Merge(JsonObject below, JsonObject above, bool fixedKeys)
    {
        var merged = new List<JsonProperty>(below.Properties.Count + above.Properties.Count);

        // What is said of an inline object goes with it.
        var named = fixedKeys && above.Find("fields") is { Value: JsonNull };
        foreach (var property in below.Properties)
        {
            if (named && OfInline.Contains(property.Name) && above.Find(property.Name) is null)
                continue;
            if (above.Find(property.Name) is not { } change)
                merged.Add(property);
            else if (change.Value is not JsonNull)
                merged.Add(new(property.Name, property.NameRange, Merge(property, change, fixedKeys)));
        }

        foreach (var property in above.Properties)
        {
            if (below.Find(property.Name) is null && property.Value is not JsonNull && ReferenceEquals(above.Find(property.Name), property))
                merged.Add(property);
        }

        return new(below.Range, merged);
    }

    private static JsonNode Merge(JsonProperty below, JsonProperty above, bool fixedKeys)
    {
        var errors = fixedKeys && below.Name == "errors";
        if ((errors ? Codes(below.Value) : below.Value) is not JsonObject from || (errors ? Codes(above.Value) : above.Value) is not JsonObject to)
            return above.Value;
        if (!fixedKeys || Objects.Contains(below.Name))
            return Change(from, to);
        // Members of an answer are added to those that it has; an answer of another form takes its place.
        if (below.Name == "result" && from.Find("fields") is not null && to.Find("fields") is { Value: JsonObject })
            return Change(from, to);
        return Maps.Contains(below.Name) ? ChangeMap(from, to) : to;
    }

    /// <summary>A list of error codes as what it stands for: codes without texts of their own.</summary>
    private static JsonNode Codes(JsonNode errors) => errors is JsonArray list && list.Items.All(static i => i is JsonString)
        ? new JsonObject(list.Range, [.. list.Items.Cast<JsonString>().Select(static code => new JsonProperty(code.Value, code.Range, new JsonObject(code.Range, [])))])
        : errors;
}
