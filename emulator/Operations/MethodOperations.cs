using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.State;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>What methods do, where the spec calls them actions: the last word of the name says it.</summary>
internal static class MethodOperations
{
    private static readonly Dictionary<string, Operation> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["add"] = Operation.Add,
        ["create"] = Operation.Add,
        ["register"] = Operation.Add,
        ["bind"] = Operation.Add,
        ["get"] = Operation.Get,
        ["list"] = Operation.List,
        ["getlist"] = Operation.List,
        ["update"] = Operation.Update,
        ["edit"] = Operation.Update,
        ["delete"] = Operation.Delete,
        ["remove"] = Operation.Delete,
        ["unregister"] = Operation.Delete,
        ["unbind"] = Operation.Delete,
        ["fields"] = Operation.Fields,
        ["getfields"] = Operation.Fields,
    };

    public static Operation Of(MethodSpec method, MethodState state, AnswerForm? form)
    {
        if (state.Operation is { } said)
            return said;
        if (state.Do is not null)
            return Operation.Action;
        var operation = method.Operation != Operation.Action ? method.Operation
            : Words.GetValueOrDefault(method.Name[(method.Name.LastIndexOf('.') + 1)..], Operation.Action);
        // A method that answers a list lists, whatever it is called.
        var lists = method.Result?.Type.Kind == TypeKind.Array || form?.Kind == AnswerForm.Kinds.List;
        return operation == Operation.Get && lists ? Operation.List : operation;
    }
}
