using Bitrix24.Gen.Emulator.Records;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>
/// Makes one record of several: the first keeps its values and takes those that it has not; what belongs to the others, or is linked
/// to them, becomes its own, and they go. Where two have different values, none is changed.
/// </summary>
internal sealed class MergeOperation(RecordWriter writer, FollowingCalls following)
{
    /// <summary>The operation's word in state files.</summary>
    public const string Word = "merge";

    /// <summary>For <c>{#result}</c>: the others are gone.</summary>
    private const string Success = "SUCCESS";

    /// <summary>For <c>{#result}</c>: a person must choose between values.</summary>
    private const string Conflict = "CONFLICT";

    private const string Value = "VALUE";

    /// <summary>What it came to.</summary>
    public string Run(MethodCall call, RecordTable table)
    {
        var records = (call.Member(call.State.Input ?? "") as JsonArray ?? []).Select(id => table.Find(Values.From(id))).OfType<Record>().Distinct().ToList();
        if (records.Count == 0)
            return Success;
        var (main, others) = (records[0], records.Skip(1).ToList());
        var taken = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var column in Enumerable.Range(0, table.Columns.Count).Where(c => IsOwn(table, c)))
        {
            var values = records.Select(r => r[column]).Where(static v => !IsEmpty(v)).ToList();
            // Of two answers to a question the first record's stays.
            if (!values.TrueForAll(v => Values.Same(v, values[0]) || Values.Text(v) is "Y" or "N"))
                return Conflict;
            if (values.Count > 0 && IsEmpty(main[column]))
                taken[table.Columns.Name(column)] = values[0];
        }

        foreach (var name in table.Spec.Multi)
            taken[name] = Joined(records.Select(r => r[name]));
        var before = main.Copy();
        writer.Update(table, null, main, [], call.Context, taken);
        foreach (var other in others)
        {
            following.Move(table, other, main, call.Context);
            following.Remove(table, other, call.Context);
        }

        following.AfterChanging(table, main, before, call.Context);
        return Success;
    }

    /// <summary>Whether callers give the field its value: not the server, no rule of the store, and no link.</summary>
    private static bool IsOwn(RecordTable table, int column)
    {
        var name = table.Columns.Name(column);
        return column != table.KeyColumn && name[0] != Record.Hidden && table.Columns.Field(column) is not ({ ReadOnly: true } or { Server: not null })
            && !table.Spec.Created.ContainsKey(name) && !table.Spec.Updated.ContainsKey(name) && !table.Spec.Rows.ContainsKey(name)
            && !table.Spec.Multi.Contains(name, StringComparer.OrdinalIgnoreCase)
            && !table.Spec.Links.Any(l => l.One == name || l.Many == name)
            && !table.Spec.Derive.Any(rule => (rule["set"] as JsonObject)?.ContainsKey(name) == true);
    }

    private static bool IsEmpty(object? value) => Values.IsNothing(value) || Values.Text(value) is "0" || value is JsonArray { Count: 0 } or JsonObject { Count: 0 };

    /// <summary>The items of all lists, each value once.</summary>
    private static JsonArray? Joined(IEnumerable<object?> lists)
    {
        var items = lists.OfType<JsonArray>().SelectMany(static l => l.OfType<JsonObject>()).DistinctBy(static i => JsonValues.Text(i[Value])).ToList();
        return items.Count == 0 ? null : new JsonArray([.. items.Select(static i => i.DeepClone())]);
    }
}
