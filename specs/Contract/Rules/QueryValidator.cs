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
    private readonly ValidationContext<TValue> _context;
    private readonly NameValidator<TValue> _names;
    private readonly FilterValidator<TValue> _filters;
    private readonly ConditionValidator<TValue> _conditions;

    public QueryValidator(ValidationContext<TValue> context)
    {
        _context = context;
        _names = new(context);
        _filters = new(context, _names);
        _conditions = new(context, _names);
    }

    /// <summary>Validates the conditions that stand beside the parameters, where the server takes them for its filter.</summary>
    public void ValidateOpenFilter(TValue parameters) => _filters.ValidateOpen(parameters);

    private ApiDescriptor Api => _context.Method.Api;

    public void Validate(TypeDescriptor type, TValue value)
    {
        var parameter = _context.Field!;
        ValidateNeeded(value);
        switch (parameter.As)
        {
            case View.Filter when parameter.Has(FieldFlags.Conditions):
                _conditions.Validate(type, value);
                break;
            case View.Filter:
                _filters.Validate(type, value);
                break;
            case View.Select:
                ValidateSelect(type, value);
                break;
            default:
                ValidateOrder(type, value);
                break;
        }
    }

    /// <summary>What the server asks of a selection or filter to name, as it is, without an operator.</summary>
    private void ValidateNeeded(TValue value)
    {
        if (_context.Field!.Rules is not { MustName.Count: > 0 } rules || value.IsPartial)
            return;
        var first = _context.Values.Count;
        var isObject = value.Form == ValueForm.Object && _context.Field.As != View.Select;
        if (isObject)
            value.AddMembers(_context.Values);
        else if (!ListItems.TryAdd(_context.Values, value, Api.LooseTypes))
            return;
        var given = Enumerable.Range(first, _context.Values.Count - first).Select(i => _context.Values[i]).ToList();
        _context.Values.TrimTo(first);
        var lacks = given.Exists(v => !isObject && MayNameAnything(v))
            ? []
            : rules.MustName.Where(name => !given.Exists(v => IsNamed(isObject ? v.Name : NameIn(v), name))).ToList();
        if (lacks.Count > 0)
            _context.Add("mustName", value, new(_context.Field.Name, List: Wording.Quoted(lacks)));
    }

    // A value that is not known yet, or a group of conditions.
    private bool MayNameAnything(TValue item) =>
        item.Form == ValueForm.Unknown || (item.Form == ValueForm.Object && _context.Field!.Has(FieldFlags.Conditions));

    private bool IsNamed(string given, string name) =>
        given == name || (_context.Method.QueryCase == NameCase.Snake && Spelling.IsSnakeCase(given, name));

    // A name, or a condition that begins with one: [field, operator, value].
    private string NameIn(TValue item)
    {
        if (item.Form != ValueForm.List)
            return item.Text;
        var first = _context.Values.Count;
        item.AddItems(_context.Values);
        var text = _context.Values.Count > first ? _context.Values[first].Text : "";
        _context.Values.TrimTo(first);
        return text;
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
        if (!ListItems.TryAdd(_context.Values, value, Api.LooseTypes))
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
        var suggestion = _context.Nearest(text, directions);
        _context.AddWithin(RuleIds.Order, "direction", type, direction, new(direction.Name, Value: text), suggestion);
    }

    private void AddType(FieldShape shape, TValue value) => _context.Add("type", value, new(_context.Field!.Name, shape));
}
