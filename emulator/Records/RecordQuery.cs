using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Records;

/// <summary>Finds records in order. Walks by key touch only the records that they answer, whatever the size of the table.</summary>
internal sealed class RecordQuery(ProfileSpec profile, RecordTable table)
{
    private readonly RecordFilter _filter = new(profile, table.Type);

    /// <summary>The records that pass the filter, in order; evaluated as far as it is read.</summary>
    public IEnumerable<JsonObject> Find(JsonNode? condition, JsonObject? order)
    {
        var sorting = (order ?? []).Where(o => table.Type.Field(o.Key) is not null || table.Type.Spec.Open).ToList();
        var byKey = sorting.Count == 0 || sorting[0].Key == table.Type.KeyName;
        if (!byKey || !table.InKeyOrder)
            return Sort(Passing(table.Records, condition), sorting);
        var from = From(condition);
        var records = sorting.Count > 0 && IsDown(sorting[0].Value) ? Backward(from) : table.Records.Skip(from);
        return Passing(records, condition);
    }

    private IEnumerable<JsonObject> Passing(IEnumerable<JsonObject> records, JsonNode? condition) =>
        condition is null or JsonObject { Count: 0 } or JsonArray { Count: 0 } ? records : records.Where(r => _filter.Matches(condition, r));

    /// <summary>Where a table in key order can begin, because the filter wants greater keys.</summary>
    private int From(JsonNode? condition)
    {
        var key = table.Type.KeyName;
        var least = (condition as JsonObject)?.FirstOrDefault(c =>
            c.Key.EndsWith(key, StringComparison.Ordinal)
            && profile.FilterOperators.Any(o => o.Name is "greater" or "greaterOrEqual" && o.Prefix.Length > 0 && c.Key == o.Prefix + key)).Value;
        if (least is not JsonValue || IsAlternative(condition) || table.Type.KeyField is not { Filterable: true })
            return 0;
        var wanted = Scalar.Of(least);
        var (low, high) = (0, table.Records.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Scalar.Of(table.Records[middle][key]).CompareTo(wanted) < 0)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private static bool IsAlternative(JsonNode? condition) =>
        condition is JsonObject members && members.Any(m => m.Key.Equals("logic", StringComparison.OrdinalIgnoreCase));

    private IEnumerable<JsonObject> Backward(int from)
    {
        for (var i = table.Records.Count - 1; i >= from; i--)
            yield return table.Records[i];
    }

    private static IEnumerable<JsonObject> Sort(IEnumerable<JsonObject> records, List<KeyValuePair<string, JsonNode?>> sorting)
    {
        IOrderedEnumerable<JsonObject>? sorted = null;
        foreach (var (name, direction) in sorting)
        {
            sorted = (sorted, IsDown(direction)) switch
            {
                (null, false) => records.OrderBy(r => Scalar.Of(r[name])),
                (null, true) => records.OrderByDescending(r => Scalar.Of(r[name])),
                (_, false) => sorted.ThenBy(r => Scalar.Of(r[name])),
                (_, true) => sorted.ThenByDescending(r => Scalar.Of(r[name])),
            };
        }

        return sorted ?? records;
    }

    private static bool IsDown(JsonNode? direction) =>
        JsonValues.Text(direction) is { } text && (text.StartsWith("desc", StringComparison.OrdinalIgnoreCase) || text == "-1");
}
