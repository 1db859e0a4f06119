using System.Linq;
using Bitrix24.Gen.Specs.Contract;

namespace Bitrix24.Gen.Specs;

/// <summary>Validates an answer. Servers are sloppy: a form that the runtime reads is right.</summary>
internal sealed class ResponseValidator
{
    private readonly SpecSet _set;
    private readonly MethodSpec _method;
    private readonly ProfileSpec _profile;
    private readonly ValidationContext<NodeValue> _context = new();

    public ResponseValidator(SpecSet set, MethodSpec method)
    {
        (_set, _method, _profile) = (set, method, set.Profile(method.Api));
        _context.Begin(set.Contract.Method(method), suggests: true, isCall: false);
    }

    public IReadOnlyList<SpecViolation> Validate(JsonNode response)
    {
        if (ErrorOf(response) is { } error)
            ValidateError(error);
        else if (_method.Result is { } result && TryFindResult(response, result, out var value, out var path)
            && _set.Contract.Result(_method, path) is { } field)
            ValidateMember(field, null, value);
        return _context.Sorted(SpecViolation.Of);
    }

    private bool TryFindResult(JsonNode response, ResultSpec result, out NodeValue value, out string path)
    {
        value = new(response);
        path = "";
        var steps = _profile.Envelope.Result is { } member ? [member] : Enumerable.Empty<string>();
        if (result.At is not null)
            steps = steps.Concat(result.At.Split('.'));
        foreach (var step in steps)
        {
            path = path.Length == 0 ? step : path + "." + step;
            if (value.Form == ValueForm.Object && value.TryMember(step, out var inner))
            {
                value = inner;
                continue;
            }

            _context.PushStep(path);
            _context.Add("required", value, new(step));
            _context.Pop();
            return false;
        }

        return true;
    }

    private JsonString? ErrorOf(JsonNode response)
    {
        if (response is not JsonObject body)
            return null;
        if (_profile.Envelope.Style == EnvelopeKind.Hal)
            return ProblemOf(body);
        if (_profile.Envelope.Error is not { } member)
            return null;
        if (body.TryGet(member, out var error))
            return CodeOf(error, member);
        return _profile.Envelope.Result is { } name && body.TryGet(name, out var result)
            && result is JsonObject { Properties.Count: 1 } wrapper && wrapper.TryGet(member, out var inner) && inner is JsonObject
            ? CodeOf(inner, member)
            : null;
    }

    /// <summary>Problem details (RFC 9457) have no code but the HTTP status; a spec gives each status a code.</summary>
    private JsonString? ProblemOf(JsonObject body)
    {
        if (!body.TryGet("title", out _) || !body.TryGet("status", out var status)
            || status is not JsonNumber number || !number.TryGetInt64(out var value))
        {
            return null;
        }

        var error = _method.Errors.Concat(_profile.SystemErrors).FirstOrDefault(e => e.Status == value);
        return new(number.Range, error?.Code ?? number.Text);
    }

    private static JsonString? CodeOf(JsonNode error, string member) => error switch
    {
        JsonString code => code,
        JsonNumber number => new(number.Range, number.Text),
        JsonObject body when body.TryGet("code", out var code) || body.TryGet(member, out code) => CodeOf(code, member),
        _ => null,
    };

    private void ValidateError(JsonString code)
    {
        var known = _method.Errors.Concat(_profile.SystemErrors).Select(static e => e.Code).ToList();
        if (known.Contains(code.Value, StringComparer.Ordinal))
            return;
        _context.PushStep("error");
        _context.AddWithin(
            RuleIds.UnknownErrorCode, "error", null, new NodeValue(code), new(code.Value, Value: code.Value), Suggestion.Nearest(code.Value, known));
        _context.Pop();
    }

    private void ValidateMember(FieldDescriptor field, TypeDescriptor? owner, NodeValue value)
    {
        _context.Push(field, owner);
        ValidateValue(new(field), value);
        _context.Pop();
    }

    private void ValidateValue(FieldShape shape, NodeValue value)
    {
        if (IsNothing(value))
            return;
        if (shape.IsList && value.Form == ValueForm.List)
            ValidateItems(shape.Element, value);
        else if ((shape.IsList && !(shape.TakesOne && IsReadable(shape.Element, value)) || shape.IsMap) && value.Form == ValueForm.Object)
            ValidateEntries(shape.Element, value);
        else if (shape.TakesOne)
            ValidateValue(shape.Element, value);
        else if (shape is { IsList: false, IsMap: false, Field: { Kind: ValueKind.Object, Type: { } type } } && value.Form == ValueForm.Object)
            ValidateMembers(type, value);
        else if (shape.Field.Alternatives.FirstOrDefault(a => IsReadable(new(a), value)) is { } alternative && !shape.IsList && !shape.IsMap)
            ValidateValue(new(alternative), value);
        else if (!IsReadable(shape, value))
            _context.Add("type", value, new(_context.Field!.Name, shape));
    }

    private void ValidateItems(FieldShape element, NodeValue list)
    {
        var first = _context.Values.Count;
        list.AddItems(_context.Values);
        var count = _context.Values.Count - first;
        for (var i = 0; i < count; i++)
        {
            _context.PushItem(i);
            ValidateValue(element, _context.Values[first + i]);
            _context.Pop();
        }

        _context.Values.TrimTo(first);
    }

    private void ValidateEntries(FieldShape element, NodeValue map)
    {
        var first = _context.Values.Count;
        map.AddMembers(_context.Values);
        var end = _context.Values.Count;
        for (var i = first; i < end; i++)
        {
            _context.PushEntry(_context.Values[i].Name);
            ValidateValue(element, _context.Values[i]);
            _context.Pop();
        }

        _context.Values.TrimTo(first);
    }

    private void ValidateMembers(TypeDescriptor type, NodeValue value)
    {
        var first = _context.Values.Count;
        value.AddMembers(_context.Values);
        var end = _context.Values.Count;
        for (var i = first; i < end; i++)
        {
            var member = _context.Values[i];
            if (type.Find(member.Name) is { } field)
            {
                ValidateMember(field, type, member);
            }
            else if (!type.Open && !type.Undescribed)
            {
                _context.PushStep(member.Name);
                _context.AddWithin(RuleIds.UnknownField, "unknown", null, member, new(member.Name), atName: true);
                _context.Pop();
            }
        }

        _context.Values.TrimTo(first);
    }

    // null, false and "" stand for "nothing" in answers, whatever the type.
    private static bool IsNothing(NodeValue value) =>
        value.Form is ValueForm.Null or ValueForm.Unknown || value.Node is JsonBool { Value: false } or JsonString { Value: "" };

    private static bool IsReadable(FieldShape shape, NodeValue value)
    {
        if (shape.IsList)
            return value.Form is ValueForm.List or ValueForm.Object || (shape.TakesOne && IsReadable(shape.Element, value));
        if (shape.IsMap)
            return WireValue.IsObject(value);
        if (shape.Field.Has(Contract.FieldFlags.Guessed) && WireValue.IsScalar(value.Form))
            return true;
        return shape.Field.Kind switch
        {
            ValueKind.String => value.Form is ValueForm.Text or ValueForm.Number,
            ValueKind.Bool or ValueKind.YesNo => value.Node is JsonBool or JsonNumber { Text: "0" or "1" }
                or JsonString { Value: "Y" or "N" or "y" or "n" or "0" or "1" or "true" or "false" },
            ValueKind.Object => WireValue.IsObject(value),
            ValueKind.Union => shape.Field.Alternatives.Any(a => IsReadable(new(a), value)),
            _ => WireValue.IsOf(shape.Field.Kind, value),
        };
    }
}
