namespace Bitrix24.Gen.Emulator.State;

/// <summary>What is made of whole lists: <c>{ "concat": […] }</c>, <c>{ "count": list }</c>, <c>{ "any": list }</c>.</summary>
internal static class JoinedParts
{
    public static bool IsOne(JsonObject template) => template["concat"] is JsonArray || (template["count"] ?? template["any"]) is JsonObject;

    public static object Of(Expression expression, JsonObject template)
    {
        if (template["concat"] is JsonArray parts)
            return Of([.. parts.Select(expression.Value)]);
        var items = (expression.Value(template["count"] ?? template["any"]) as JsonArray)?.Count ?? 0;
        return template.ContainsKey("any") ? items > 0 : (object)(long)items;
    }

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
