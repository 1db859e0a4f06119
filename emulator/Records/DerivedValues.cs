using Bitrix24.Gen.Emulator.State;

namespace Bitrix24.Gen.Emulator.Records;

/// <summary>What follows from a record's values: the semantics of its stage, whether it is closed, when it moved.</summary>
internal sealed class DerivedValues(RecordStore store)
{
    /// <summary>Applies the store's rules in order.</summary>
    /// <param name="table">The store.</param>
    /// <param name="record">The record after the change.</param>
    /// <param name="before">The record before it; null: it is new.</param>
    /// <param name="context">The call.</param>
    public void Apply(RecordTable table, Record record, Record? before, WriteContext context)
    {
        foreach (var rule in table.Spec.Derive)
        {
            var plain = new Expression(store, context) { Record = record };
            if (rule["changed"] is { } changed && before is not null && Names(changed).All(name => Values.Same(record[name], before[name])))
                continue;
            if (rule["given"] is { } given && (before is null || Names(given).All(name => Values.Same(record[name], before[name])))
                && !(before is null && Names(given).Any(name => !Values.IsNothing(record[name]))))
                continue;
            var found = rule["find"] is JsonObject lookup ? plain.Find(lookup) : null;
            if (rule["find"] is not null && found is null)
                continue;
            var expression = new Expression(store, context) { Record = record, Found = found };
            var holds = Holds(rule["when"] as JsonObject, record);
            foreach (var (name, value) in (holds ? rule["set"] : rule["else"]) as JsonObject ?? [])
                record[table.Columns.Declare(name)] = expression.Value(value);
        }
    }

    /// <summary>Whether the record has one of the wanted values in each field; an empty text stands for nothing.</summary>
    public static bool Holds(JsonObject? when, Record record) => when is null || when.All(w =>
        (w.Value is JsonArray any ? any : [w.Value?.DeepClone()]).Any(wanted =>
            Values.IsNothing(Values.From(wanted)) ? Values.IsNothing(record[w.Key]) : Values.Same(record[w.Key], wanted)));

    private static IEnumerable<string> Names(JsonNode node) => (node is JsonArray list ? list.Select(JsonValues.Text) : [JsonValues.Text(node)]).OfType<string>();
}
