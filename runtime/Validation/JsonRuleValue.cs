using System.Buffers.Text;
using System.Text;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>A value of a JSON text as the rule engine sees it.</summary>
internal readonly struct JsonRuleValue : IRuleValue<JsonRuleValue>
{
    private readonly JsonTokens? _tokens;
    private readonly int _index;
    private readonly ValueForm _form;

    /// <summary>The whole text.</summary>
    public JsonRuleValue(JsonTokens tokens)
        : this(tokens, 0)
    {
    }

    private JsonRuleValue(JsonTokens tokens, int index)
    {
        (_tokens, _index, _form) = (tokens, index, tokens[index].Form);
        if (tokens.InBatch && IsReference())
            _form = ValueForm.Unknown;
    }

    public ValueForm Form => _form;

    public bool IsPartial => false;

    public int Count => _tokens is null ? 0 : _tokens[_index].Count;

    public string Name => _tokens?.Name(_index) ?? "";

    public string Text => IsScalar ? _tokens!.Text(_index) : "";

    public int Length => IsPlain ? _tokens![_index].Length : WireValue.Length(Text);

    public int TextHash
    {
        get
        {
            // Numbers and names of one list often differ in their ends only.
            var text = IsPlain ? _tokens!.Raw(_index) : Encoding.UTF8.GetBytes(Text);
            var hash = (uint)text.Length;
            foreach (var b in text)
                hash = (hash * 31) + b;
            return (int)hash;
        }
    }

    private bool IsPlain => _tokens is not null && _tokens[_index].IsPlain;

    private bool IsScalar => _tokens is not null && _tokens[_index].Form is ValueForm.Text or ValueForm.Number or ValueForm.Bool;

    public bool NameIs(FieldDescriptor field)
    {
        if (_tokens is null)
            return false;
        ref readonly var token = ref _tokens[_index];
        return token.IsNameEscaped ? Name == field.Name : token.NameLength == field.Utf8Name.Length && _tokens.RawName(_index).SequenceEqual(field.Utf8Name);
    }

    public bool TextIs(string text) =>
        _tokens is not null && (Ascii.Equals(_tokens.Raw(_index), text) || (!IsPlain && Text == text));

    public bool HasTextOf(JsonRuleValue other) =>
        IsPlain && other.IsPlain ? _tokens!.Raw(_index).SequenceEqual(other._tokens!.Raw(other._index)) : Text == other.Text;

    public bool Matches(FieldRules rules) => IsPlain && rules.MatchesAscii(_tokens!.Raw(_index)) is { } known ? known : rules.IsMatch(Text);

    public bool TryDecimal(out decimal number)
    {
        number = 0;
        if (_tokens is null || _form != ValueForm.Number)
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
        var found = 0;
        for (var i = _index + 1; i < _tokens[_index].Next; i = _tokens[i].Next)
        {
            ref readonly var token = ref _tokens[i];
            if (token.NameContent == JsonTokens.Content.Plain
                ? token.NameLength == name.Length && Ascii.Equals(_tokens.RawName(i), name)
                : _tokens.Name(i) == name)
            {
                found = i;
            }
        }

        if (found == 0)
            return false;
        member = new(_tokens, found);
        return true;
    }

    public void AddItems(ValueStack<JsonRuleValue> to) => AddMembers(to);

    public void AddMembers(ValueStack<JsonRuleValue> to)
    {
        var end = _tokens![_index].Next;
        for (var i = _index + 1; i < end; i = _tokens[i].Next)
            to.Add(new(_tokens, i));
    }

    private bool IsReference()
    {
        if (_form == ValueForm.Text)
            return (_tokens!.Raw(_index).Contains((byte)'$') || _tokens[_index].IsEscaped) && DeferredValue.IsReference(_tokens.Text(_index));
        if (_form != ValueForm.Object)
            return false;
        for (var i = _index + 1; i < _tokens![_index].Next; i = _tokens[i].Next)
        {
            if (DeferredValue.IsReferenceName(_tokens.Name(i)))
                return true;
        }

        return false;
    }
}
