using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>Does what a method's operation says, on a call that broke no rule.</summary>
internal sealed class OperationRunner
{
    private readonly RecordWriter _writer;
    private readonly ResultShape _shape;
    private readonly ListOperation _list;
    private readonly FieldsOperation _fields;
    private readonly V3Fields _v3Fields;
    private readonly PatchOperation _patch;

    public OperationRunner(SpecSet specs, RecordStore store)
    {
        var reader = new RecordReader(specs, store);
        _writer = new RecordWriter(specs, store);
        _shape = new ResultShape(specs, reader);
        _list = new ListOperation(specs, reader);
        _fields = new FieldsOperation(specs);
        _v3Fields = new V3Fields(specs);
        _patch = new PatchOperation(specs, _writer);
    }

    public Success Run(MethodCall call)
    {
        switch (call.Method.Operation)
        {
            case Operation.List or Operation.Search:
                return _list.Run(call);
            case Operation.Fields or Operation.Get when V3Fields.Answers(call.Method):
                return _v3Fields.Run(call);
            case Operation.Fields:
                return _fields.Run(call);
            case Operation.Count:
                return new Success(ResultShape.At(call.Method.Result, call.Table?.Records.Count ?? 0));
            case Operation.Aggregate:
                return AggregateOperation.Run(call);
            case Operation.Add when call.Table is { } table:
                return Answer(call, _writer.Add(table, call.InputValue, call.Context));
            case Operation.Upsert when call.Table is { } table:
                return Answer(call, Upsert(call, table));
            default:
                return RunOnTarget(call);
        }
    }

    private Success RunOnTarget(MethodCall call)
    {
        if (call.Target() is not { } record || call.Table is not { } table)
            return call.Method.Operation == Operation.Delete ? new Success(false) : Answer(call, null);
        switch (call.Method.Operation)
        {
            case Operation.Update:
                _writer.Update(table, record, Changes(call, table.Type), call.Context);
                break;
            case Operation.Delete:
                table.Remove(record);
                break;
            case Operation.PatchItems:
                _patch.Run(call, record);
                break;
        }

        return Answer(call, record);
    }

    private JsonObject Upsert(MethodCall call, RecordTable table)
    {
        if (call.Target() is { } record)
        {
            _writer.Update(table, record, call.InputValue, call.Context);
            return record;
        }

        return _writer.Add(table, call.InputValue, call.Context);
    }

    /// <summary>What an update may change: the server ignores the rest, where it does not refuse it.</summary>
    private static JsonObject Changes(MethodCall call, RecordType type)
    {
        var changes = new JsonObject();
        foreach (var (name, value) in call.InputValue)
        {
            if (type.Field(name) is not { } field || (field is { ReadOnly: false, Immutable: false } && field.Name != type.KeyName))
                changes[name] = value?.DeepClone();
        }

        return changes;
    }

    private Success Answer(MethodCall call, JsonObject? record) => new(_shape.Of(call, record));
}
