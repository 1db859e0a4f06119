using System.Linq;

#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>Validates the names of members that no field has as its own.</summary>
/// <typeparam name="TValue">The adapter of values.</typeparam>
/// <param name="context">Where validation stands.</param>
internal sealed class MemberNameValidator<TValue>(ValidationContext<TValue> context)
    where TValue : struct, IRuleValue<TValue>
{
    /// <summary>Names that no field has: another name of a field, a custom field, a slip in the case of letters, or unknown.</summary>
    public void Validate(TypeDescriptor type, TypeDescriptor? owner, int slot, int unknown, NameCase names, bool tells)
    {
        var kept = unknown;
        for (var i = unknown; i < context.Slots.Count; i++)
        {
            var member = context.Slots[i];
            var name = context.Values[member].Name;
            var index = type.IndexOf(name, StringComparison.Ordinal);
            var isFree = false;
            if (index < 0 && names == NameCase.Either && owner is not null)
            {
                index = IndexOfSpelled(name, type);
            }
            else if (index < 0 && IndexOfOther(name, type, names, isParameter: owner is null) is var other and >= 0)
            {
                (index, isFree) = (other, true);
            }
            else if (index < 0 && names != NameCase.Exact && !(owner is not null && CustomField.MayStand(name, owner, context.Method.Api)))
            {
                index = type.IndexOf(name, StringComparison.OrdinalIgnoreCase);
                isFree = index >= 0 && names is NameCase.Free or NameCase.Hungarian;
            }
            else if (index >= 0)
            {
                isFree = true;
            }

            // A member that has the field's own name comes first, then the last one that means it.
            if (index >= 0 && (context.Slots[slot + index] == MemberSlot.NotGiven || MemberSlot.IsRenamed(context.Slots[slot + index])))
                context.Slots[slot + index] = MemberSlot.Of(member, renamed: true);
            if (!isFree && (tells
                    ? !MayStand(name, owner ?? type, isParameter: owner is null) || IsSlip(name, owner ?? type, index)
                    : context.Method.OpenFilter is null && Slip(name, type) is not null))
            {
                context.Slots[kept++] = member;
            }
        }

        if (kept > unknown)
            AddUnknown(type, owner, names, slot, unknown, kept);
    }

    /// <summary>The field of the same letters, where fields are known in camelCase and in upper case.</summary>
    private static int IndexOfSpelled(string name, TypeDescriptor type) => Array.FindIndex(type.FieldArray, f => Suggestion.HasSameLetters(f.Name, name));

    /// <summary>The field that the server knows by another spelling too.</summary>
    private static int IndexOfOther(string name, TypeDescriptor type, NameCase names, bool isParameter) => names switch
    {
        NameCase.Hungarian when isParameter => Array.FindIndex(type.FieldArray, f => !new FieldShape(f).IsScalar && Spelling.IsHungarian(name, f.Name)),
        NameCase.Snake when !isParameter => Array.FindIndex(type.FieldArray, f => Spelling.IsSnakeCase(name, f.Name)),
        _ => -1,
    };

    // Any name may stand in a type that nobody has described, but one that is nearly a described one is hardly another.
    private static bool IsSlip(string name, TypeDescriptor type, int index) =>
        (type.Undescribed || type.Open || CustomField.IsName(name)) && (index >= 0 || Slip(name, type) is not null);

    private static string? Slip(string name, TypeDescriptor type) => CustomField.IsName(name)
        ? Suggestion.Slip(name, type.FieldArray.Select(static f => f.Name).Where(CustomField.IsName))
        : Suggestion.Slip(name, type.FieldArray.Select(static f => f.Name));

    private bool MayStand(string name, TypeDescriptor type, bool isParameter) =>
        CustomField.MayStand(name, type, context.Method.Api) || (isParameter && context.Method.Api.CommonParameters.Contains(name));

    private void AddUnknown(TypeDescriptor type, TypeDescriptor? owner, NameCase names, int slot, int from, int to)
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
            else if (owner is not null && names == NameCase.Either && IndexOfSpelled(member.Name, type) is var spelled and >= 0)
            {
                var name = type.FieldArray[spelled].Name;
                context.AddWithin(RuleIds.UnknownField, "spelled", owner, member, new(member.Name, Value: name), name, atName: true, RuleSeverity.Info);
            }
            else if (owner is null && Misplaced(type, member) is var (rule, right))
            {
                context.AddWithin(RuleIds.UnknownField, rule, owner, member, new(member.Name, List: list, Value: right), right, atName: true);
            }
            else
            {
                var suggestion = !context.Suggests ? null
                    : owner is { Undescribed: true } ? Slip(member.Name, owner)
                    : Suggestion.Name(member.Name, Writable(type, slot));
                context.AddWithin(RuleIds.UnknownField, "unknown", owner, member, new(member.Name, List: list), suggestion, atName: true);
            }

            context.Pop();
        }
    }

    // What may be meant: a field that is given by its own name is not, nor is one that only the server sets.
    private List<string> Writable(TypeDescriptor type, int slot) =>
        [.. type.FieldArray.Where((f, i) => !f.Has(FieldFlags.ReadOnly) && context.Slots[slot + i] is var given && (given == MemberSlot.NotGiven || MemberSlot.IsRenamed(given)))
            .Select(static f => f.Name)];

    /// <summary>A field of a record beside the parameter that takes the record, or a record where the method takes its fields.</summary>
    private (string Rule, string? Right)? Misplaced(TypeDescriptor parameters, TValue member)
    {
        if (parameters.FieldArray.FirstOrDefault(static p => p.As == View.Order) is { Type: { } ordered } order && IsDirection(member)
            && ordered.IndexOf(member.Name, StringComparison.OrdinalIgnoreCase) is var sorted and >= 0)
        {
            return ("misplaced", $"{order.Name}.{ordered.FieldArray[sorted].Name}");
        }

        foreach (var parameter in parameters.FieldArray)
        {
            if (parameter is { Kind: ValueKind.Object, Type: { } type, As: null or View.Create or View.Update or View.Filter }
                && !parameter.Has(FieldFlags.List | FieldFlags.Map) && type.IndexOf(member.Name, StringComparison.OrdinalIgnoreCase) is var index and >= 0)
            {
                return ("misplaced", $"{parameter.Name}.{type.FieldArray[index].Name}");
            }
        }

        if (member.Form != ValueForm.Object)
            return null;
        var first = context.Values.Count;
        member.AddMembers(context.Values);
        var isSpread = Enumerable.Range(first, context.Values.Count - first)
            .Any(i => parameters.IndexOf(context.Values[i].Name, StringComparison.OrdinalIgnoreCase) >= 0);
        context.Values.TrimTo(first);
        return isSpread ? ("spread", null) : null;
    }

    private bool IsDirection(TValue value) =>
        value.Form == ValueForm.Text && context.Method.Api.OrderDirections.Contains(value.Text, StringComparer.OrdinalIgnoreCase);
}
