using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;
using Bitrix24.Gen.Emulator.State;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>Does what a method's operation says, on a call that broke no rule.</summary>
internal sealed class OperationRunner
{
    public const string Replace = "replace";
    public const string GetOrList = "getOrList";
    public const string Value = "value";
    private const string DeleteAll = "deleteAll";

    private readonly RecordStore _store;
    private readonly RecordWriter _writer;
    private readonly ResultShape _shape;
    private readonly ListOperation _list;
    private readonly FieldsOperation _fields;
    private readonly V3Fields _v3Fields;
    private readonly PatchOperation _patch;
    private readonly FollowingCalls _following;
    private readonly MergeOperation _merge;

    public OperationRunner(RecordStore store)
    {
        _store = store;
        var reader = new RecordReader(store);
        _writer = new RecordWriter(store);
        _shape = new ResultShape(store, reader);
        _list = new ListOperation(reader, _shape, StoreUse.Of(store));
        _fields = new FieldsOperation(store);
        _v3Fields = new V3Fields(store.Specs);
        _patch = new PatchOperation(store.Specs, _writer);
        _following = new FollowingCalls(store, _writer);
        _merge = new MergeOperation(_writer, _following);
    }

    public Success Run(MethodCall call)
    {
        var success = OfPage(call, RunOperation(call));
        // Where the documented answer counts, this one does.
        return call.Counts && success.Total is null && JsonValues.Text(call.State.Total) is null ? success with { Total = Rows(success.Result) } : success;
    }

    /// <summary>Of a value that is a list, or a map of records, the rows that the call asks for, with the number of all.</summary>
    private static Success OfPage(MethodCall call, Success success)
    {
        if (call.State.Do != Value || (call.State.Skip ?? call.State.Limit) is null || success.Result is not (JsonArray or JsonObject))
            return success;
        var skip = ListOperation.Number(call, call.State.Skip, 0);
        var take = ListOperation.Number(call, call.State.Limit, int.MaxValue);
        var (rows, total) = success.Result is JsonArray list
            ? ((JsonNode)new JsonArray([.. list.Skip(skip).Take(take).Select(static r => r?.DeepClone())]), list.Count)
            : (new JsonObject(success.Result.AsObject().Skip(skip).Take(take).Select(static m => KeyValuePair.Create(m.Key, m.Value?.DeepClone()))), success.Result.AsObject().Count);
        return success with { Result = rows, Total = call.Counts ? total : null, Next = call.Counts && total - skip > take ? skip + take : null };
    }

    private static int Rows(JsonNode? result) => result switch
    {
        JsonArray list => list.Count,
        JsonObject members when members.Select(static m => m.Value as JsonArray).FirstOrDefault(static a => a is not null) is { } inner => inner.Count,
        _ => 1,
    };

    private Success RunOperation(MethodCall call)
    {
        if (call.State.ShapeOnly)
            return _shape.Made(call) with { ShapeOnly = true };
        if (call.State.Do == Replace && call.Table is { } replaced)
            return ReplaceAll(call, replaced);
        switch (call.State.Do)
        {
            case Value:
                return Follow(call, () => _shape.Made(call), call.Target());
            case MergeOperation.Word when call.Table is { } merged:
                return _shape.Made(call, _merge.Run(call, merged));
            case DeleteAll when call.Table is { } emptied:
                return RemoveAll(call, emptied);
            case OptionsOperation.Get or OptionsOperation.Set when call.Table is { } options:
                return OptionsOperation.Run(call, options);
        }

        if (call.State.Do == GetOrList && call.Table is not null && !call.NamesTarget)
            return _list.Run(call);
        switch (call.Operation)
        {
            case Operation.Fields or Operation.Get when V3Fields.Answers(call.Method):
                return _v3Fields.Run(call);
            case Operation.Fields:
                return _fields.Run(call);
            case Operation.List or Operation.Search when call.Table is not null:
                return _list.Run(call);
            case Operation.Count when call.Table is { } counted:
                return ResultShape.Count(call, new RecordQuery(call.Profile, counted, call.ViewType?.Spec).Find(call.Argument(View.Filter), null, call.Where).Count());
            case Operation.Aggregate:
                return AggregateOperation.Run(call);
            case Operation.Add when call.Table is { } table:
                return AddAll(call, table);
            case Operation.Upsert when call.Table is { } table:
                return Upsert(call, table);
            case Operation.Get or Operation.Update or Operation.Delete or Operation.PatchItems when call.Table is { } table && call.Target() is { } record:
                return OnTarget(call, table, record);
            case Operation.Get when call.State.HasMissing && call.Table is not null:
                return new Success(Values.ToNode(call.Expression.Value(call.State.Missing)));
            case Operation.Delete when call.Table is not null:
                return call.Form is null or { Kind: AnswerForm.Kinds.Bool } ? new Success(ResultShape.At(call.Method.Result, !CallRules.IsCharted(call))) : _shape.Made(call) with { ShapeOnly = true };
            default:
                return _shape.Made(call);
        }
    }

    private Success AddAll(MethodCall call, RecordTable table)
    {
        // Some methods take the records as a list.
        if (call.Input is not null && call.InputNode is JsonArray many && many.Count > 0 && many.All(static i => i is JsonObject))
        {
            var made = many.OfType<JsonObject>().Select(item => Make(call, table, item)).ToList();
            return Follow(call, () => _shape.OfMade(call, made, new JsonArray([.. made.Select(r => Values.ToNode(table.KeyOf(r)))])), made[^1]);
        }

        var record = Make(call, table, Writable(call, call.InputValue, isNew: true));
        return Follow(call, () => _shape.Of(call, record), record);
    }

    private Record Make(MethodCall call, RecordTable table, JsonObject input)
    {
        var record = _writer.Add(table, call.ViewType, input, call.Context, call.Set());
        _following.AfterAdding(table, record, call.Context);
        return record;
    }

    private Success Upsert(MethodCall call, RecordTable table)
    {
        if (call.Target() is not { } record)
            return AddAll(call, table);
        Change(call, table, record, call.InputValue);
        return Follow(call, () => _shape.Of(call, record), record);
    }

    private Success OnTarget(MethodCall call, RecordTable table, Record record)
    {
        switch (call.Operation)
        {
            case Operation.Update:
                Change(call, table, record, Cleared(call, record, Writable(call, call.InputValue, isNew: false)));
                break;
            case Operation.Delete:
                var answer = _shape.Of(call, record);
                _following.Remove(table, record, call.Context);
                return Follow(call, answer, record);
            case Operation.PatchItems:
                _patch.Run(call, table, record);
                break;
        }

        return Follow(call, () => _shape.Of(call, record), record);
    }

    /// <summary>With nothing for the fields that the method empties and the call does not give.</summary>
    private static JsonObject Cleared(MethodCall call, Record record, JsonObject written)
    {
        foreach (var pattern in call.State.Clears ?? [])
        {
            var names = record.Columns.Names.Concat(record.Extra?.Select(static m => m.Key) ?? []);
            foreach (var name in names.Where(n => pattern.EndsWith('*') ? n.StartsWith(pattern[..^1], StringComparison.Ordinal) : n == pattern))
                written.TryAdd(name, null);
        }

        return written;
    }

    private void Change(MethodCall call, RecordTable table, Record record, JsonObject input)
    {
        var before = table.Spec.LooksBack ? record.Copy() : record;
        _writer.Update(table, call.ViewType, record, input, call.Context, call.Set(record));
        _following.AfterChanging(table, record, before, call.Context);
    }

    /// <summary>The caller's list takes the place of the records that the method speaks of.</summary>
    private Success ReplaceAll(MethodCall call, RecordTable table)
    {
        var kept = call.Where.Count == 0 ? [.. table.Records] : table.Matching(call.Where);
        foreach (var record in kept)
            _following.Remove(table, record, call.Context);
        IEnumerable<JsonObject> given = (call.Input is null ? null : call.InputNode) switch
        {
            JsonArray list => list.OfType<JsonObject>(),
            JsonObject map when map.All(static m => m.Value is JsonObject) => map.Select(m => Named(m.Value!.AsObject(), call.State.By, m.Key)),
            JsonObject one => [one],
            _ => [],
        };
        var made = ReplacedRows.Of(table, kept, [.. given], call.State).Select(item => Make(call, table, item)).ToList();
        return Follow(call, () => _shape.OfAll(call, made), null);
    }

    /// <summary>An entry of a map, with its name in the field that is for it.</summary>
    private static JsonObject Named(JsonObject entry, string? field, string name)
    {
        if (field is null)
            return entry;
        var named = (JsonObject)entry.DeepClone();
        named[field] = name;
        return named;
    }

    /// <summary>Removes the records that have the values of the call's parameters.</summary>
    private Success RemoveAll(MethodCall call, RecordTable table)
    {
        // A parameter that says whose the records are is no field of theirs.
        var owners = string.Concat((call.State.Where ?? new Dictionary<string, JsonNode?>()).Select(static w => w.Value?.ToJsonString()));
        var given = call.Parameters.Where(p =>
            p.Value is JsonValue && !owners.Contains("{$" + p.Key, StringComparison.OrdinalIgnoreCase) && table.Columns.Find(p.Key) >= 0
            && !JsonValues.IsNothing(p.Value))
            .Select(p => (Column: table.Columns.Find(p.Key), Value: Values.From(p.Value)))
            .Where(p => call.Where.All(w => w.Column != p.Column))
            .Concat(call.Where.Select(static w => (w.Column, w.Value)))
            .ToList();
        var gone = table.Matching(given);
        foreach (var record in gone)
            _following.Remove(table, record, call.Context);
        return Follow(call, _shape.Made(call, (long)gone.Count), null);
    }

    /// <summary>What follows may be in the answer.</summary>
    private Success Follow(MethodCall call, Func<Success> answer, Record? record)
    {
        _following.Run(call, record);
        return answer();
    }

    private Success Follow(MethodCall call, Success answer, Record? record) => Follow(call, () => answer, record);

    /// <summary>What a call may set: the server ignores the rest, where it does not refuse it.</summary>
    private JsonObject Writable(MethodCall call, JsonObject given, bool isNew)
    {
        var written = new JsonObject();
        foreach (var (name, value) in given)
        {
            if (call.Input is null && !isNew && (call.KeyParameter?.Name == name || MethodBinding.IsNoField(name)))
                continue;
            var field = call.ViewType?.Field(name);
            var column = call.Table?.Columns.Find(name) ?? -1;
            var counted = call.Table is { Spec.Coded: false } table && column >= 0 && column == table.KeyColumn;
            // What the method speaks of is what it makes: fields of deals, whatever entity the call names.
            if (call.Where.Any(w => w.Column == column && w.Value is not null))
                continue;
            if (field is { ReadOnly: true } || (field is { Immutable: true } && !isNew) || (counted && (!isNew || field?.Server == ServerValue.AutoIncrement)))
                continue;
            written[name] = value?.DeepClone();
        }

        foreach (var (name, value) in Beside(call))
            written.TryAdd(name, value?.DeepClone());
        return written;
    }

    /// <summary>Parameters that are fields of the record too, though another parameter carries its fields.</summary>
    private static IEnumerable<KeyValuePair<string, JsonNode?>> Beside(MethodCall call) =>
        call.Input is not { } input || call.State.Input is not null ? [] : call.Parameters.Where(p =>
            p.Key != input.Name && p.Key != call.KeyParameter?.Name && !MethodBinding.IsNoField(p.Key) && !MethodBinding.IsQuery(p.Key)
            && call.Parameter(p.Key) is { As: null } && call.ViewType?.Field(p.Key) is { ReadOnly: false, Server: null } && p.Key != call.ViewType.KeyField?.Name);
}
