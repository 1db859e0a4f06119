using Bitrix24.Gen.Emulator.Records;

namespace Bitrix24.Gen.Emulator.State;

/// <summary>What is made of whole lists: <c>{ "concat": […] }</c>, <c>{ "count": list }</c>, <c>{ "any": list }</c>, <c>{ "repeated": list }</c>.</summary>
internal static class JoinedParts
{
    private const string Again = "repeated";

    public static bool IsOne(JsonObject template) => template["concat"] is JsonArray || (template["count"] ?? template["any"] ?? template[Again]) is JsonObject;

    public static object Of(Expression expression, JsonObject template)
    {
        if (template["concat"] is JsonArray parts)
            return Of([.. parts.Select(expression.Value)]);
        if (template[Again] is { } list)
            return Repeated(expression.Value(list) as JsonArray ?? []);
        var items = (expression.Value(template["count"] ?? template["any"]) as JsonArray)?.Count ?? 0;
        return template.ContainsKey("any") ? items > 0 : (object)(long)items;
    }

    /// <summary>The texts that a list has more than once.</summary>
    private static JsonArray Repeated(JsonArray list) => new([.. list.Select(JsonValues.Text).Where(static t => !string.IsNullOrEmpty(t))
        .GroupBy(static t => t, StringComparer.Ordinal).Where(static g => g.Count() > 1).Select(static g => (JsonNode?)g.Key)]);

    /// <summary>One list of several, or one object, in which what comes later counts.</summary>
    private static JsonNode Of(List<object?> parts)
    {
        if (!parts.Exists(static p => p is JsonObject))
            return new JsonArray([.. parts.OfType<JsonArray>().SelectMany(static l => l).Select(static i => i?.DeepClone())]);
        var joined = new JsonObject();
        foreach (var (name, value) in parts.OfType<JsonObject>().SelectMany(static o => o))
            joined[name] = value?.DeepClone();
        return joined;
    }
}
