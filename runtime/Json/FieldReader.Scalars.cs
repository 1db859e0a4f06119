using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Bitrix24.Infrastructure;

public ref partial struct FieldReader
{
    // Below this, a loop is faster than the vectorised search.
    private const int ShortText = 16;

    private static readonly SearchValues<byte> NotPlain = SearchValues.Create(
        "\"\\\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f"u8);

    internal readonly bool ValueTextEquals(ReadOnlySpan<byte> text) => _escaped ? JsonStrings.Unescape(_value) == Encoding.UTF8.GetString(text) : _value.SequenceEqual(text);

    internal readonly bool ValueTextEquals(string text) => _escaped ? JsonStrings.Unescape(_value) == text : _value.SequenceEqual(Encoding.UTF8.GetBytes(text));

    /// <summary>The text of a string or name; what is no whole character is U+FFFD.</summary>
    /// <exception cref="Bitrix24ProtocolException">The reader is strict, and a character is not whole.</exception>
    internal readonly string GetString()
    {
        if (_strict)
            RequireWhole(_value);
        return _escaped ? JsonStrings.Unescape(_value) : Encoding.UTF8.GetString(_value);
    }

    /// <summary>Copies a number or the text of a string; says how long it is, 0 where there is no room.</summary>
    internal readonly int CopyString(Span<byte> to)
    {
        if (!_escaped)
        {
            _value.CopyTo(to);
            return _value.Length;
        }

        Span<char> text = stackalloc char[_value.Length];
        return Encoding.UTF8.TryGetBytes(text[..JsonStrings.Unescape(_value, text)], to, out var length) ? length : 0;
    }

    internal readonly bool TryGetInt64(out long value) => Utf8Parser.TryParse(_value, out value, out var length) && length == _value.Length;

    internal readonly bool TryGetInt32(out int value)
    {
        value = 0;
        // Nine digits fit.
        if (_value.Length > 9)
            return Utf8Parser.TryParse(_value, out value, out var length) && length == _value.Length;
        foreach (var digit in _value)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return Utf8Parser.TryParse(_value, out value, out var length) && length == _value.Length;
            value = (value * 10) + (digit - '0');
        }

        return true;
    }

    internal readonly bool TryGetDouble(out double value) => double.TryParse(_value, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    internal readonly bool TryGetDecimal(out decimal value) => decimal.TryParse(_value, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    /// <summary>The current value, of any kind; leaves the reader on its last token.</summary>
    internal JsonElement GetElement()
    {
        var start = _start;
        Skip();
        if (_strict)
            RequireWhole(_json[start.._next]);
        return ElementOf(_json[start.._next]);
    }

    /// <summary>The same of a value whose parts are answers by themselves: where the reader is strict, a broken one fails when it is read.</summary>
    internal JsonElement GetParts()
    {
        var start = _start;
        Skip();
        return ElementOf(_json[start.._next]);
    }

    private JsonElement ElementOf(ReadOnlySpan<byte> json)
    {
        ChargeElement(json);
        var reader = new Utf8JsonReader(_strict ? json : JsonStrings.Repaired(json));
        return JsonElement.ParseValue(ref reader);
    }

    private readonly void RequireWhole(ReadOnlySpan<byte> json)
    {
        if (!JsonStrings.IsWhole(json))
            throw JsonRead.Unexpected(in this, "text of whole characters");
    }

    private void ReadString(JsonTokenType token, int at)
    {
        var rest = _json[(at + 1)..];
        var length = 0;
        while (true)
        {
            if (length == ShortText)
            {
                var more = rest[length..].IndexOfAny(NotPlain);
                if (more < 0)
                    throw Broken(_json.Length);
                length += more;
            }

            if ((uint)length >= (uint)rest.Length)
                throw Broken(_json.Length);
            var b = rest[length];
            if (b == '"')
                break;
            if (b is < (byte)' ' or (byte)'\\')
            {
                ReadEscaped(token, at, length);
                return;
            }

            length++;
        }

        _token = token;
        _start = at;
        _next = at + length + 2;
        _value = rest[..length];
        _escaped = false;
    }

    private void ReadEscaped(JsonTokenType token, int at, int length)
    {
        var rest = _json[(at + 1)..];
        while (true)
        {
            var more = rest[length..].IndexOfAny(NotPlain);
            if (more < 0)
                throw Broken(_json.Length);
            length += more;
            if (rest[length] == '"')
                break;
            if (rest[length] != '\\')
                throw Broken(at + 1 + length);
            length += Escape(at + 1 + length);
        }

        _token = token;
        _start = at;
        _next = at + length + 2;
        _value = rest[..length];
        _escaped = true;
    }

    private readonly int Escape(int at)
    {
        if (at + 1 >= _json.Length)
            throw Broken(_json.Length);
        switch (_json[at + 1])
        {
            case (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t':
                return 2;
            case (byte)'u':
                for (var i = at + 2; i < at + 6; i++)
                {
                    if (i >= _json.Length || !char.IsAsciiHexDigit((char)_json[i]))
                        throw Broken(i);
                }

                return 6;
            default:
                throw Broken(at + 1);
        }
    }

    private bool ReadNumber(int start)
    {
        var at = start;
        if (_json[at] == '-')
            at++;
        var digits = Digits(at);
        if (digits == 0 || (digits > 1 && _json[at] == '0'))
            throw Broken(at);
        at += digits;
        if ((uint)at < (uint)_json.Length && _json[at] == '.')
        {
            digits = Digits(at + 1);
            if (digits == 0)
                throw Broken(at + 1);
            at += digits + 1;
        }

        if ((uint)at < (uint)_json.Length && _json[at] is (byte)'e' or (byte)'E')
        {
            at++;
            if ((uint)at < (uint)_json.Length && _json[at] is (byte)'+' or (byte)'-')
                at++;
            digits = Digits(at);
            if (digits == 0)
                throw Broken(at);
            at += digits;
        }

        Take(JsonTokenType.Number, start, at);
        return AtEndOfNumber(at);
    }

    private readonly int Digits(int from)
    {
        var at = from;
        while ((uint)at < (uint)_json.Length && _json[at] is >= (byte)'0' and <= (byte)'9')
            at++;
        return at - from;
    }
}
