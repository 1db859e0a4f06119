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
            if (index >= 0 && (context.Slots[slot + index] == MemberSlot.NotGiven || MemberSlot.IsRenamed(context.Slots[slot + index])))
                context.Slots[slot + index] = MemberSlot.Of(member, renamed: true);
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
}
