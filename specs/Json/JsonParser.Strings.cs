using System.Text;

namespace Bitrix24.Gen.Specs;

/// <content>Strings and their escapes.</content>
internal sealed partial class JsonParser
{
    private string? ReadString()
    {
        var start = ++_position;
        while (_position < text.Length && text[_position] is not ('"' or '\\' or < ' '))
            _position++;
        if (At('"'))
            return text.Substring(start, _position++ - start);

        var value = new StringBuilder(text, start, _position - start, Math.Max(16, 2 * (_position - start)));
        while (_position < text.Length)
        {
            var c = text[_position];
            if (c == '"')
            {
                _position++;
                return value.ToString();
            }

            if (c < ' ')
                return Fail<string>(c is '\n' or '\r' ? "The string does not end on its line; is a \" missing?" : "Control characters in strings must be escaped.");
            if (c == '\\')
            {
                if (!ReadEscape(value))
                    return null;
                continue;
            }

            value.Append(c);
            _position++;
        }

        return Fail<string>("The text ends inside a string.");
    }

    private bool ReadEscape(StringBuilder value)
    {
        var kind = _position + 1 < text.Length ? text[_position + 1] : '\0';
        if (kind == 'u')
        {
            var code = 0;
            for (var i = 2; i < 6; i++)
            {
                var digit = _position + i < text.Length ? HexDigit(text[_position + i]) : -1;
                if (digit < 0)
                    return FailAt(_position, Math.Min(6, text.Length - _position), "\\u needs four hexadecimal digits.");
                code = (code << 4) | digit;
            }

            value.Append((char)code);
            _position += 6;
            return true;
        }

        var index = "\"\\/bfnrt".IndexOf(kind);
        if (index < 0 || kind == '\0')
            return FailAt(_position, Math.Min(2, text.Length - _position), "Unknown escape; write \\\\ for a backslash.");
        value.Append("\"\\/\b\f\n\r\t"[index]);
        _position += 2;
        return true;
    }

    private static int HexDigit(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => -1,
    };
}
