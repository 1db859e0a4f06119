using System.Globalization;

namespace Bitrix24.Gen.Emulator.State;

/// <summary>Sums and products of numbers: <c>80 / (1 + 20 / 100)</c>. A missing number is 0; a division by 0 and what is no formula is 0.</summary>
internal ref struct Formula
{
    private const int Deepest = 32;
    private readonly ReadOnlySpan<char> _text;
    private int _at;

    private Formula(ReadOnlySpan<char> text) => _text = text;

    /// <summary>The value, rounded to so many digits; whole numbers are whole.</summary>
    public static object Value(string text, int digits)
    {
        var formula = new Formula(text);
        var value = formula.Sum(0);
        if (!double.IsFinite(value) || formula.Peek() != '\0')
            return 0L;
        value = Math.Round(value, digits, MidpointRounding.AwayFromZero);
        return double.IsInteger(value) && Math.Abs(value) < long.MaxValue ? (object)(long)value : value;
    }

    private double Sum(int depth)
    {
        var value = Product(depth);
        while (Peek() is '+' or '-')
            value = _text[_at++] == '+' ? value + Product(depth) : value - Product(depth);
        return value;
    }

    private double Product(int depth)
    {
        var value = Factor(depth);
        while (Peek() is '*' or '/')
            value = _text[_at++] == '*' ? value * Factor(depth) : value / Factor(depth);
        return value;
    }

    private double Factor(int depth)
    {
        switch (Peek())
        {
            case '(' when depth < Deepest:
                _at++;
                var inner = Sum(depth + 1);
                if (Peek() == ')')
                    _at++;
                return inner;
            case '-':
                _at++;
                return depth < Deepest ? -Factor(depth + 1) : 0;
            default:
                var start = _at;
                while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || _text[_at] == '.' || (_text[_at] is 'E' or 'e' && _at > start)))
                    _at++;
                return double.TryParse(_text[start.._at], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;
        }
    }

    private char Peek()
    {
        while (_at < _text.Length && _text[_at] == ' ')
            _at++;
        return _at < _text.Length ? _text[_at] : '\0';
    }
}
