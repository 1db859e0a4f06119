using System.Linq;

#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>Validates what a list call asks for: filter, select and order. The one class that does.</summary>
/// <typeparam name="TValue">The adapter of values.</typeparam>
internal sealed class QueryValidator<TValue>
    where TValue : struct, IRuleValue<TValue>
{
    private const string Logic = "logic";

    // The older spelling of groups and logic: {"::LOGIC": "OR", "::SUBFILTER-1": {…}}.
    private const string GroupMark = "::";

    private readonly ValidationContext<TValue> _context;
    private readonly NameValidator<TValue> _names;
    private readonly ConditionValidator<TValue> _conditions;

    public QueryValidator(ValidationContext<TValue> context)
    {
        _context = context;
        _names = new(context);
        _conditions = new(context, _names);
    }

    private ApiDescriptor Api => _context.Method.Api;

    public void Validate(TypeDescriptor type, TValue value)
    {
        var parameter = _context.Field!;
        switch (parameter.As)
        {
            case View.Filter when parameter.Has(FieldFlags.Conditions):
                _conditions.Validate(type, value);
                break;
            case View.Filter:
                ValidateFilter(type, value);
                break;
            case View.Select:
                ValidateSelect(type, value);
                break;
            default:
                ValidateOrder(type, value);
                break;
        }
    }

    private void ValidateFilter(TypeDescriptor type, TValue value)
    {
        if (value.Form is not (ValueForm.Object or ValueForm.List))
        {
            AddType(new(_context.Field!), value);
            return;
        }

        var first = _context.Values.Count;
        if (value.Form == ValueForm.Object)
            value.AddMembers(_context.Values);
        else
            value.AddItems(_context.Values);
        var count = _context.Values.Count - first;
        for (var i = 0; i < count; i++)
        {
            var each = _context.Values[first + i];
            if (value.Form == ValueForm.Object)
            {
                _context.PushStep(each.Name);
                ValidateCondition(type, each);
                _context.Pop();
            }
            else if (each.Form is ValueForm.Object or ValueForm.List)
            {
                _context.PushStep(null, i);
                ValidateFilter(type, each);
                _context.Pop();
            }
        }

        _context.Values.TrimTo(first);
    }

    private void ValidateCondition(TypeDescriptor type, TValue condition)
    {
        var key = condition.Name;
        var groups = _context.Field!.Has(FieldFlags.Logic);
        if (groups && (string.Equals(key, Logic, StringComparison.OrdinalIgnoreCase) || string.Equals(key, GroupMark + Logic, StringComparison.OrdinalIgnoreCase)))
        {
            if (condition.Form != ValueForm.Unknown && !(condition.Form == ValueForm.Text && (condition.TextIs("AND") || condition.TextIs("OR"))))
                _context.AddWithin(RuleIds.Filter, Logic, type, condition, new(Logic, Value: condition.Text));
            return;
        }

        if (groups && key.Length > 0 && (key.All(char.IsDigit) || key.StartsWith(GroupMark, StringComparison.Ordinal)) && condition.Form is ValueForm.Object or ValueForm.List)
        {
            ValidateFilter(type, condition);
            return;
        }

        var prefix = PrefixLength(key);
        var (mark, name) = (key.Substring(0, prefix), key.Substring(prefix));
        if (prefix > 0 && Api.FilterOperators.Count > 0 && !Api.FilterOperators.Contains(mark))
            _context.AddWithin(RuleIds.Filter, "operator", type, condition, new(name, Value: mark), atName: true);
        else if (_names.Validate(type, name, FieldFlags.NotFilterable, condition, atName: true, mark))
            ValidateOperand(type, mark, name, condition);
    }

    private void ValidateOperand(TypeDescriptor type, string mark, string name, TValue operand)
    {
        if (operand.Form == ValueForm.Object)
        {
            ValidateOperators(type, operand);
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
            _context.AddWithin(RuleIds.Operand, "operand", type, operand, new(name, Value: problem));
    }

    // In a value, an object is a set of operators where the API has such, else PHP takes it for conditions of its own.
    private void ValidateOperators(TypeDescriptor type, TValue operand)
    {
        if (Api.FilterKeys.Count == 0)
        {
            ValidateFilter(type, operand);
            return;
        }

        var first = _context.Values.Count;
        operand.AddMembers(_context.Values);
        var end = _context.Values.Count;
        for (var i = first; i < end; i++)
        {
            var member = _context.Values[i];
            if (Api.FilterKeys.Contains(member.Name) || Api.FilterOperators.Contains(member.Name))
                continue;
            var suggestion = _context.Suggests ? Suggestion.Nearest(member.Name, Api.FilterKeys) : null;
            _context.PushStep(member.Name);
            _context.AddWithin(RuleIds.Filter, "operator", type, member, new(member.Name, Value: member.Name), suggestion, atName: true);
            _context.Pop();
        }

        _context.Values.TrimTo(first);
    }

    private void ValidateSelect(TypeDescriptor type, TValue value)
    {
        // A query has names in one text, with commas between them.
        if (value.Form == ValueForm.Text && (_context.Field!.In == ParameterLocation.Query || _context.Field.Rules?.Separator is not null))
        {
            ValidateJoinedNames(type, value, FieldFlags.NotSelectable);
            return;
        }

        var first = _context.Values.Count;
        if (!ListItems.TryAdd(_context.Values, value))
        {
            AddType(FieldShape.Texts, value);
            return;
        }

        var count = _context.Values.Count - first;
        if (_context.Field!.Rules is { } rules && count > rules.MaxItems)
            _context.Add("maxItems", value, new(_context.Field.Name, FieldShape.Texts, rules));
        ValidateNames(type, first, FieldFlags.NotSelectable);
    }

    private void ValidateOrder(TypeDescriptor type, TValue value)
    {
        if (value.Form == ValueForm.Object)
        {
            ValidateDirections(type, value);
        }
        else if (value.Form == ValueForm.List && Api.OrderForms.Contains("array"))
        {
            var first = _context.Values.Count;
            value.AddItems(_context.Values);
            ValidateNames(type, first, FieldFlags.NotSortable);
        }
        else if (value.Form == ValueForm.Text && Api.OrderForms.Contains("string"))
        {
            ValidateJoinedNames(type, value, FieldFlags.NotSortable);
        }
        else if (!WireValue.IsObject(value))
        {
            AddType(new(_context.Field!), value);
        }
    }

    private void ValidateDirections(TypeDescriptor type, TValue order)
    {
        var first = _context.Values.Count;
        order.AddMembers(_context.Values);
        var end = _context.Values.Count;
        for (var i = first; i < end; i++)
        {
            var member = _context.Values[i];
            _context.PushStep(member.Name);
            if (_names.Validate(type, member.Name, FieldFlags.NotSortable, member, atName: true))
                ValidateDirection(type, member);
            _context.Pop();
        }

        _context.Values.TrimTo(first);
    }

    private void ValidateJoinedNames(TypeDescriptor type, TValue text, FieldFlags excluded)
    {
        foreach (var name in text.Text.Split(','))
            ValidateName(type, name.Trim(), text, excluded);
    }

    // The values from the first one on are the items of a list of names.
    private void ValidateNames(TypeDescriptor type, int first, FieldFlags excluded)
    {
        var count = _context.Values.Count - first;
        for (var i = 0; i < count; i++)
        {
            var item = _context.Values[first + i];
            _context.PushItem(i);
            if (item.Form == ValueForm.Text)
                ValidateName(type, item.Text, item, excluded);
            else if (item.Form != ValueForm.Unknown)
                AddType(FieldShape.Text, item);
            _context.Pop();
        }

        _context.Values.TrimTo(first);
    }

    private void ValidateName(TypeDescriptor type, string name, TValue value, FieldFlags excluded)
    {
        if (excluded == FieldFlags.NotSortable)
            name = name.TrimStart('-', '+');
        else if (name.EndsWith("*", StringComparison.Ordinal))
            return;
        _names.Validate(type, name, excluded, value, atName: false);
    }

    private void ValidateDirection(TypeDescriptor type, TValue direction)
    {
        var directions = Api.OrderDirections;
        if (direction.Form == ValueForm.Unknown || directions.Count == 0)
            return;
        var text = direction.Text;
        if (direction.Form is ValueForm.Text or ValueForm.Number && directions.Contains(text, StringComparer.OrdinalIgnoreCase))
            return;
        var suggestion = _context.Suggests ? Suggestion.Nearest(text, directions) : null;
        _context.AddWithin(RuleIds.Order, "direction", type, direction, new(direction.Name, Value: text), suggestion);
    }

    private void AddType(FieldShape shape, TValue value) => _context.Add("type", value, new(_context.Field!.Name, shape));

    private static int PrefixLength(string name)
    {
        var length = 0;
        while (length < name.Length && !char.IsLetterOrDigit(name[length]) && name[length] != '_')
            length++;
        return length;
    }
}
