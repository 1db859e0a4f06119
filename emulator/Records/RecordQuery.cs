using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Records;

/// <summary>Finds records in order. Pages by key and conditions on an id touch only the records that they answer, whatever the size of the store.</summary>
internal sealed class RecordQuery(ProfileSpec profile, RecordTable table, TypeSpec? view)
{
    private readonly RecordFilter _filter = new(profile, table.Columns, view);

    /// <summary>The records that pass, in order; evaluated as far as it is read.</summary>
    /// <param name="condition">The caller's filter.</param>
    /// <param name="order">Names to directions.</param>
    /// <param name="where">Values that the records have in any case.</param>
    public IEnumerable<Record> Find(JsonNode? condition, JsonObject? order, IReadOnlyList<(int Column, object? Value)>? where = null)
    {
        var sorting = (order ?? []).Select(o => (Column: table.Columns.Find(o.Key), Name: o.Key, Down: IsDown(o.Value)))
            .Where(o => o.Column >= 0 || view is { Open: true } or { Undescribed: true })
            .ToList();
        var test = _filter.Compile(condition);
        var byKey = table.InKeyOrder && (sorting.Count == 0 || sorting[0].Column == table.KeyColumn);
        var down = sorting.Count > 0 && sorting[0].Down;
        var (records, ordered) = Candidates(condition, where, byKey, down);
        if (test is not null)
            records = records.Where(test);
        return ordered || sorting.Count == 0 ? records : Sort(records, sorting, table.Spec.EmptyLast);
    }

    /// <summary>Whether every record of the store passes.</summary>
    public bool IsEverything(JsonNode? condition, IReadOnlyList<(int Column, object? Value)> where) => where.Count == 0 && _filter.Compile(condition) is null;

    /// <summary>The fewest records that surely hold the answer, and whether they are in the wanted order.</summary>
    private (IEnumerable<Record> Records, bool Ordered) Candidates(JsonNode? condition, IReadOnlyList<(int Column, object? Value)>? where, bool byKey, bool down)
    {
        if (where is { Count: > 0 })
        {
            if (where.Any(static w => w.Value is JsonArray))
                return (table.Matching(where), false);
            var found = table.Where(where[0].Column, where[0].Value);
            return (where.Count == 1 ? found : found.Where(r => where.All(w => Values.Same(r[w.Column], w.Value))), false);
        }

        if (Exact(condition) is { } few)
            return (few, false);
        if (!byKey)
            return (table.Records, false);
        var from = From(condition);
        return (down ? Backward(from) : Forward(from), true);
    }

    private IEnumerable<Record> Forward(int from)
    {
        for (var i = from; i < table.Records.Count; i++)
            yield return table.Records[i];
    }

    private IEnumerable<Record> Backward(int from)
    {
        for (var i = table.Records.Count - 1; i >= from; i--)
            yield return table.Records[i];
    }

    /// <summary>The records of a condition that names keys or the id of another record; null: there is no such condition.</summary>
    private IEnumerable<Record>? Exact(JsonNode? condition)
    {
        if (condition is not JsonObject members || IsAlternative(members))
            return null;
        foreach (var (key, value) in members)
        {
            var (operation, name) = _filter.Parse(key);
            var column = table.Columns.Find(name);
            if (column < 0 || operation is not ("equals" or "in") || value is JsonObject || view?.Fields.FirstOrDefault(f => f.Name == name) is { Filterable: false })
                continue;
            var wanted = value is JsonArray list ? list.Select(Values.From).ToList() : [Values.From(value)];
            if (wanted.Exists(static w => Values.Text(w) is not { Length: > 0 }))
                continue;
            if (column == table.KeyColumn)
                return wanted.Select(table.Find).OfType<Record>().Distinct();
            if (name.EndsWith("ID", StringComparison.OrdinalIgnoreCase) && wanted.Count == 1 && wanted[0] is long and not 0 && !table.Spec.Multi.Contains(name)
                && table.Columns.Field(column)?.Type.Kind is not TypeKind.Array)
                return table.Where(column, wanted[0]);
        }

        return null;
    }

    /// <summary>Where a store in key order can begin, because the filter wants greater keys.</summary>
    private int From(JsonNode? condition)
    {
        if (condition is not JsonObject members || IsAlternative(members) || view?.Fields.FirstOrDefault(f => f.Name == table.KeyName) is { Filterable: false })
            return 0;
        foreach (var (key, value) in members)
        {
            var (operation, name) = _filter.Parse(key);
            if (operation is "greater" or "greaterOrEqual" && value is JsonValue && table.Columns.Find(name) == table.KeyColumn && table.KeyColumn >= 0)
                return table.FirstFrom(Values.From(value));
        }

        return 0;
    }

    /// <summary>The conditions have a word for how they are joined.</summary>
    public static bool IsAlternative(JsonObject members) => members.Any(m => m.Key.Equals("logic", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<Record> Sort(IEnumerable<Record> records, List<(int Column, string Name, bool Down)> sorting, IReadOnlyList<string> emptyLast)
    {
        IOrderedEnumerable<Record>? sorted = null;
        foreach (var (column, name, down) in sorting)
        {
            Func<Record, Scalar> by = column >= 0 ? r => Scalar.Of(r[column]) : r => Scalar.Of(r[name]);
            if (emptyLast.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                Func<Record, bool> isEmpty = r => Values.IsNothing(r[column]);
                sorted = sorted is null ? records.OrderBy(isEmpty) : sorted.ThenBy(isEmpty);
            }

            sorted = (sorted, down) switch
            {
                (null, false) => records.OrderBy(by),
                (null, true) => records.OrderByDescending(by),
                (_, false) => sorted.ThenBy(by),
                (_, true) => sorted.ThenByDescending(by),
            };
        }

        return sorted ?? records;
    }

    private static bool IsDown(JsonNode? direction) =>
        JsonValues.Text(direction) is { } text && (text.Contains("desc", StringComparison.OrdinalIgnoreCase) || text == "-1");
}
