#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>Validates a filter that is a list of conditions: <c>[field, operator, value]</c>, and groups of them.</summary>
/// <typeparam name="TValue">The adapter of values.</typeparam>
internal sealed class ConditionValidator<TValue>(ValidationContext<TValue> context, NameValidator<TValue> names)
    where TValue : struct, IRuleValue<TValue>
{
    private const string Logic = "logic";
    private const string Conditions = "conditions";
    private const string Negative = "negative";
    private const string In = "in";
    private const string Between = "between";

    /// <summary>What a condition looks like.</summary>
    private const string Form = "[field, operator, value] or { logic, conditions }, in a list";

    private static readonly string[] Known = [Logic, Conditions, Negative];

    public void Validate(TypeDescriptor type, TValue list)
    {
        if (list.Form == ValueForm.Unknown)
            return;
        var first = context.Values.Count;
        var isList = ListItems.TryAdd(context.Values, list);
        var count = context.Values.Count - first;
        // One condition where a list of them belongs reads as a list of texts.
        if (!isList || (count > 0 && context.Values[first].Form == ValueForm.Text))
        {
            Add(type, list);
            count = 0;
        }

        for (var i = 0; i < count; i++)
        {
            context.PushStep(null, i);
            ValidateItem(type, context.Values[first + i]);
            context.Pop();
        }

        context.Values.TrimTo(first);
    }

    private void ValidateItem(TypeDescriptor type, TValue item)
    {
        if (item.Form == ValueForm.Unknown || (item.Form == ValueForm.List && item.IsPartial))
            return;
        var first = context.Values.Count;
        if (!ListItems.TryAdd(context.Values, item))
        {
            if (item.Form == ValueForm.Object)
                ValidateGroup(type, item);
            else
                Add(type, item);
        }
        else if (context.Values.Count - first is 2 or 3)
        {
            ValidateCondition(type, item, first, context.Values.Count - first);
        }
        else
        {
            Add(type, item);
        }

        context.Values.TrimTo(first);
    }

    private void ValidateGroup(TypeDescriptor type, TValue group)
    {
        var first = context.Values.Count;
        group.AddMembers(context.Values);
        var end = context.Values.Count;
        var isWhole = group.IsPartial;
        for (var i = first; i < end; i++)
        {
            var member = context.Values[i];
            context.PushStep(member.Name);
            switch (member.Name)
            {
                case Logic:
                    if (member.Form != ValueForm.Unknown && member.Text.ToUpperInvariant() is not ("AND" or "OR"))
                        context.AddWithin(RuleIds.Filter, Logic, type, member, new(Logic, Value: member.Text));
                    break;
                case Conditions:
                    isWhole = true;
                    Validate(type, member);
                    break;
                case Negative:
                    break;
                default:
                    isWhole = true;
                    Add(type, member, Form, context.Nearest(member.Name, Known), atName: true);
                    break;
            }

            context.Pop();
        }

        context.Values.TrimTo(first);
        if (!isWhole)
            Add(type, group);
    }

    private void ValidateCondition(TypeDescriptor type, TValue condition, int first, int count)
    {
        var name = context.Values[first];
        if (name.Form != ValueForm.Text)
        {
            if (name.Form != ValueForm.Unknown)
                Add(type, condition);
            return;
        }

        var operation = count == 2 ? "=" : context.Values[first + 1].Text;
        if (count == 3 && context.Values[first + 1].Form == ValueForm.Unknown)
            return;
        if (!Contains(context.Method.Api.FilterOperators, operation))
        {
            var suggestion = context.Nearest(operation, context.Method.Api.FilterOperators);
            context.AddWithin(RuleIds.Filter, "operator", type, context.Values[first + 1], new(name.Text, Value: operation), suggestion);
        }
        else if (names.Validate(type, name.Text, FieldFlags.NotFilterable, name, atName: false))
        {
            ValidateOperand(type, name.Text, operation, context.Values[first + count - 1]);
        }
    }

    private void ValidateOperand(TypeDescriptor type, string name, string operation, TValue value)
    {
        if (value.Form == ValueForm.Unknown)
            return;
        var first = context.Values.Count;
        var isList = ListItems.TryAdd(context.Values, value);
        var count = context.Values.Count - first;
        if (!(value.Form == ValueForm.List && value.IsPartial)
            && ((operation == In && (!isList || count == 0)) || (operation == Between && (!isList || count != 2))))
        {
            Add(type, value, $"[field, \"{operation}\", [{(operation == In ? "a value or more" : "from, to")}]]");
        }
        // What a list field holds is compared with its items; the server's idea of that is not known.
        else if (names.Find(type, name) is { Kind: ValueKind.Int or ValueKind.Long or ValueKind.Double or ValueKind.Decimal } field
            && !field.Has(FieldFlags.List) && !field.Has(FieldFlags.Map))
        {
            if (!isList)
                context.Values.Add(value);
            for (var i = first; i < context.Values.Count; i++)
            {
                var operand = context.Values[i];
                if (operand.Form is not (ValueForm.Null or ValueForm.Unknown) && !WireValue.IsOf(field.Kind, operand))
                    context.AddWithin(RuleIds.Type, "type", type, operand, new(name, new(field)), compared: field);
            }
        }

        context.Values.TrimTo(first);
    }

    private void Add(TypeDescriptor type, TValue value, string form = Form, string? suggestion = null, bool atName = false) =>
        context.AddWithin(RuleIds.Filter, "condition", type, value, new(context.Field!.Name, Value: form), suggestion, atName);

    private static bool Contains(IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (string.Equals(names[i], name, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
