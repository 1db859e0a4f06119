using System.Linq;

#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>Validates lists whose items are calls of other methods, each item as the call that it is.</summary>
/// <typeparam name="TValue">The adapter of values.</typeparam>
/// <param name="context">Where validation stands.</param>
/// <param name="members">Validates the parameters of such a call.</param>
/// <param name="validate">Validates the value of a parameter.</param>
internal sealed class NestedCallValidator<TValue>(ValidationContext<TValue> context, MemberValidator<TValue> members, Action<FieldShape, TValue> validate)
    where TValue : struct, IRuleValue<TValue>
{
    private const string UsualKey = "id";

    /// <summary>Validates what the parameters hold of calls.</summary>
    public void Validate(TValue parameters)
    {
        foreach (var field in context.Method.Parameters.FieldArray)
        {
            if (field.Rules?.Call is not { } call || !parameters.TryMember(field.Name, out var list) || list.Form != ValueForm.List)
                continue;
            var first = context.Values.Count;
            list.AddItems(context.Values);
            var count = context.Values.Count - first;
            context.Push(field, null);
            for (var i = 0; i < count; i++)
                ValidateItem(call, context.Values[first + i], i, parameters);
            context.Pop();
            context.Values.TrimTo(first);
        }
    }

    private void ValidateItem(NestedCall call, TValue item, int index, TValue beside)
    {
        var outer = context.Method;
        if (item.Form is ValueForm.Unknown or ValueForm.Null or ValueForm.List || NameOf(call.Method, item, beside) is not { } name)
            return;
        if (outer.Others?.Find(name) is not { } method)
        {
            AddUnknown(call, item, index, name);
            return;
        }

        // A batch within a batch is the server's to refuse; here it would only go round in circles.
        if (ReferenceEquals(method, outer) || method.HasCalls)
            return;
        var key = Array.Find(method.Parameters.FieldArray, static p => p.In == ParameterLocation.Path && p.Name == UsualKey)
            ?? method.Parameters.Find(UsualKey);
        context.Enter(method);
        if (item.Form == ValueForm.Object)
            ValidateObject(call, method, key, item, index, outer);
        else if (key is not null)
            ValidateKey(key, item, index);
        context.Leave(outer);
    }

    /// <summary>An item that is no object names the record.</summary>
    private void ValidateKey(FieldDescriptor key, TValue item, int index)
    {
        context.Push(key, index);
        validate(new(key), item);
        context.Pop();
    }

    private void ValidateObject(NestedCall call, MethodDescriptor method, FieldDescriptor? key, TValue item, int index, MethodDescriptor outer)
    {
        var given = item;
        if (call.Params is not null && (!item.TryMember(call.Params, out given) || given.Form == ValueForm.Null))
            given = default;
        if (given.Form is not (ValueForm.Object or ValueForm.Null))
            return;
        context.PushItem(index);
        if (key is not null && call.Key is { } named)
            ValidateNamedKey(key, named, item);
        if (call.Params is not null)
            context.PushStep(call.Params);
        // Where the key has a member of its own among the parameters, and the method takes none, it is a field of the record.
        var isTaken = key is not null && call.Key is not null;
        members.ValidateSpread(method, given, given.Form == ValueForm.Object ? given : item, call.Params is null && isTaken ? call.Key : null,
            field => (isTaken && field == key) || IsBeside(field, outer));
        if (call.Params is not null)
            context.Pop();
        context.Pop();
    }

    private void ValidateNamedKey(FieldDescriptor key, string name, TValue item)
    {
        context.Push(key, null, name);
        if (item.TryMember(name, out var value) && value.Form != ValueForm.Null)
            validate(new(key), value);
        else if (key.Has(FieldFlags.Required) && !item.IsPartial && !context.HasFound())
            context.Add("required", item, new(key.Name, new(key), key.Rules));
        context.Pop();
    }

    /// <summary>What stands beside the list in the path holds for each of its calls.</summary>
    private static bool IsBeside(FieldDescriptor field, MethodDescriptor outer) =>
        outer.Parameters.Find(field.Name) is { In: ParameterLocation.Path };

    /// <summary>The method that an item calls; null where a part of its name is not given, or not known before the program runs.</summary>
    private static string? NameOf(string template, TValue item, TValue beside)
    {
        var name = template;
        for (var open = name.IndexOf('{'); open >= 0; open = name.IndexOf('{'))
        {
            var close = name.IndexOf('}', open);
            if (close < 0)
                return null;
            var mark = name.Substring(open + 1, close - open - 1);
            if (!item.TryMember(mark, out var part) && !beside.TryMember(mark, out part))
                return null;
            if (part.Form is not (ValueForm.Text or ValueForm.Number) || part.Text.Length == 0 || part.Text.IndexOf('{') >= 0)
                return null;
            name = name.Substring(0, open) + part.Text + name.Substring(close + 1);
        }

        return name;
    }

    /// <summary>There is no such method: the first part of its name is reported, unless a part is known to be wrong already.</summary>
    private void AddUnknown(NestedCall call, TValue item, int index, string name)
    {
        if (context.Method.Others?.Names is not { } names)
            return;
        string? first = null;
        context.PushItem(index);
        foreach (var mark in call.Method.Split('{').Skip(1).Select(static m => m.Split('}')[0]))
        {
            if (!item.TryMember(mark, out _))
                continue;
            first ??= mark;
            context.PushStep(mark);
            var isWrong = context.HasFound();
            context.Pop();
            if (isWrong)
                first = "";
        }

        if (first is { Length: > 0 } && item.TryMember(first, out var part))
        {
            var suggestion = context.Nearest(name, names);
            if (suggestion is not null)
                suggestion = suggestion.StartsWith(part.Text + ".", StringComparison.Ordinal) ? null : suggestion.Split('.')[0];
            var outer = context.Enter(context.Method);
            context.PushStep(first);
            context.AddWithin(RuleIds.UnknownMethod, "method", null, part, new(name, Value: name), suggestion);
            context.Pop();
            context.Leave(outer);
        }

        context.Pop();
    }
}
