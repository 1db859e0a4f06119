using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.State;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>What a change brings with it in other stores: a funnel its stages, a deal's end that of its rows.</summary>
internal sealed class FollowingCalls(RecordStore store, RecordWriter writer)
{
    private const string On = "on";
    private const string When = "when";
    private const string Each = "each";

    /// <summary>Of <c>do</c>: an event, to whoever bound it, or to the address that the step names.</summary>
    private const string RaiseEvent = "raise";

    /// <summary>Of <c>on</c>: after each addition, change and removal.</summary>
    private const string Always = "*";

    /// <summary>Of <c>on</c>: after a removal.</summary>
    private const string Removal = "-";

    private static readonly StateReader Reader = new("then");

    private readonly LinkedRecords _links = new(store, writer);

    /// <summary>The calls that a method's entry names.</summary>
    public void Run(MethodCall call, Record? record)
    {
        foreach (var step in call.State.Then ?? [])
            Run(step, record, call.Context);
    }

    /// <summary>The calls that the store names for new records.</summary>
    public void AfterAdding(RecordTable table, Record record, WriteContext context)
    {
        _links.AfterSaving(table, record, null, context);
        _links.AfterLinking(table, record, isNew: true);
        foreach (var step in table.Spec.Then.Where(static s => s[On] is null || IsAlways(s)))
            Run(step, record, context);
        store.Declared(table, record);
        store.OnSaved(table, record, null);
    }

    /// <summary>The calls that the store names for records of which a field changed.</summary>
    /// <param name="table">The store.</param>
    /// <param name="record">The record as it is now.</param>
    /// <param name="before">The record as it was.</param>
    /// <param name="context">The call.</param>
    public void AfterChanging(RecordTable table, Record record, Record before, WriteContext context)
    {
        _links.AfterSaving(table, record, before, context);
        _links.AfterLinking(table, record, isNew: true);
        foreach (var step in table.Spec.Then)
        {
            if (IsAlways(step) || (JsonValues.Text(step[On]) is { } field && !Values.Same(record[field], before[field])))
                Run(step, record, context, before);
        }

        store.OnSaved(table, record, before);
    }

    /// <summary>Removes a record and what belongs to it.</summary>
    public void Remove(RecordTable table, Record record, WriteContext context)
    {
        var expression = new Expression(store, context) { Record = record };
        table.Remove(record);
        foreach (var child in table.Spec.Children)
        {
            var other = store.Named(Values.Text(expression.Value(child["store"])) ?? "");
            foreach (var found in Matching(other, child["where"] as JsonObject, expression))
                Remove(other, found, context);
        }

        _links.AfterRemoving(table, record);
        _links.AfterLinking(table, record, isNew: false);
        foreach (var step in table.Spec.Then.Where(static s => IsAlways(s) || JsonValues.Text(s[On]) == Removal))
            Run(step, record, context);
        store.Undeclared(table, record);
        store.OnRemoved(table, record);
    }

    /// <summary>Gives what belongs to a record, or is linked to it, to another one.</summary>
    public void Move(RecordTable table, Record from, Record to, WriteContext context)
    {
        var (old, owner) = (new Expression(store, context) { Record = from }, new Expression(store, context) { Record = to });
        foreach (var child in table.Spec.Children)
        {
            var other = store.Named(Values.Text(old.Value(child["store"])) ?? "");
            var where = child["where"] as JsonObject ?? [];
            var set = where.Select(w => KeyValuePair.Create(w.Key, owner.Value(w.Value))).ToList();
            foreach (var found in Matching(other, where, old))
            {
                var before = found.Copy();
                writer.Update(other, null, found, [], context, set);
                AfterChanging(other, found, before, context);
            }
        }

        foreach (var (other, field) in Referring(table))
        {
            foreach (var found in other.Where(other.Columns.Declare(field), table.KeyOf(from)).ToList())
            {
                var before = found.Copy();
                writer.Update(other, null, found, [], context, [KeyValuePair.Create(field, table.KeyOf(to))]);
                AfterChanging(other, found, before, context);
            }
        }

        _links.Move(table, table.KeyOf(from), table.KeyOf(to));
    }

    /// <summary>The stores with fields that refer to records of this one.</summary>
    private IEnumerable<(RecordTable Table, string Field)> Referring(RecordTable table) =>
        from other in store.Tables.ToList()
        from refers in other.Spec.Refers
        where store.Named(JsonValues.Text(refers.Value) ?? "") == table
        select (other, refers.Key);

    private static bool IsAlways(JsonObject step) => JsonValues.Text(step[On]) == Always;

    /// <summary>A step, or one for each item of the list that it names.</summary>
    private void Run(JsonObject step, Record? record, WriteContext context, Record? before = null)
    {
        var expression = new Expression(store, context) { Record = record, Found = before };
        if (step[Each] is not { } each)
        {
            Run(step, expression, record, context);
            return;
        }

        foreach (var item in EachItem.Items(expression, expression.Value(each)).ToList())
            Run(step, item, record, context);
    }

    private void Run(JsonObject step, Expression expression, Record? record, WriteContext context)
    {
        if (step[When] is JsonObject when && (record is null || !DerivedValues.Holds(when, record)))
            return;
        if (JsonValues.Text(step["do"]) == RaiseEvent)
        {
            Raise(step, expression);
            return;
        }

        var state = Reader.Method("then", new JsonObject(step.Where(static s => s.Key is not (When or On or Each)).Select(static s => KeyValuePair.Create(s.Key, s.Value?.DeepClone()))));
        var table = store.Named(Values.Text(expression.Value(state.Store)) ?? "");
        var set = (state.Set ?? new Dictionary<string, JsonNode?>()).Select(s => KeyValuePair.Create(s.Key, expression.Value(s.Value))).ToList();
        var input = state.Input is { } given ? expression.Value(given) as JsonObject ?? [] : [];
        switch (state.Do)
        {
            case "add":
                foreach (var (name, _) in set)
                    table.Columns.Declare(name);
                AfterAdding(table, writer.Add(table, null, input, context, set), context);
                break;
            // A record with these values, unless there is one.
            case "ensure":
                foreach (var (name, _) in set)
                    table.Columns.Declare(name);
                if (table.Matching([.. set.Select(s => (table.Columns.Find(s.Key), s.Value))]).Count == 0)
                    AfterAdding(table, writer.Add(table, null, input, context, set), context);
                break;
            case "update":
                foreach (var found in Matching(table, Node(state.Where), expression))
                {
                    var before = found.Copy();
                    writer.Update(table, null, found, input, context, set);
                    AfterChanging(table, found, before, context);
                }

                break;
            case "delete":
                foreach (var found in Matching(table, Node(state.Where), expression))
                    Remove(table, found, context);
                break;
            default:
                throw new InvalidDataException($"\"then\": \"do\" is add, ensure, update, delete or raise, not {state.Do}.");
        }
    }

    private void Raise(JsonObject step, Expression expression)
    {
        var to = step.TryGetPropertyValue("to", out var address) ? Values.Text(expression.Value(address)) ?? "" : null;
        if (to is "")
            return;
        var code = JsonValues.Text(step["event"]) ?? throw new InvalidDataException("\"then\": \"raise\" names its \"event\".");
        store.OnRaised(new(code, Values.ToNode(expression.Value(step["data"])) as JsonObject ?? [], to));
    }

    private static JsonObject? Node(IReadOnlyDictionary<string, JsonNode?>? where) =>
        where is null ? null : new JsonObject(where.Select(static w => KeyValuePair.Create(w.Key, w.Value?.DeepClone())));

    private static List<Record> Matching(RecordTable table, JsonObject? where, Expression expression) =>
        table.Matching([.. (where ?? []).Select(w => (table.Columns.Declare(w.Key), expression.Value(w.Value)))]);
}
