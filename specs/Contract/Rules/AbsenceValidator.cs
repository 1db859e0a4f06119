using System.Linq;

#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>Validates what objects lack: required fields, and one at least of a group.</summary>
/// <typeparam name="TValue">The adapter of values.</typeparam>
/// <param name="context">Where validation stands.</param>
internal sealed class AbsenceValidator<TValue>(ValidationContext<TValue> context)
    where TValue : struct, IRuleValue<TValue>
{
    /// <summary>Whether leaving the field out can break a rule.</summary>
    public static bool MayLack(FieldDescriptor field) =>
        !field.Has(FieldFlags.ReadOnly) && (field.Has(FieldFlags.Required) || (field.RuleSet & RuleSet.OfAbsence) != 0);

    /// <summary>The rule that a field breaks by not being given; null: none.</summary>
    public string? Lacks(in ObjectMembers<TValue> members, int index)
    {
        var field = members.Type.FieldArray[index];
        if (!MayLack(field))
            return null;
        var slot = context.Slots[members.Slot + index];
        if (IsGiven(slot) || (slot != MemberSlot.NotGiven && field.Has(FieldFlags.Nullable)))
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

        if (rules.MustName.Count > 0)
            return "mustName";
        return rules.OneOf.Count > 0 && !IsAnyGiven(members, rules.OneOf) && LeadsGroup(field, members.Type) ? "oneOf" : null;
    }

    private string Missing(ObjectMembers<TValue> members) =>
        string.Join(", ", members.Type.FieldArray.Where((_, i) => Lacks(members, i) == "required").Select(static f => f.Name));

    // Every member of a group may name the others; the first of them speaks for all.
    private static bool LeadsGroup(FieldDescriptor field, TypeDescriptor type) => ReferenceEquals(
        Array.Find(type.FieldArray, f => ReferenceEquals(f, field)
            || (f.Rules is { } rules && rules.OneOf.Contains(field.Name) && field.Rules!.OneOf.Contains(f.Name))),
        field);

    private static string Group(FieldDescriptor field) =>
        string.Join(", ", new[] { field.Name }.Concat(field.Rules!.OneOf.Where(other => other != field.Name)).Select(static name => $"\"{name}\""));

    private bool IsGiven(int slot) => slot == MemberSlot.Elsewhere || (slot != MemberSlot.NotGiven && context.Values[MemberSlot.Member(slot)].Form != ValueForm.Null);

    private bool IsGiven(in ObjectMembers<TValue> members, string name, out TValue value)
    {
        value = default;
        var index = members.Type.IndexOf(name, StringComparison.Ordinal);
        if (index >= 0)
        {
            var slot = context.Slots[members.Slot + index];
            if (slot >= 0)
                value = context.Values[MemberSlot.Member(slot)];
            return IsGiven(slot);
        }

        for (var i = members.First; i < members.End; i++)
        {
            if (string.Equals(context.Values[i].Name, name, StringComparison.Ordinal))
                value = context.Values[i];
        }

        return value.Form != ValueForm.Null;
    }

    private bool IsAnyGiven(in ObjectMembers<TValue> members, IReadOnlyList<string> names)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (IsGiven(members, names[i], out _))
                return true;
        }

        return false;
    }

    /// <summary>Adds the violation of a field that is not given.</summary>
    /// <param name="members">The object.</param>
    /// <param name="field">The field.</param>
    /// <param name="name">The name under which it is given as null.</param>
    /// <param name="rule">The rule that it breaks.</param>
    /// <param name="missing">All required fields that the object lacks, found once.</param>
    public void Add(in ObjectMembers<TValue> members, FieldDescriptor field, string? name, string rule, ref string? missing)
    {
        var list = rule == "oneOf" ? Group(field) : rule == "mustName" ? Wording.Quoted(field.Rules!.MustName) : missing ??= Missing(members);
        context.Push(field, members.Owner, name);
        // The list around a call may have said so already.
        if (!context.IsNested || !context.HasFound())
            context.Add(rule, members.Value, new(field.Name, new(field), field.Rules, list));
        context.Pop();
    }
}
