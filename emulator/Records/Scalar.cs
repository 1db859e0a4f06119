using System.Globalization;

namespace Bitrix24.Gen.Emulator.Records;

/// <summary>A value taken apart for comparison: numbers and times by size, text without regard to case, nothing first.</summary>
internal readonly struct Scalar : IComparable<Scalar>
{
    private readonly Form _form;
    private readonly double _number;
    private readonly DateTimeOffset _time;
    private readonly string? _text;

    private Scalar(Form form, double number, DateTimeOffset time, string? text) => (_form, _number, _time, _text) = (form, number, time, text);

    private enum Form
    {
        Nothing,
        Number,
        Time,
        Text,
        Truth,
    }

    public bool IsNothing => _form == Form.Nothing;

    /// <summary>It says what a number or a flag does that nobody has set.</summary>
    public bool IsUnset => (_form is Form.Number or Form.Truth && _number == 0) || _text is "N";

    private string Text => _text ?? (_form == Form.Time ? JsonValues.FormatTime(_time, null) : _number.ToString("R", CultureInfo.InvariantCulture));

    public static Scalar Of(object? value)
    {
        switch (value)
        {
            case null or "":
                return default;
            case long whole:
                return new(Form.Number, whole, default, null);
            case int whole:
                return new(Form.Number, whole, default, null);
            case double real:
                return new(Form.Number, real, default, null);
            case bool flag:
                return new(Form.Truth, flag ? 1 : 0, default, null);
            case DateTimeOffset time:
                return new(Form.Time, 0, time, null);
            case string text:
                return JsonValues.TryNumber(text, out var number) ? new(Form.Number, number, default, text) : new(Form.Text, 0, default, text);
            case JsonNode node:
                return node is JsonValue ? Of(Values.From(node)) : default;
            default:
                return default;
        }
    }

    public int CompareTo(Scalar other)
    {
        if (IsNothing || other.IsNothing)
            return (IsNothing ? 0 : 1) - (other.IsNothing ? 0 : 1);
        if (IsNumber(other) && other.IsNumber(this))
            return AsNumber.CompareTo(other.AsNumber);
        return TryTime(out var from) && other.TryTime(out var to)
            ? from.CompareTo(to)
            : string.Compare(Text, other.Text, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A truth value is the number 1 or 0 beside numbers, and the words Y and N are numbers beside it.</summary>
    private bool IsNumber(Scalar other) => _form is Form.Number or Form.Truth || (other._form == Form.Truth && _text is ("Y" or "N"));

    private double AsNumber => _text is "Y" ? 1 : _number;

    /// <summary>Most text is no time, and trying costs much more than looking.</summary>
    private bool TryTime(out DateTimeOffset time)
    {
        time = _time;
        return _form == Form.Time
            || (_form == Form.Text && _text!.Length >= 8 && char.IsAsciiDigit(_text[0]) && JsonValues.TryTime(_text, out time));
    }
}
