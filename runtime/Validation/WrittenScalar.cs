using System.Globalization;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>A scalar that typed code writes, as the rule engine sees it: what its bytes will say.</summary>
internal readonly struct WrittenScalar : IRuleValue<WrittenScalar>
{
    private readonly string? _text;
    private readonly decimal _number;

    public WrittenScalar(string text) => (_text, Form) = (text, ValueForm.Text);

    public WrittenScalar(bool value) => (_text, Form) = (value ? "true" : "false", ValueForm.Bool);

    public WrittenScalar(decimal number) => (_number, Form) = (number, ValueForm.Number);

    public ValueForm Form { get; }

    public bool IsPartial => false;

    public int Count => 0;

    public string Name => "";

    public string Text => Form == ValueForm.Number ? _number.ToString(CultureInfo.InvariantCulture) : _text ?? "";

    public int Length => WireValue.Length(Text);

    public int TextHash => string.GetHashCode(Text, StringComparison.Ordinal);

    public bool NameIs(FieldDescriptor field) => false;

    public bool TextIs(string text) => string.Equals(Text, text, StringComparison.Ordinal);

    public bool HasTextOf(WrittenScalar other) => TextIs(other.Text);

    public bool Matches(FieldRules rules) => rules.MatchesAscii(Text) ?? rules.IsMatch(Text);

    public bool TryDecimal(out decimal number)
    {
        number = _number;
        return Form == ValueForm.Number;
    }

    public bool TryMember(string name, out WrittenScalar member)
    {
        member = default;
        return false;
    }

    public void AddItems(ValueStack<WrittenScalar> to)
    {
    }

    public void AddMembers(ValueStack<WrittenScalar> to)
    {
    }
}
