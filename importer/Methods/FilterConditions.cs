using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Methods;

/// <summary>Takes apart the filters that examples show.</summary>
internal static class FilterConditions
{
    /// <summary>The conditions in a filter, through the groups around them.</summary>
    public static IEnumerable<JsonProperty> Of(JsonNode value) => value is not JsonObject filter ? [] : filter.Properties
        .SelectMany(static c => IsLogic(c) ? [] : IsGroup(c) ? Of(c.Value) : [c]);

    /// <summary>Whether a filter joins conditions by AND or OR.</summary>
    public static bool HasLogic(JsonNode value) =>
        value is JsonObject conditions && conditions.Properties.Any(static c => IsLogic(c) || (IsGroup(c) && HasLogic(c.Value)));

    /// <summary>A name without the operator before it.</summary>
    public static string Bare(string name) => name.TrimStart('!', '=', '<', '>', '@', '%', '~', '*', '?', ':');

    // {"0": {"logic": "OR", "0": {…}, "1": {…}}}
    private static bool IsGroup(JsonProperty condition) => condition.Value is JsonObject && condition.Name.All(char.IsAsciiDigit);

    private static bool IsLogic(JsonProperty condition) => condition is { Value: JsonString { Value: "AND" or "OR" } } && condition.Name.Equals("logic", StringComparison.OrdinalIgnoreCase);
}
