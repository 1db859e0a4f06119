namespace Bitrix24.Gen.Specs;

/// <summary>One pass over one text; stops at the first error.</summary>
internal sealed partial class JsonParser(string text)
{
    private int _position;
    private int _line;
    private int _lineStart;
    private int _depth;

    public JsonError? Error { get; private set; }

    public JsonNode? ReadDocument()
    {
        if (text.Length > 0 && text[0] == '\uFEFF')
            _position = 1;
        SkipSpace();
        var root = ReadValue();
        if (root is null)
            return null;
        SkipSpace();
        return _position == text.Length ? root : Fail<JsonNode>("Nothing may follow the end of the JSON value.");
    }

    private JsonNode? ReadValue()
    {
        if (_position >= text.Length)
            return Fail<JsonNode>("The text ends where a value is expected.");
        switch (text[_position])
        {
            case '{':
                return ReadObject();
            case '[':
                return ReadArray();
            case '"':
                var start = _position;
                var value = ReadString();
                return value is null ? null : new JsonString(Since(start), value);
            case 't':
                return ReadWord("true") is { } t ? new JsonBool(t, true) : null;
            case 'f':
                return ReadWord("false") is { } f ? new JsonBool(f, false) : null;
            case 'n':
                return ReadWord("null") is { } n ? new JsonNull(n) : null;
            case '-' or (>= '0' and <= '9'):
                return ReadNumber();
            case '\'':
                return Fail<JsonNode>("Strings stand in double quotes.");
            case '/':
                return Fail<JsonNode>("Comments are not allowed; use the key \"comment\".");
            default:
                return Fail<JsonNode>($"A value cannot begin with {Show(text[_position])}.");
        }
    }

    private JsonObject? ReadObject()
    {
        var (start, line, column) = (_position, _line, _position - _lineStart);
        if (!Enter())
            return null;
        var properties = new List<JsonProperty>();
        if (!SkipTo('}'))
        {
            while (true)
            {
                if (!At('"'))
                    return Fail<JsonObject>(At('}') ? "A comma before } is not allowed." : "A member name in double quotes is expected.");
                var nameStart = _position;
                var name = ReadString();
                if (name is null)
                    return null;
                var nameRange = Since(nameStart);
                SkipSpace();
                if (!At(':'))
                    return Fail<JsonObject>($"A colon is expected after \"{Shorten(name)}\".");
                _position++;
                SkipSpace();
                var value = ReadValue();
                if (value is null)
                    return null;
                properties.Add(new(name, nameRange, value));
                SkipSpace();
                if (At('}'))
                    break;
                if (!At(','))
                    return Fail<JsonObject>("A comma or } is expected.");
                _position++;
                SkipSpace();
            }

            _position++;
        }

        _depth--;
        return new(Since(start, line, column), properties);
    }

    private JsonArray? ReadArray()
    {
        var (start, line, column) = (_position, _line, _position - _lineStart);
        if (!Enter())
            return null;
        var items = new List<JsonNode>();
        if (!SkipTo(']'))
        {
            while (true)
            {
                if (At(']'))
                    return Fail<JsonArray>("A comma before ] is not allowed.");
                var item = ReadValue();
                if (item is null)
                    return null;
                items.Add(item);
                SkipSpace();
                if (At(']'))
                    break;
                if (!At(','))
                    return Fail<JsonArray>("A comma or ] is expected.");
                _position++;
                SkipSpace();
            }

            _position++;
        }

        _depth--;
        return new(Since(start, line, column), items);
    }

    private JsonNumber? ReadNumber()
    {
        var start = _position;
        if (At('-'))
            _position++;
        if (At('0'))
            _position++;
        else if (!SkipDigits())
            return Fail<JsonNumber>("A digit is expected.");
        if (At('.'))
        {
            _position++;
            if (!SkipDigits())
                return Fail<JsonNumber>("A digit is expected after the decimal point.");
        }

        if (At('e') || At('E'))
        {
            _position++;
            if (At('+') || At('-'))
                _position++;
            if (!SkipDigits())
                return Fail<JsonNumber>("A digit is expected in the exponent.");
        }

        return new(Since(start), text.Substring(start, _position - start));
    }

    private TextRange? ReadWord(string word)
    {
        var start = _position;
        if (string.CompareOrdinal(text, start, word, 0, word.Length) != 0)
        {
            Fail<JsonNode>("The only bare words are true, false and null.");
            return null;
        }

        _position += word.Length;
        return Since(start);
    }

    private bool Enter()
    {
        if (++_depth > JsonReader.MaxDepth)
            return FailAt(_position, 1, "Objects and arrays nest too deep.");
        _position++;
        SkipSpace();
        return true;
    }

    private bool SkipTo(char close)
    {
        if (!At(close))
            return false;
        _position++;
        return true;
    }

    private void SkipSpace()
    {
        for (; _position < text.Length; _position++)
        {
            switch (text[_position])
            {
                case ' ' or '\t':
                    break;
                case '\r' when _position + 1 < text.Length && text[_position + 1] == '\n':
                    break;
                case '\n' or '\r':
                    _line++;
                    _lineStart = _position + 1;
                    break;
                default:
                    return;
            }
        }
    }

    private bool SkipDigits()
    {
        var start = _position;
        while (_position < text.Length && text[_position] is >= '0' and <= '9')
            _position++;
        return _position > start;
    }

    private bool At(char c) => _position < text.Length && text[_position] == c;

    private TextRange Since(int start) => Since(start, _line, start - _lineStart);

    private TextRange Since(int start, int line, int column) =>
        new(start, _position - start, line, column, _line, _position - _lineStart);

    private T? Fail<T>(string message)
        where T : class
    {
        FailAt(_position, _position < text.Length ? 1 : 0, message);
        return null;
    }

    private bool FailAt(int start, int length, string message)
    {
        var column = start - _lineStart;
        Error ??= new(message, new(start, length, _line, column, _line, column + length));
        return false;
    }

    private static string Show(char c) =>
        c is > ' ' and < '\u007f' ? c.ToString() : $"U+{(int)c:X4}";

    private static string Shorten(string name) => name.Length <= 40 ? name : name.Substring(0, 40) + "…";
}
