using System.Globalization;
using System.Text;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Examples;

/// <summary>
/// Reads the object, array, text and number literals of JavaScript and PHP as JSON. What only the running program knows (a variable,
/// a call, a concatenation) becomes <see cref="JsonUnknown"/>; an object with a spread or a computed key is partial.
/// </summary>
internal sealed class CodeLiteral(string text, bool php)
{
    private const int Deepest = 32;

    private int _at;
    private bool _broken;

    /// <summary>The literal at a position; null when the code breaks off within it.</summary>
    public JsonNode? Read(int at)
    {
        (_at, _broken) = (at, false);
        var value = Value(0);
        return _broken ? null : value;
    }

    private JsonNode Value(int depth)
    {
        SkipBlanks();
        if (depth > Deepest || _at >= text.Length)
            return Break();
        var start = _at;
        var value = text[_at] switch
        {
            '{' when !php => Object(depth),
            '[' => List(']', depth),
            'a' when php && IsWordAt("array") => Old(depth),
            '\'' or '"' => Text(),
            '`' when !php => Template(),
            _ => Word(),
        };
        SkipBlanks();
        if (value is not null && (_broken || _at >= text.Length || IsEnd()))
            return value;
        // More follows: the literal is part of an expression.
        _at = start;
        SkipExpression();
        return new JsonUnknown(default);
    }

    private JsonNode? Old(int depth)
    {
        _at += "array".Length;
        SkipBlanks();
        return _at < text.Length && text[_at] == '(' ? List(')', depth) : null;
    }

    private JsonObject Object(int depth)
    {
        var properties = new List<JsonProperty>();
        var partial = false;
        _at++;
        while (Next('}'))
        {
            var name = Key();
            SkipBlanks();
            if (name is not null && _at < text.Length && text[_at] == ':')
            {
                _at++;
                properties.Add(new JsonProperty(name, default, Value(depth + 1)));
                continue;
            }

            // { id } stands for { id: id }; a spread or a computed key for names that nobody knows.
            if (name is not null && _at < text.Length && text[_at] is ',' or '}')
                properties.Add(new JsonProperty(name, default, new JsonUnknown(default)));
            else
                partial = true;
            SkipExpression();
        }

        return new JsonObject(default, properties) { Partial = partial };
    }

    private JsonNode List(char end, int depth)
    {
        var items = new List<JsonNode>();
        var properties = new List<JsonProperty>();
        var partial = false;
        _at++;
        while (Next(end))
        {
            if (text.AsSpan(_at).StartsWith("..."))
            {
                partial = true;
                SkipExpression();
                continue;
            }

            var item = Value(depth + 1);
            SkipBlanks();
            if (!php || !text.AsSpan(_at).StartsWith("=>"))
            {
                items.Add(item);
                continue;
            }

            _at += 2;
            var value = Value(depth + 1);
            if (item is JsonString or JsonNumber)
                properties.Add(new JsonProperty(item is JsonString key ? key.Value : ((JsonNumber)item).Text, default, value));
            else
                partial = true;
        }

        return properties.Count > 0 || (partial && php && items.Count == 0)
            ? new JsonObject(default, properties) { Partial = partial }
            : new JsonArray(default, items) { Partial = partial };
    }

    // Passes over commas and blanks; false at the end, which it passes too.
    private bool Next(char end)
    {
        while (!_broken)
        {
            SkipBlanks();
            if (_at >= text.Length)
            {
                Break();
                return false;
            }

            if (text[_at] == end)
            {
                _at++;
                return false;
            }

            // Another bracket's end: the code is broken, and no value begins here.
            if (text[_at] is ')' or ']' or '}' or ';')
            {
                Break();
                return false;
            }

            if (text[_at] != ',')
                return true;
            _at++;
        }

        return false;
    }

    private string? Key()
    {
        if (text[_at] is '\'' or '"')
            return (Text() as JsonString)?.Value;
        var start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] is '_' or '$'))
            _at++;
        return _at == start ? null : text[start.._at];
    }

    // Null where a variable stands within.
    private JsonString? Text()
    {
        var quote = text[_at++];
        var value = new StringBuilder();
        var variable = false;
        for (; _at < text.Length && text[_at] != quote; _at++)
        {
            var c = text[_at];
            variable |= php && quote == '"' && c == '$' && _at + 1 < text.Length && (char.IsAsciiLetter(text[_at + 1]) || text[_at + 1] is '_' or '{');
            if (c == '\\' && _at + 1 < text.Length)
                value.Append(Escaped(text[++_at], quote));
            else
                value.Append(c);
        }

        if (_at >= text.Length)
        {
            Break();
            return null;
        }

        _at++;
        return variable ? null : new JsonString(default, value.ToString());
    }

    private string Escaped(char c, char quote) => c switch
    {
        _ when php && quote == '\'' => c is '\'' or '\\' ? c.ToString() : "\\" + c,
        'n' => "\n",
        'r' => "\r",
        't' => "\t",
        'u' when !php && _at + 4 < text.Length && ushort.TryParse(text.AsSpan(_at + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code) => Unicode(code),
        _ => c.ToString(),
    };

    private string Unicode(ushort code)
    {
        _at += 4;
        return ((char)code).ToString();
    }

    private JsonString? Template()
    {
        var end = text.IndexOf('`', _at + 1);
        if (end < 0)
        {
            Break();
            return null;
        }

        var value = text[(_at + 1)..end];
        _at = end + 1;
        return value.Contains("${", StringComparison.Ordinal) || value.Contains('\\') ? null : new JsonString(default, value);
    }

    private JsonNode? Word()
    {
        var start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] is '_' or '$' or '-' or '.'))
            _at++;
        var word = text[start.._at];
        if (word.Equals("true", StringComparison.OrdinalIgnoreCase) || word.Equals("false", StringComparison.OrdinalIgnoreCase))
            return new JsonBool(default, word[0] is 't' or 'T');
        if (word.Equals("null", StringComparison.OrdinalIgnoreCase))
            return new JsonNull(default);
        return JsonReader.Read(word).Root as JsonNumber;
    }

    // Up to the end of the value: a comma, a closing bracket, PHP's arrow.
    private void SkipExpression()
    {
        var open = 0;
        while (_at < text.Length)
        {
            SkipBlanks();
            if (_at >= text.Length || (open == 0 && IsEnd()))
                return;
            switch (text[_at])
            {
                case '(' or '[' or '{':
                    open++;
                    _at++;
                    break;
                case ')' or ']' or '}':
                    open--;
                    _at++;
                    break;
                case '\'' or '"':
                    Text();
                    break;
                case '`' when !php:
                    Template();
                    break;
                default:
                    _at++;
                    break;
            }
        }

        Break();
    }

    private bool IsEnd() => text[_at] is ',' or ')' or ']' or '}' or ';' || (php && text.AsSpan(_at).StartsWith("=>"));

    private void SkipBlanks()
    {
        while (_at < text.Length)
        {
            var rest = text.AsSpan(_at);
            if (char.IsWhiteSpace(rest[0]))
                _at++;
            else if (rest.StartsWith("//") || (php && rest[0] == '#'))
                _at = EndOf("\n");
            else if (rest.StartsWith("/*"))
                _at = EndOf("*/");
            else
                return;
        }
    }

    private int EndOf(string mark)
    {
        var end = text.IndexOf(mark, _at, StringComparison.Ordinal);
        return end < 0 ? text.Length : end + mark.Length;
    }

    private bool IsWordAt(string word) => text.AsSpan(_at).StartsWith(word, StringComparison.Ordinal);

    private JsonUnknown Break()
    {
        _broken = true;
        _at = text.Length;
        return new JsonUnknown(default);
    }
}
