using System.Linq;

#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>Validates filters that are objects: conditions of an operator, a name and a value, and groups of them.</summary>
/// <typeparam name="TValue">The adapter of values.</typeparam>
/// <param name="context">Where validation stands.</param>
/// <param name="names">Validates names of fields.</param>
internal sealed class FilterValidator<TValue>(ValidationContext<TValue> context, NameValidator<TValue> names)
    where TValue : struct, IRuleValue<TValue>
{
    private const string Logic = "logic";

    // The older spelling of groups and logic: {"::LOGIC": "OR", "::SUBFILTER-1": {…}}.
    private const string GroupMark = "::";

    // {"$or": […]}: no operator of a value, and no name.
    private const string KeyMark = "$";

    private const string TypeRule = "type";

    private const string ConditionForm = "a name and its value: { \">ID\": 5 }";

    private ApiDescriptor Api => context.Method.Api;

    /// <summary>Validates a filter.</summary>
    /// <param name="type">The type of the records.</param>
    /// <param name="value">The filter.</param>
    /// <param name="around">The name of the condition whose value it is; null: none.</param>
    public void Validate(TypeDescriptor type, TValue value, string? around = null)
    {
        if (value.Form is not (ValueForm.Object or ValueForm.List))
        {
            context.Add("type", value, new(context.Field!.Name, new(context.Field)));
            return;
        }

        var first = context.Values.Count;
        if (value.Form == ValueForm.Object)
            value.AddMembers(context.Values);
        else
            value.AddItems(context.Values);
        var count = context.Values.Count - first;
        var isTold = false;
        for (var i = 0; i < count; i++)
        {
            var each = context.Values[first + i];
            if (value.Form == ValueForm.Object)
            {
                context.PushStep(each.Name);
                ValidateCondition(type, each, around);
                context.Pop();
            }
            else
            {
                context.PushStep(null, i);
                if (each.Form is ValueForm.Object or ValueForm.List)
                    Validate(type, each);
                else if (each.Form != ValueForm.Unknown && !isTold && (isTold = true))
                    context.AddWithin(RuleIds.Filter, "condition", type, each, new("", Value: ConditionForm), most: RuleSeverity.Warning);
                context.Pop();
            }
        }

        context.Values.TrimTo(first);
    }

    private void ValidateCondition(TypeDescriptor type, TValue condition, string? around)
    {
        var key = condition.Name;
        var groups = context.Field!.Has(FieldFlags.Logic);
        if (groups && (string.Equals(key, Logic, StringComparison.OrdinalIgnoreCase) || string.Equals(key, GroupMark + Logic, StringComparison.OrdinalIgnoreCase)))
        {
            if (condition.Form != ValueForm.Unknown && !(condition.Form == ValueForm.Text && (condition.TextIs("AND") || condition.TextIs("OR"))))
                context.AddWithin(RuleIds.Filter, Logic, type, condition, new(Logic, Value: condition.Text));
            return;
        }

        if (groups && key.Length > 0 && (key.All(char.IsDigit) || key.StartsWith(GroupMark, StringComparison.Ordinal)) && condition.Form is ValueForm.Object or ValueForm.List)
        {
            Validate(type, condition);
            return;
        }

        var prefix = PrefixLength(key);
        var (mark, name) = (key.Substring(0, prefix), key.Substring(prefix));
        if (mark == KeyMark && Api.FilterKeys.Count > 0)
            context.AddWithin(RuleIds.Filter, "operator", type, condition, new(name, Value: key), around is null ? null : Suggestion.Nearest(key, Api.FilterKeys), atName: true);
        else if (prefix > 0 && Api.FilterOperators.Count > 0 && !Api.FilterOperators.Contains(mark))
            context.AddWithin(RuleIds.Filter, "operator", type, condition, new(name, Value: mark), OperatorMeant(mark) is { } meant ? meant + name : null, atName: true);
        else if (name.Length == 0)
            context.AddWithin(RuleIds.Filter, "unknown", type, condition, new(key), around is null ? null : mark + around, atName: true);
        else if (names.Validate(type, name, FieldFlags.NotFilterable, condition, atName: true, mark))
            ValidateOperand(type, mark, name, condition);
    }

    // The same signs the other way round, twice, or with spaces; not "<>", which people mean as "not" and servers as "between".
    private string? OperatorMeant(string mark)
    {
        var signs = mark.Trim();
        var once = new string([.. signs.Distinct()]);
        var reversed = new string([.. signs.Reverse()]);
        return signs == "<>" ? "!="
            : new[] { signs, reversed, once }.FirstOrDefault(s => s.Length > 0 && Api.FilterOperators.Contains(s));
    }

    private void ValidateOperand(TypeDescriptor type, string mark, string name, TValue operand)
    {
        if (operand.Form == ValueForm.Object && !IsList(operand))
        {
            ValidateOperators(type, operand, name);
            return;
        }

        var problem =
            Api.ListOperators.Contains(mark) && WireValue.IsScalar(operand.Form) ? $"\"{mark}\" compares with a list of values; \"{mark}{name}\" has a single value."
            : operand.Form != ValueForm.Text ? null
            : Api.ContainsOperators.Contains(mark) && operand.Text.IndexOf('%') >= 0
                ? $"\"{mark}\" finds the text anywhere and takes % literally; remove the %, or use a pattern operator."
            : Api.LikeOperators.Contains(mark) && operand.Text.IndexOf('%') < 0
                ? $"\"{mark}\" compares with a pattern, where % stands for any text; \"{operand.Text}\" has no %."
            : null;
        if (problem is not null)
            context.AddWithin(RuleIds.Operand, "operand", type, operand, new(name, Value: problem));
        else if (Api.FilterKeys.Count == 0 && !Api.ContainsOperators.Contains(mark) && !Api.LikeOperators.Contains(mark)
            && names.Find(type, name) is { Element: null, Alternatives.Count: 0 } field && !field.Has(FieldFlags.Guessed) && !field.Has(FieldFlags.List) && !field.Has(FieldFlags.Map)
            && !(field.Rules?.Weak.Contains(TypeRule) ?? false))
        {
            ValidateKind(type, field, mark, name, operand);
        }
    }

    // As PHP numbers values; elsewhere, what stands in an object are operators.
    private bool IsList(TValue operand) => Api.FilterKeys.Count == 0 && operand.Count > 0 && ListItems.Is(context.Values, operand, Api.LooseTypes);

    // The server takes what its field cannot have, and finds nothing.
    private void ValidateKind(TypeDescriptor type, FieldDescriptor field, string mark, string name, TValue operand)
    {
        var first = context.Values.Count;
        // "More than" is asked of a value between those of the list too.
        var values = field.Rules is { Enum.Count: > 0, Separator: null } listed && mark.IndexOf('<') < 0 && mark.IndexOf('>') < 0 ? listed : null;
        if (!ListItems.TryAdd(context.Values, operand, Api.LooseTypes))
            context.Values.Add(operand);
        for (var i = first; i < context.Values.Count; i++)
        {
            var value = context.Values[i];
            var isText = value.Form == ValueForm.Text;
            if (!(isText || (value.Form == ValueForm.Number && values is not null)) || value.TextIs(""))
                continue;
            if (isText && field.Kind is ValueKind.Date or ValueKind.DateTime && value.Text.Any(char.IsDigit) && UnreadableDate.Problem(value.Text) is { } problem)
                context.AddWithin(RuleIds.Type, problem, type, value, new(name, Value: value.Text), most: RuleSeverity.Warning, compared: field);
            else if (isText && !WireValue.IsOf(field.Kind, value) && !WireValue.IsLoosely(ValueKind.Bool, value))
                context.AddWithin(RuleIds.Type, TypeRule, type, value, new(name, new(field)), most: RuleSeverity.Warning, compared: field);
            else if (values is not null && !values.Enum.Contains(value.Text, StringComparer.OrdinalIgnoreCase))
                context.AddWithin(
                    RuleIds.Enum, "enum", type, value, new(name, new(field), values, Value: value.Text), context.Nearest(value.Text, values.Enum), most: RuleSeverity.Warning, compared: field);
        }

        context.Values.TrimTo(first);
    }

    // In a value, an object is a set of operators where the API has such, else PHP takes it for conditions of its own.
    private void ValidateOperators(TypeDescriptor type, TValue operand, string name)
    {
        if (Api.FilterKeys.Count == 0)
        {
            Validate(type, operand, name);
            return;
        }

        var first = context.Values.Count;
        operand.AddMembers(context.Values);
        var end = context.Values.Count;
        for (var i = first; i < end; i++)
        {
            var member = context.Values[i];
            if (Api.FilterKeys.Contains(member.Name) || Api.FilterOperators.Contains(member.Name))
                continue;
            var suggestion = context.Nearest(member.Name, Api.FilterKeys);
            context.PushStep(member.Name);
            context.AddWithin(RuleIds.Filter, "operator", type, member, new(member.Name, Value: member.Name), suggestion, atName: true);
            context.Pop();
        }

        context.Values.TrimTo(first);
    }

    /// <summary>Validates the conditions that stand beside the parameters, where the server takes them for its filter.</summary>
    public void ValidateOpen(TValue parameters)
    {
        var known = context.Method.Parameters;
        if (context.Method.OpenFilter is not { } name || parameters.Form != ValueForm.Object
            || known.Find(name) is not { Type: { } type } filter)
        {
            return;
        }

        var first = context.Values.Count;
        parameters.AddMembers(context.Values);
        var end = context.Values.Count;
        var isGiven = Enumerable.Range(first, end - first).Any(i => string.Equals(context.Values[i].Name, name, StringComparison.OrdinalIgnoreCase));
        for (var i = first; i < end && !isGiven; i++)
        {
            var condition = context.Values[i];
            if (known.IndexOf(condition.Name, StringComparison.OrdinalIgnoreCase) >= 0 || Api.CommonParameters.Contains(condition.Name))
                continue;
            context.PushUnnamed(filter);
            context.PushStep(condition.Name);
            ValidateCondition(type, condition, around: null);
            context.Pop();
            context.Pop();
        }

        context.Values.TrimTo(first);
    }

    private static int PrefixLength(string name)
    {
        var length = 0;
        while (length < name.Length && !char.IsLetterOrDigit(name[length]) && name[length] != '_')
            length++;
        return length;
    }
}
