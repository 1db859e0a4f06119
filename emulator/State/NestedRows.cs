namespace Bitrix24.Gen.Emulator.State;

/// <summary>
/// Rows within the rows of a list, and within those: <c>{ "list", "as", "within": { "children": { "parentId": "{@id}" } } }</c> gives each row a
/// member with the list of the records that have these values.
/// </summary>
internal static class NestedRows
{
    private const string Within = "within";
    private const string Where = "where";

    /// <summary>Records that lie within themselves come to an end too.</summary>
    private const string Depth = "depth";
    private const int Deepest = 32;

    public static JsonNode? In(JsonObject lookup, JsonNode? row, Expression found)
    {
        if (lookup[Within] is not JsonObject members || row is not JsonObject)
            return row;
        var depth = (int?)lookup[Depth] ?? 0;
        foreach (var (name, where) in members)
        {
            var inner = (JsonObject)lookup.DeepClone();
            inner[Where] = new JsonObject((where as JsonObject ?? []).Select(w => KeyValuePair.Create(w.Key, Records.Values.ToNode(found.Value(w.Value)))));
            inner[Depth] = depth + 1;
            row[name] = depth < Deepest ? Records.Values.ToNode(found.Value(inner)) : new JsonArray();
        }

        return row;
    }
}
