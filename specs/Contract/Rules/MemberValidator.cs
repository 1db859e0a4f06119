using System.Linq;

#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>Validates the members of objects: their names, whether they may be written, and what is missing.</summary>
/// <typeparam name="TValue">The adapter of values.</typeparam>
/// <param name="context">Where validation stands.</param>
/// <param name="validate">Validates the value of a member.</param>
internal sealed class MemberValidator<TValue>(ValidationContext<TValue> context, Action<FieldShape, TValue> validate)
    where TValue : struct, IRuleValue<TValue>
{
    private const int NotGiven = -1;

    // What another part of the call has, and answers for.
    private const int Elsewhere = -2;

    public void ValidateParameters(MethodDescriptor method, TValue parameters)
    {
        var names = method.NameCase ?? method.Api.NameCase;
        Validate(method.Parameters, null, parameters, View.Create, names, tells: !method.OpenParameters);
    }

    public void ValidateObject(TypeDescriptor type, TValue value, View view)
    {
        var names = context.Method.NameCase ?? context.Method.Api.NameCase;
        Validate(type, type, value, view, names == NameCase.Free ? NameCase.Any : names, tells: true);
    }

    /// <summary>Validates parameters that the server reads by position: their names do not matter, their order does.</summary>
    public void ValidatePositions(TypeDescriptor parameters, TValue value)
    {
        var (first, slot) = (context.Values.Count, context.Slots.Count);
        if (value.Form == ValueForm.List)
            value.AddItems(context.Values);
        else
            value.AddMembers(context.Values);
        var count = context.Values.Count - first;
        var fields = parameters.FieldArray;
        var next = 0;
        for (var i = 0; i < fields.Length; i++)
        {
            var left = next == 0 && count > 0 && IsLeftOut(fields, i, context.Values[first]);
            context.Slots.Add(!left && next < count ? Slot(first + next++, renamed: true) : NotGiven);
        }

        ValidateFields(new(parameters, null, value, View.Create, slot, first, first + count));
        Release(first, slot);
    }

    // Of {TASKID, ORDER, FILTER} the first may be left out where it need not be given: an object is no number, but an order.
    private static bool IsLeftOut(FieldDescriptor[] fields, int index, TValue value) =>
        value.Form is ValueForm.Object or ValueForm.List && !fields[index].Has(FieldFlags.Required) && IsScalar(fields[index])
        && index + 1 < fields.Length && !IsScalar(fields[index + 1]);

    private static bool IsScalar(FieldDescriptor field) =>
        field.Type is null && !new FieldShape(field).IsList && !new FieldShape(field).IsMap && field.Kind is not (ValueKind.Json or ValueKind.Union or ValueKind.Object);

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
            context.Slots.Add(field == content || isElsewhere(field) ? Elsewhere : NotGiven);
        var rest = context.Slots.Count;
        for (var i = first; i < end; i++)
        {
            var name = context.Values[i].Name;
            if (name == key)
                continue;
            var index = Array.FindIndex(fields, f => f != content && string.Equals(f.Name, name, StringComparison.Ordinal));
            if (index >= 0)
                context.Slots[slot + index] = Slot(i, renamed: false);
            else
                context.Slots.Add(i);
        }

        if (content is null && context.Slots.Count > rest)
            ValidateNames(method.Parameters, null, slot, rest, method.NameCase ?? method.Api.NameCase, tells: !method.OpenParameters);
        ValidateFields(new(method.Parameters, null, around, View.Create, slot, first, end));
        if (content is { Kind: ValueKind.Object, Type: { } type })
        {
            var record = context.Values.Count;
            for (var i = rest; i < context.Slots.Count; i++)
                context.Values.Add(context.Values[context.Slots[i]]);
            var names = method.NameCase ?? method.Api.NameCase;
            context.PushUnnamed(content);
            ValidateMembers(type, type, around, content.As == View.Update ? View.Update : View.Create, names == NameCase.Free ? NameCase.Any : names, tells: true, record);
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
        for (var i = 0; i < fields.Length; i++)
            context.Slots.Add(NotGiven);
        var unknown = context.Slots.Count;
        var next = 0;
        for (var i = first; i < end; i++)
        {
            var index = IndexOf(fields, context.Values[i], ref next);
            if (index >= 0)
                context.Slots[slot + index] = Slot(i, renamed: false);
            else
                context.Slots.Add(i);
        }

        if (context.Slots.Count > unknown)
            ValidateNames(type, owner, slot, unknown, names, tells);
        ValidateFields(new(type, owner, value, view, slot, first, end));
        Release(first, slot);
    }

    // Names mostly come in the order of the type: the search begins after the last one found.
    private static int IndexOf(FieldDescriptor[] fields, TValue member, ref int next)
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

    /// <summary>Names that no field has: another name of a field, a custom field, a slip in the case of letters, or unknown.</summary>
    private void ValidateNames(TypeDescriptor type, TypeDescriptor? owner, int slot, int unknown, NameCase names, bool tells)
    {
        var kept = unknown;
        for (var i = unknown; i < context.Slots.Count; i++)
        {
            var member = context.Slots[i];
            var name = context.Values[member].Name;
            var index = type.IndexOf(name, StringComparison.Ordinal);
            var isFree = false;
            if (index < 0 && names != NameCase.Exact && !(owner is not null && CustomField.MayStand(name, owner, context.Method.Api)))
            {
                index = type.IndexOf(name, StringComparison.OrdinalIgnoreCase);
                isFree = index >= 0 && names == NameCase.Free;
            }
            else if (index >= 0)
            {
                isFree = true;
            }

            // A member that has the field's own name comes first, then the last one that means it.
            if (index >= 0 && (context.Slots[slot + index] == NotGiven || IsRenamed(context.Slots[slot + index])))
                context.Slots[slot + index] = Slot(member, renamed: true);
            if (!isFree && tells && !MayStand(name, owner))
                context.Slots[kept++] = member;
        }

        if (kept > unknown)
            AddUnknown(type, owner, unknown, kept);
    }

    private bool MayStand(string name, TypeDescriptor? owner) => owner is not null
        ? CustomField.MayStand(name, owner, context.Method.Api)
        : context.Method.Api.CommonParameters.Contains(name);

    private void AddUnknown(TypeDescriptor type, TypeDescriptor? owner, int from, int to)
    {
        var members = Enumerable.Range(from, to - from).Select(i => context.Values[context.Slots[i]]).ToList();
        var list = string.Join(", ", members.Select(static m => m.Name));
        foreach (var member in members)
        {
            context.PushStep(member.Name);
            if (owner is not null && CustomField.IsInOtherCase(member.Name, owner, context.Method.Api))
            {
                var camel = CustomField.CamelCase(member.Name);
                context.AddWithin(RuleIds.UnknownField, "camelCase", owner, member, new(member.Name, Value: camel), camel, atName: true);
            }
            else
            {
                var suggestion = context.Suggests ? Suggestion.Nearest(member.Name, type.FieldArray.Select(static f => f.Name)) : null;
                context.AddWithin(RuleIds.UnknownField, "unknown", owner, member, new(member.Name, List: list), suggestion, atName: true);
            }

            context.Pop();
        }
    }

    private void ValidateFields(Members members)
    {
        string? missing = null;
        var fields = members.Type.FieldArray;
        for (var i = 0; i < fields.Length; i++)
        {
            var field = fields[i];
            var slot = context.Slots[members.Slot + i];
            if (slot == Elsewhere)
                continue;
            if (slot == NotGiven)
            {
                if (members.View == View.Create && !members.Value.IsPartial && Lacks(members, i) is { } lack)
                    AddMissing(members, field, null, lack, ref missing);
                continue;
            }

            var given = context.Values[slot >> 1];
            var name = IsRenamed(slot) && given.Name.Length > 0 ? given.Name : null;
            if (given.Form == ValueForm.Null && members.View == View.Create && !members.Value.IsPartial && !field.Has(FieldFlags.ReadOnly)
                && Lacks(members, i) is { } rule)
            {
                AddMissing(members, field, name, rule, ref missing);
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
        name is not null && given.Form is ValueForm.Text or ValueForm.Number && field.Aliases.Contains(name, StringComparer.Ordinal);

    private void AddMissing(Members members, FieldDescriptor field, string? name, string rule, ref string? missing)
    {
        var list = rule == "oneOf" ? Group(field) : missing ??= Missing(members);
        context.Push(field, members.Owner, name);
        // The list around a call may have said so already.
        if (!context.IsNested || !context.HasFound())
            context.Add(rule, members.Value, new(field.Name, new(field), field.Rules, list));
        context.Pop();
    }

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

    private string? Lacks(Members members, int index)
    {
        var field = members.Type.FieldArray[index];
        var slot = context.Slots[members.Slot + index];
        if (field.Has(FieldFlags.ReadOnly) || IsGiven(slot) || (slot != NotGiven && field.Has(FieldFlags.Nullable)))
            return null;
        if (field.Has(FieldFlags.Required))
            return "required";
        if (field.Rules is not { } rules)
            return null;
        if (rules.RequiredIf is { } condition && IsGiven(members, condition.Field, out var decider)
            && (condition.Values.Count == 0 || condition.Values.Any(decider.TextIs)))
        {
            return "requiredIf";
        }

        return rules.OneOf.Count > 0 && !IsAnyGiven(members, rules.OneOf) && LeadsGroup(field, members.Type) ? "oneOf" : null;
    }

    private string Missing(Members members) =>
        string.Join(", ", members.Type.FieldArray.Where((_, i) => Lacks(members, i) == "required").Select(static f => f.Name));

    // Every member of a group may name the others; the first of them speaks for all.
    private static bool LeadsGroup(FieldDescriptor field, TypeDescriptor type) => ReferenceEquals(
        Array.Find(type.FieldArray, f => ReferenceEquals(f, field)
            || (f.Rules is { } rules && rules.OneOf.Contains(field.Name) && field.Rules!.OneOf.Contains(f.Name))),
        field);

    private static string Group(FieldDescriptor field) =>
        string.Join(", ", new[] { field.Name }.Concat(field.Rules!.OneOf.Where(other => other != field.Name)).Select(static name => $"\"{name}\""));

    private bool IsGiven(int slot) => slot == Elsewhere || (slot != NotGiven && context.Values[slot >> 1].Form != ValueForm.Null);

    private bool IsGiven(Members members, string name, out TValue value)
    {
        value = default;
        var index = members.Type.IndexOf(name, StringComparison.Ordinal);
        if (index >= 0)
        {
            var slot = context.Slots[members.Slot + index];
            if (slot >= 0)
                value = context.Values[slot >> 1];
            return IsGiven(slot);
        }

        for (var i = members.First; i < members.End; i++)
        {
            if (string.Equals(context.Values[i].Name, name, StringComparison.Ordinal))
                value = context.Values[i];
        }

        return value.Form != ValueForm.Null;
    }

    private bool IsAnyGiven(Members members, IReadOnlyList<string> names)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (IsGiven(members, names[i], out _))
                return true;
        }

        return false;
    }

    private void Release(int first, int slot)
    {
        context.Values.RemoveRange(first, context.Values.Count - first);
        context.Slots.RemoveRange(slot, context.Slots.Count - slot);
    }

    private static int Slot(int value, bool renamed) => (value << 1) | (renamed ? 1 : 0);

    private static bool IsRenamed(int slot) => (slot & 1) != 0;

    /// <summary>An object that is being looked at.</summary>
    /// <param name="Type">Its fields.</param>
    /// <param name="Owner">The type to which its fields belong; null: they are parameters.</param>
    /// <param name="Value">The object.</param>
    /// <param name="View">What it carries.</param>
    /// <param name="Slot">Where the context's slots say which member is which field.</param>
    /// <param name="First">Where its members begin among the context's values.</param>
    /// <param name="End">Where they end.</param>
    private readonly record struct Members(TypeDescriptor Type, TypeDescriptor? Owner, TValue Value, View View, int Slot, int First, int End);
}
