using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>A value of a JSON text as the rule engine sees it.</summary>
internal readonly struct JsonRuleValue : IRuleValue<JsonRuleValue>
{
    private const int NoName = -1;

    private readonly JsonTokens? _tokens;
    private readonly int _index;
    private readonly int _name;

    /// <summary>The whole text.</summary>
    public JsonRuleValue(JsonTokens tokens)
        : this(tokens, 0, NoName)
    {
    }

    private JsonRuleValue(JsonTokens tokens, int index, int name) => (_tokens, _index, _name) = (tokens, index, name);

    public ValueForm Form
    {
        get
        {
            if (_tokens is null)
                return ValueForm.Null;
            var form = _tokens[_index].Form;
            return _tokens.InBatch && IsReference(form) ? ValueForm.Unknown : form;
        }
    }

    public bool IsPartial => false;

    public int Count => _tokens is null ? 0 : _tokens[_index].Count;

    public string Name => _tokens is null || _name == NoName ? "" : _tokens.Text(_name);

    public string Text => _tokens is null || _tokens[_index].Form is not (ValueForm.Text or ValueForm.Number or ValueForm.Bool) ? "" : _tokens.Text(_index);

    public int Length => IsPlain() ? _tokens![_index].Length : WireValue.Length(Text);

    public bool NameIs(FieldDescriptor field) => _tokens is not null && _name != NoName
        && (_tokens[_name].IsEscaped ? Name == field.Name : _tokens.Raw(_name).SequenceEqual(field.Utf8Name));

    public bool TextIs(string text) =>
        _tokens is not null && (Ascii.Equals(_tokens.Raw(_index), text) || (!IsPlain() && Text == text));

    public bool HasTextOf(JsonRuleValue other) =>
        IsPlain() && other.IsPlain() ? _tokens!.Raw(_index).SequenceEqual(other._tokens!.Raw(other._index)) : Text == other.Text;

    public bool Matches(FieldRules rules) => IsPlain() && rules.MatchesAscii(_tokens!.Raw(_index)) is { } known ? known : rules.IsMatch(Text);

    public bool TryDecimal(out decimal number)
    {
        number = 0;
        if (_tokens is null || _tokens[_index].Form != ValueForm.Number)
            return false;
        var text = _tokens.Raw(_index);
        if (Utf8Parser.TryParse(text, out long whole, out var read) && read == text.Length)
        {
            number = whole;
            return true;
        }

        return Utf8Parser.TryParse(text, out number, out read, text.ContainsAny("eE"u8) ? 'e' : default) && read == text.Length;
    }

    public bool TryMember(string name, out JsonRuleValue member)
    {
        member = default;
        if (_tokens is null || _tokens[_index].Form != ValueForm.Object)
            return false;
        var found = false;
        for (var i = _index + 1; i < _tokens[_index].Next; i = _tokens[i + 1].Next)
        {
            if (Ascii.Equals(_tokens.Raw(i), name) || (HasOddName(i) && _tokens.Text(i) == name))
                (member, found) = (new(_tokens, i + 1, i), true);
        }

        return found;
    }

    public void AddItems(List<JsonRuleValue> to)
    {
        for (var i = _index + 1; i < _tokens![_index].Next; i = _tokens[i].Next)
            to.Add(new(_tokens, i, NoName));
    }

    public void AddMembers(List<JsonRuleValue> to)
    {
        for (var i = _index + 1; i < _tokens![_index].Next; i = _tokens[i + 1].Next)
            to.Add(new(_tokens, i + 1, i));
    }

    private bool IsPlain() => _tokens is not null && _tokens[_index].IsPlain;

    private bool HasOddName(int name) => !_tokens![name].IsPlain;

    private bool IsReference(ValueForm form)
    {
        if (form == ValueForm.Text)
            return (_tokens!.Raw(_index).Contains((byte)'$') || _tokens[_index].IsEscaped) && DeferredValue.IsReference(_tokens.Text(_index));
        if (form != ValueForm.Object)
            return false;
        for (var i = _index + 1; i < _tokens![_index].Next; i = _tokens[i + 1].Next)
        {
            if (DeferredValue.IsReferenceName(_tokens.Text(i)))
                return true;
        }

        return false;
    }
}
