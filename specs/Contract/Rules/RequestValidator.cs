#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>Validates the parameters of one call: the one class that does, over whatever holds the values.</summary>
/// <remarks>
/// <see cref="MemberValidator{TValue}"/> sees to the members of objects, <see cref="ValueValidator{TValue}"/> to scalars,
/// <see cref="QueryValidator{TValue}"/> to filter, select and order, <see cref="NestedCallValidator{TValue}"/> to calls within the call.
/// </remarks>
/// <typeparam name="TValue">The adapter of values.</typeparam>
internal sealed class RequestValidator<TValue>
    where TValue : struct, IRuleValue<TValue>
{
    // A validator keeps its buffers; one a thread is enough, as it calls nobody back.
    [ThreadStatic]
    private static RequestValidator<TValue>? t_spare;

    private readonly ValidationContext<TValue> _context = new();
    private readonly ValueValidator<TValue> _values;
    private readonly MemberValidator<TValue> _members;
    private readonly QueryValidator<TValue> _queries;
    private readonly NestedCallValidator<TValue> _calls;

    private RequestValidator()
    {
        _values = new(_context);
        _members = new(_context, _values, ValidateValue);
        _queries = new(_context);
        _calls = new(_context, _members, ValidateValue);
    }

    /// <summary>Validates the parameters of a call. Never throws.</summary>
    /// <param name="method">The method.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="suggests">Suggest what was probably meant.</param>
    /// <param name="isQuery">The parameters are a query string, in which every value is text.</param>
    /// <param name="call">What is wrong with the call as a whole; null: nothing.</param>
    /// <param name="project">What the caller makes of a finding.</param>
    /// <returns>The violations in the order in which the server meets them: it answers the first that has a code.</returns>
    public static TResult[] Validate<TResult>(
        MethodDescriptor method,
        TValue parameters,
        bool suggests,
        bool isQuery,
        Action<ValidationContext<TValue>>? call,
        Func<Finding<TValue>, TResult> project)
    {
        var validator = t_spare ?? new();
        t_spare = null;
        validator._context.Begin(method, suggests, isQuery: isQuery);
        call?.Invoke(validator._context);
        validator.ValidateParameters(parameters);
        var found = validator._context.Sorted(project);
        validator._context.Clear();
        t_spare = validator;
        return found;
    }

    private void ValidateParameters(TValue parameters)
    {
        var method = _context.Method;
        if (parameters.Form == ValueForm.Unknown)
            return;
        if (method.Positional && parameters.Form is ValueForm.List or ValueForm.Object)
        {
            _members.ValidatePositions(method.Parameters, parameters);
        }
        else if (parameters.Form == ValueForm.Null || WireValue.IsObject(parameters))
        {
            _members.ValidateParameters(method, parameters);
            _queries.ValidateOpenFilter(parameters);
            AggregateValidator.Validate(_context, parameters);
            _calls.Validate(parameters);
        }
        else
        {
            _context.AddWithin(RuleIds.Type, "type", null, parameters, new("parameters", FieldShape.Object));
        }
    }

    private void ValidateValue(FieldShape shape, TValue value)
    {
        if (value.Form == ValueForm.Unknown)
            return;
        if (_context.Field is { As: View.Filter or View.Select or View.Order, Type: { } queried })
            _queries.Validate(queried, value);
        else if (shape.IsList)
            ValidateList(shape, value);
        else if (shape.IsMap)
            ValidateMap(shape, value);
        else if (shape.Field is { Kind: ValueKind.Object, Type: { } type })
            ValidateObject(shape, type, value);
        else if (shape.Field is { Kind: ValueKind.Union, Alternatives.Count: > 0 })
            ValidateUnion(shape, value);
        else
            _values.ValidateScalar(shape, value);
    }

    private void ValidateList(FieldShape shape, TValue value)
    {
        var first = _context.Values.Count;
        if (ListItems.TryAdd(_context.Values, value, _context.IsLoose()) || (IsLooseList(shape, value) && _context.IsLoose()))
        {
            var count = _context.Values.Count - first;
            _values.ValidateCount(value);
            _values.ValidateRepeats(first, count);
            for (var i = 0; i < count; i++)
            {
                if (_context.Values[first + i].Name is { Length: > 0 } key && !ListItems.IsNumber(key, i))
                    _context.PushEntry(key);
                else
                    _context.PushItem(i);
                ValidateItem(shape.Element, _context.Values[first + i]);
                _context.Pop();
            }

            _context.Values.TrimTo(first);
        }
        else if (shape.TakesOne && (HasFormOf(shape.Element, value) || (IsLoosely(shape.Element, value) && _context.IsLoose())))
        {
            ValidateValue(shape.Element, value);
        }
        else if (!(WireValue.IsNothing(value) && _context.IsLoose()))
        {
            AddType(shape, value);
        }
    }

    /// <summary>
    /// PHP takes an object of objects for a list of them, whatever its keys: <c>{ "n0": { "VALUE": "…" } }</c>. A list of which nobody has
    /// written down what it holds may have keys of any meaning: PHP has one word, array, for lists and objects.
    /// </summary>
    private bool IsLooseList(FieldShape shape, TValue value)
    {
        if (value.Form == ValueForm.Object && shape.Element is { IsList: false, IsMap: false, Field.Kind: ValueKind.Json })
        {
            value.AddMembers(_context.Values);
            return true;
        }

        if (value.Form != ValueForm.Object || shape.Element.Field.Kind != ValueKind.Object || shape.Element.IsList || shape.Element.IsMap)
            return false;
        var first = _context.Values.Count;
        value.AddMembers(_context.Values);
        for (var i = first; i < _context.Values.Count; i++)
        {
            if (_context.Values[i].Form is not (ValueForm.Object or ValueForm.Unknown))
            {
                _context.Values.TrimTo(first);
                return false;
            }
        }

        return true;
    }

    private void ValidateMap(FieldShape shape, TValue value)
    {
        if (!WireValue.IsObject(value))
        {
            AddNoObject(shape, value);
            return;
        }

        _values.ValidateCount(value);
        if (value.Form != ValueForm.Object)
            return;
        var first = _context.Values.Count;
        value.AddMembers(_context.Values);
        var end = _context.Values.Count;
        for (var i = first; i < end; i++)
        {
            var entry = _context.Values[i];
            _context.PushEntry(entry.Name);
            if (shape.Field.Has(FieldFlags.NumberKeys) && !(WireValue.TryNumber(entry.Name, out var key) && decimal.Truncate(key) == key))
                _context.Add("type", entry, new(entry.Name, FieldShape.Whole), shape.Field.Rules, atName: true);
            ValidateItem(shape.Element, entry);
            _context.Pop();
        }

        _context.Values.TrimTo(first);
    }

    private void ValidateObject(FieldShape shape, TypeDescriptor type, TValue value)
    {
        if (!WireValue.IsObject(value))
        {
            AddNoObject(shape, value);
            return;
        }

        _values.ValidateCount(value);
        _members.ValidateObject(type, value, _context.Field!.As == View.Update ? View.Update : View.Create);
    }

    // What need not be given may be empty in PHP's way.
    private void AddNoObject(FieldShape shape, TValue value)
    {
        if (_context.IsItem || _context.Field!.Has(FieldFlags.Required) || !WireValue.IsNothing(value) || !_context.IsLoose())
            AddType(shape, value);
    }

    // The alternative that nothing is wrong with, else the one that the value is nearest to: that least is wrong with, and not its type.
    private void ValidateUnion(FieldShape shape, TValue value)
    {
        var before = _context.FindingCount;
        Finding<TValue>[]? nearest = null;
        var alternatives = shape.Field.Alternatives;
        for (var i = 0; i < alternatives.Count; i++)
        {
            var alternative = new FieldShape(alternatives[i]);
            if (!HasFormOf(alternative, value))
                continue;
            ValidateValue(alternative, value);
            if (_context.FindingCount == before)
                return;
            var found = _context.TakeBack(before);
            if (nearest is null || Distance(found) < Distance(nearest))
                nearest = found;
        }

        if (nearest is not null)
            _context.Add(nearest);
        else if (!(IsLoosely(alternatives, value) && _context.IsLoose()))
            AddType(shape, value);
    }

    private static int Distance(Finding<TValue>[] found) => (2 * found.Length) + (Array.Exists(found, static f => f.Rule == "type") ? 1 : 0);

    private static bool IsLoosely(IReadOnlyList<FieldDescriptor> alternatives, TValue value)
    {
        for (var i = 0; i < alternatives.Count; i++)
        {
            if (IsLoosely(new FieldShape(alternatives[i]), value))
                return true;
        }

        return false;
    }

    private static bool IsLoosely(FieldShape shape, TValue value) =>
        !shape.IsList && !shape.IsMap && WireValue.IsLoosely(shape.Field.Kind, value);

    private void ValidateItem(FieldShape element, TValue value)
    {
        if (value.Form == ValueForm.Null && (element.IsList || element.IsMap || element.Field.Kind != ValueKind.Json))
            AddType(element, value);
        else
            ValidateValue(element, value);
    }

    /// <summary>Whether a value may be of a shape, by its outermost form.</summary>
    private bool HasFormOf(FieldShape shape, TValue value)
    {
        if (shape.IsList)
            return ListItems.Is(_context.Values, value, _context.IsLoose()) || (shape.TakesOne && HasFormOf(shape.Element, value));
        if (shape.IsMap || shape.Field.Kind == ValueKind.Object)
            return WireValue.IsObject(value);
        if (shape.Field.Kind != ValueKind.Union || shape.Field.Alternatives.Count == 0)
            return WireValue.IsOf(shape.Field.Kind, value);
        for (var i = 0; i < shape.Field.Alternatives.Count; i++)
        {
            if (HasFormOf(new(shape.Field.Alternatives[i]), value))
                return true;
        }

        return false;
    }

    private void AddType(FieldShape shape, TValue value) => _context.Add("type", value, new(_context.Field!.Name, shape), shape.Field.Rules);
}
