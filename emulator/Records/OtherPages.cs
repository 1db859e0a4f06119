namespace Bitrix24.Gen.Emulator.Records;

/// <summary>What the pages of an entity's other methods say of its fields.</summary>
/// <param name="Nulls">Fields that a page shows as null.</param>
/// <param name="Lists">Fields that a page shows with items, as a list or by their keys, with that form.</param>
internal sealed record OtherPages(IReadOnlySet<string> Nulls, IReadOnlyDictionary<string, JsonNode> Lists)
{
    private const string AnyName = "*";

    public static OtherPages Of(IEnumerable<JsonObject> forms)
    {
        var nulls = new HashSet<string>(StringComparer.Ordinal);
        var lists = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var form in forms)
            Collect(form, nulls, lists);
        return new(nulls, lists);
    }

    private static void Collect(JsonNode? form, HashSet<string> nulls, Dictionary<string, JsonNode> lists)
    {
        foreach (var (name, member) in form as JsonObject ?? [])
        {
            if (member is JsonValue value && value.TryGetValue<string>(out var kind) && kind == "null")
                nulls.Add(name);
            if (member is JsonArray { Count: > 0 } || (member is JsonObject { Count: > 0 } shown && name != AnyName && shown.Count(static m => m.Key != AnyName) is 0 or > 1))
                lists.TryAdd(name, member);
            Collect(member, nulls, lists);
        }

        foreach (var item in form as JsonArray ?? [])
            Collect(item, nulls, lists);
    }
}
