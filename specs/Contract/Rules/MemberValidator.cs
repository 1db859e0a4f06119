using System.Linq;

#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>Validates the members of objects: finds out which member is which field, and whether it may be written.</summary>
/// <remarks>
/// <see cref="MemberNameValidator{TValue}"/> sees to names that no field has, <see cref="AbsenceValidator{TValue}"/> to what is missing.
/// </remarks>
/// <typeparam name="TValue">The adapter of values.</typeparam>
/// <param name="context">Where validation stands.</param>
/// <param name="values">Validates scalars.</param>
/// <param name="validate">Validates the value of a member.</param>
internal sealed class MemberValidator<TValue>(ValidationContext<TValue> context, ValueValidator<TValue> values, Action<FieldShape, TValue> validate)
    where TValue : struct, IRuleValue<TValue>
{
    private readonly MemberNameValidator<TValue> _names = new(context);
    private readonly AbsenceValidator<TValue> _absence = new(context);

    public void ValidateParameters(MethodDescriptor method, TValue parameters)
    {
        var names = method.NameCase ?? method.Api.NameCase;
        Validate(method.Parameters, null, parameters, View.Create, names == NameCase.Deep ? NameCase.Free : names, tells: !method.OpenParameters);
    }

    public void ValidateObject(TypeDescriptor type, TValue value, View view)
    {
        var names = context.Method.NameCase ?? context.Method.Api.NameCase;
        Validate(type, type, value, view, Within(names), tells: true);
    }

    /// <summary>How exact names are within an object.</summary>
    private static NameCase Within(NameCase names) => names switch
    {
        NameCase.Free or NameCase.Hungarian => NameCase.Any,
        NameCase.Deep => NameCase.Free,
        _ => names,
    };

    /// <summary>Validates parameters that the server reads by position: their names do not matter, their order does.</summary>
    public void ValidatePositions(TypeDescriptor parameters, TValue value)
    {
        var (first, slot) = (context.Values.Count, context.Slots.Count);
        if (value.Form == ValueForm.List)
            value.AddItems(context.Values);
        else
            value.AddMembers(context.Values);
        RemovePage(first);
        var count = context.Values.Count - first;
        var fields = parameters.FieldArray;
        var next = 0;
        for (var i = 0; i < fields.Length; i++)
        {
            if (Positions.IsPage(fields[i].Name))
            {
                context.Slots.Add(MemberSlot.Elsewhere);
                continue;
            }

            var left = next == 0 && count > 0 && IsLeftOut(fields, i, context.Values[first]);
            context.Slots.Add(!left && next < count ? MemberSlot.Of(first + next++, renamed: true) : MemberSlot.NotGiven);
        }

        ValidateFields(new(parameters, null, value, View.Create, slot, first, first + count));
        Release(first, slot);
    }

    // Where a page begins is read by its name: it has no position.
    private void RemovePage(int first)
    {
        var kept = first;
        for (var i = first; i < context.Values.Count; i++)
        {
            if (!Positions.IsPage(context.Values[i].Name))
                context.Values[kept++] = context.Values[i];
        }

        context.Values.TrimTo(kept);
    }

    // Of {TASKID, ORDER, FILTER} the first may be left out where it need not be given: an object is no number, but an order.
    private static bool IsLeftOut(FieldDescriptor[] fields, int index, TValue value) =>
        value.Form is ValueForm.Object or ValueForm.List && !fields[index].Has(FieldFlags.Required) && new FieldShape(fields[index]).IsScalar
        && index + 1 < fields.Length && !new FieldShape(fields[index + 1]).IsScalar;

    /// <summary>
    /// Validates the parameters of a call that is an item of a list: what the method has goes there, the rest into the record
    /// that it takes.
    /// </summary>
    /// <param name="method">The method that the item calls.</param>
    /// <param name="given">The object with the parameters.</param>
    /// <param name="around">What stands for what is missing.</param>
    /// <param name="key">The member of <paramref name="given"/> that is not one of them; null: all are.</param>
    /// <param name="isElsewhere">A parameter stands beside the list, or has been validated.</param>
    public void ValidateSpread(MethodDescriptor method, TValue given, TValue around, string? key, Func<FieldDescriptor, bool> isElsewhere)
    {
        var fields = method.Parameters.FieldArray;
        var content = Array.Find(fields, static p => p.In == ParameterLocation.Content);
        var (first, slot) = (context.Values.Count, context.Slots.Count);
        if (given.Form == ValueForm.Object)
            given.AddMembers(context.Values);
        var end = context.Values.Count;
        foreach (var field in fields)
            context.Slots.Add(field == content || isElsewhere(field) ? MemberSlot.Elsewhere : MemberSlot.NotGiven);
        var rest = context.Slots.Count;
        for (var i = first; i < end; i++)
        {
            var name = context.Values[i].Name;
            if (name == key)
                continue;
            var index = Array.FindIndex(fields, f => f != content && string.Equals(f.Name, name, StringComparison.Ordinal));
            if (index >= 0)
                context.Slots[slot + index] = MemberSlot.Of(i, renamed: false);
            else
                context.Slots.Add(i);
        }

        if (content is null && context.Slots.Count > rest)
            _names.Validate(method.Parameters, null, slot, rest, method.NameCase ?? method.Api.NameCase, tells: !method.OpenParameters);
        ValidateFields(new(method.Parameters, null, around, View.Create, slot, first, end));
        if (content is { Kind: ValueKind.Object, Type: { } type })
        {
            var record = context.Values.Count;
            for (var i = rest; i < context.Slots.Count; i++)
                context.Values.Add(context.Values[context.Slots[i]]);
            var names = method.NameCase ?? method.Api.NameCase;
            context.PushUnnamed(content);
            ValidateMembers(type, type, around, content.As == View.Update ? View.Update : View.Create, Within(names), tells: true, record);
            context.Pop();
        }

        Release(first, slot);
    }

    private void Validate(TypeDescriptor type, TypeDescriptor? owner, TValue value, View view, NameCase names, bool tells)
    {
        var first = context.Values.Count;
        if (value.Form == ValueForm.Object)
            value.AddMembers(context.Values);
        ValidateMembers(type, owner, value, view, names, tells, first);
    }

    /// <summary>Validates the members that lie at the end of the context's values, and takes them away.</summary>
    private void ValidateMembers(TypeDescriptor type, TypeDescriptor? owner, TValue value, View view, NameCase names, bool tells, int first)
    {
        var slot = context.Slots.Count;
        var end = context.Values.Count;
        var fields = type.FieldArray;
        if (AllHold(fields, value, view, first, end))
        {
            context.Values.TrimTo(first);
            return;
        }

        context.Slots.AddMany(MemberSlot.NotGiven, fields.Length);
        var unknown = context.Slots.Count;
        var next = 0;
        for (var i = first; i < end; i++)
        {
            var index = IndexOf(fields, context.Values[i], ref next);
            if (index >= 0)
                context.Slots[slot + index] = MemberSlot.Of(i, renamed: false);
            else
                context.Slots.Add(i);
        }

        if (context.Slots.Count > unknown)
            _names.Validate(type, owner, slot, unknown, names, tells);
        ValidateFields(new(type, owner, value, view, slot, first, end));
        Release(first, slot);
    }

    /// <summary>
    /// Whether the members are scalars that hold, in the order of the type, as typed code writes them, and none is missing:
    /// then there is nothing to report, and no need to find out which member is which field.
    /// </summary>
    private bool AllHold(FieldDescriptor[] fields, in TValue value, View view, int first, int end)
    {
        var next = first;
        foreach (var field in fields)
        {
            if (next < end && context.Values[next].NameIs(field))
            {
                if (!field.IsPlainIn(view) || !Holds(field, context.Values[next]))
                    return false;
                next++;
            }
            else if (view == View.Create && AbsenceValidator<TValue>.MayLack(field) && !value.IsPartial)
            {
                return false;
            }
        }

        return next == end;
    }

    private bool Holds(FieldDescriptor field, in TValue given) => given.Form switch
    {
        ValueForm.Null => false,
        ValueForm.Unknown => true,
        _ => values.Holds(field, given),
    };

    // Names mostly come in the order of the type: the search begins after the last one found.
    private static int IndexOf(FieldDescriptor[] fields, in TValue member, ref int next)
    {
        for (var i = next; i < fields.Length; i++)
        {
            if (member.NameIs(fields[i]))
                return (next = i + 1) - 1;
        }

        for (var i = 0; i < next; i++)
        {
            if (member.NameIs(fields[i]))
                return (next = i + 1) - 1;
        }

        return -1;
    }

    private void ValidateFields(in ObjectMembers<TValue> members)
    {
        string? missing = null;
        var fields = members.Type.FieldArray;
        var isComplete = members.View == View.Create && !members.Value.IsPartial;
        for (var i = 0; i < fields.Length; i++)
        {
            var field = fields[i];
            var slot = context.Slots[members.Slot + i];
            if (slot == MemberSlot.Elsewhere)
                continue;
            if (slot == MemberSlot.NotGiven)
            {
                if (isComplete && AbsenceValidator<TValue>.MayLack(field) && _absence.Lacks(members, i) is { } lack)
                    _absence.Add(members, field, null, lack, ref missing);
                continue;
            }

            var given = context.Values[MemberSlot.Member(slot)];
            if (!MemberSlot.IsRenamed(slot) && field.IsPlainIn(members.View) && Holds(field, given))
                continue;
            var name = MemberSlot.IsRenamed(slot) && given.Name.Length > 0 ? given.Name : null;
            if (given.Form == ValueForm.Null && isComplete && !field.Has(FieldFlags.ReadOnly) && _absence.Lacks(members, i) is { } rule)
            {
                _absence.Add(members, field, name, rule, ref missing);
                continue;
            }

            context.Push(field, members.Owner, name);
            if (MayWrite(field, members.View, given) && given.Form != ValueForm.Null)
            {
                if (!IsOtherForm(field, name, given))
                    validate(new(field), given);
                if (field.Rules?.Markup is { } parts && given.Form == ValueForm.Text)
                    MarkupValidator.Validate(context, parts, given, members.Value);
            }

            context.Pop();
        }
    }

    // What stands under an alias may be written differently: `chat12` where the field takes 12.
    private static bool IsOtherForm(FieldDescriptor field, string? name, TValue given) =>
        name is not null && given.Form is ValueForm.Text or ValueForm.Number
        && !name.Equals(field.Name, StringComparison.OrdinalIgnoreCase) && field.Aliases.Contains(name, StringComparer.OrdinalIgnoreCase);

    private bool MayWrite(FieldDescriptor field, View view, TValue given)
    {
        var rule = field.Has(FieldFlags.ReadOnly) ? "readOnly"
            : view != View.Update ? null
            : field.Rules?.Use is not null ? "use"
            : field.Has(FieldFlags.Immutable) ? "immutable"
            : null;
        if (rule is null)
            return true;
        context.Add(rule, given, new(field.Name, new(field), field.Rules), suggestion: rule == "use" ? field.Rules!.Use : null, atName: true);
        return false;
    }

    private void Release(int first, int slot)
    {
        context.Values.TrimTo(first);
        context.Slots.TrimTo(slot);
    }
}
