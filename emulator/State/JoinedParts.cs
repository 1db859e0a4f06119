namespace Bitrix24.Gen.Emulator.State;

/// <summary>A value that is put together: <c>{ "concat": […] }</c>.</summary>
internal static class JoinedParts
{
    /// <summary>One list of several, or one object, in which what comes later counts.</summary>
    public static JsonNode Of(List<object?> parts)
    {
        if (!parts.Exists(static p => p is JsonObject))
            return new JsonArray([.. parts.OfType<JsonArray>().SelectMany(static l => l).Select(static i => i?.DeepClone())]);
        var joined = new JsonObject();
        foreach (var (name, value) in parts.OfType<JsonObject>().SelectMany(static o => o))
            joined[name] = value?.DeepClone();
        return joined;
    }
}
