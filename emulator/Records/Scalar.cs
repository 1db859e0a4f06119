using System.Globalization;

namespace Bitrix24.Gen.Emulator.Records;

/// <summary>A value taken apart for comparison: numbers and times by size, text without regard to case, nothing first.</summary>
internal readonly struct Scalar : IComparable<Scalar>
{
    private readonly bool _isNumber;
    private readonly double _number;
    private readonly string? _text;

    private Scalar(double number, string? text)
    {
        _isNumber = true;
        _number = number;
        _text = text;
    }

    private Scalar(string? text)
    {
        _text = text;
        _isNumber = text is not null && JsonValues.TryNumber(text, out _number);
    }

    private bool IsNothing => !_isNumber && string.IsNullOrEmpty(_text);

    private string Text => _text ?? _number.ToString("R", CultureInfo.InvariantCulture);

    public static Scalar Of(JsonNode? node)
    {
        // Keys are compared most, and they are kept as these two.
        if (node is JsonValue value)
        {
            if (value.TryGetValue<long>(out var whole))
                return new(whole, null);
            if (value.TryGetValue<int>(out var small))
                return new(small, null);
        }

        return new(JsonValues.Text(node));
    }

    public int CompareTo(Scalar other)
    {
        if (IsNothing || other.IsNothing)
            return (IsNothing ? 0 : 1) - (other.IsNothing ? 0 : 1);
        if (_isNumber && other._isNumber)
            return _number.CompareTo(other._number);
        var (left, right) = (Text, other.Text);
        return TryTime(left, out var from) && TryTime(right, out var to)
            ? from.CompareTo(to)
            : string.Compare(left, right, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Most text is no time, and trying costs much more than looking.</summary>
    private static bool TryTime(string text, out DateTimeOffset time)
    {
        time = default;
        return text.Length >= 8 && char.IsAsciiDigit(text[0]) && JsonValues.TryTime(text, out time);
    }
}
