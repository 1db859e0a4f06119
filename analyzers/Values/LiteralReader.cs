using System.Linq;
using System.Text;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.Analyzers.Values;

/// <summary>Decodes string literals as the compiler does, keeping positions.</summary>
/// <param name="constant">The text of other expressions; null: anything but a literal ends the reading.</param>
internal sealed class LiteralReader(Func<ExpressionSyntax, string?>? constant = null)
{
    /// <summary>Stands for what only the running program knows.</summary>
    public const char Hole = CommandText.Hole;

    public StringBuilder Value { get; } = new();

    public List<TextSpan> Spans { get; } = [];

    public bool Read(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case ParenthesizedExpressionSyntax inner:
                return Read(inner.Expression);
            case BinaryExpressionSyntax sum when sum.IsKind(SyntaxKind.AddExpression):
                return Read(sum.Left) && Read(sum.Right);
            case LiteralExpressionSyntax literal when literal.Token.Value is string value:
                return ReadToken(literal.Token, value);
            case InterpolatedStringExpressionSyntax interpolated:
                return interpolated.Contents.Any(static c => c is InterpolationSyntax) ? ReadHoles(interpolated) : ReadInterpolated(interpolated);
            default:
                return ReadOther(expression);
        }
    }

    private bool ReadOther(ExpressionSyntax expression)
    {
        if (constant is null)
            return false;
        foreach (var c in constant(expression) ?? Hole.ToString())
        {
            Value.Append(c);
            Spans.Add(expression.Span);
        }

        return true;
    }

    private bool ReadHoles(InterpolatedStringExpressionSyntax interpolated)
    {
        // The indentation of a raw literal is known of the whole, not of its pieces.
        var verbatim = interpolated.StringStartToken.IsKind(SyntaxKind.InterpolatedVerbatimStringStartToken);
        if (constant is null || interpolated.StringEndToken.IsMissing || !(verbatim || interpolated.StringStartToken.IsKind(SyntaxKind.InterpolatedStringStartToken)))
            return false;
        foreach (var content in interpolated.Contents)
        {
            var read = content switch
            {
                InterpolatedStringTextSyntax text when verbatim => ReadVerbatim(text.ToString(), 0, text.Span.Length, text.SpanStart, braces: true),
                InterpolatedStringTextSyntax text => ReadRegular(text.ToString(), 0, text.Span.Length, text.SpanStart, braces: true),
                InterpolationSyntax { AlignmentClause: null, FormatClause: null } hole => ReadOther(hole.Expression),
                _ => false,
            };
            if (!read)
                return false;
        }

        return true;
    }

    private bool ReadToken(SyntaxToken token, string value)
    {
        var before = Value.Length;
        var text = token.Text;
        var suffix = token.RawKind is (int)SyntaxKind.Utf8StringLiteralToken
            or (int)SyntaxKind.Utf8SingleLineRawStringLiteralToken
            or (int)SyntaxKind.Utf8MultiLineRawStringLiteralToken ? 2 : 0;
        var read = (SyntaxKind)token.RawKind switch
        {
            SyntaxKind.StringLiteralToken or SyntaxKind.Utf8StringLiteralToken when text.StartsWith("@", StringComparison.Ordinal) =>
                ReadVerbatim(text, 2, text.Length - 1 - suffix, token.SpanStart, braces: false),
            SyntaxKind.StringLiteralToken or SyntaxKind.Utf8StringLiteralToken =>
                ReadRegular(text, 1, text.Length - 1 - suffix, token.SpanStart, braces: false),
            _ => ReadRaw(text, Quotes(text), text.Length - Quotes(text) - suffix, token.SpanStart),
        };
        return read && IsTail(before, value);
    }

    private bool ReadInterpolated(InterpolatedStringExpressionSyntax interpolated)
    {
        if (interpolated.StringEndToken.IsMissing)
            return false;
        var expected = new StringBuilder();
        foreach (var content in interpolated.Contents)
        {
            if (content is not InterpolatedStringTextSyntax text)
                return false;
            expected.Append(text.TextToken.ValueText);
        }

        var opening = interpolated.StringStartToken;
        var start = opening.Span.End;
        var body = interpolated.ToString();
        var from = start - interpolated.SpanStart;
        var to = interpolated.StringEndToken.SpanStart - interpolated.SpanStart;
        var before = Value.Length;
        var read = (SyntaxKind)opening.RawKind switch
        {
            SyntaxKind.InterpolatedStringStartToken => ReadRegular(body, from, to, interpolated.SpanStart, braces: true),
            SyntaxKind.InterpolatedVerbatimStringStartToken => ReadVerbatim(body, from, to, interpolated.SpanStart, braces: true),
            _ => ReadRaw(body, from, to, interpolated.SpanStart),
        };

        // The text of a token keeps doubled braces; the value of the string does not.
        var braces = opening.RawKind is (int)SyntaxKind.InterpolatedStringStartToken or (int)SyntaxKind.InterpolatedVerbatimStringStartToken;
        return read && IsTail(before, braces ? expected.Replace("{{", "{").Replace("}}", "}").ToString() : expected.ToString());
    }

    private bool ReadRegular(string text, int from, int to, int origin, bool braces)
    {
        for (var i = from; i < to;)
        {
            var length = 1;
            var c = text[i];
            if (c == '\\')
            {
                length = EscapeLength(text, i, to);
                if (length == 0 || !AppendEscape(text, i, length, origin))
                    return false;
            }
            else
            {
                if (braces && c is '{' or '}' && i + 1 < to && text[i + 1] == c)
                    length = 2;
                Append(c, origin + i, length);
            }

            i += length;
        }

        return true;
    }

    private bool ReadVerbatim(string text, int from, int to, int origin, bool braces)
    {
        for (var i = from; i < to;)
        {
            var c = text[i];
            var doubled = (c == '"' || (braces && c is '{' or '}')) && i + 1 < to && text[i + 1] == c;
            Append(c, origin + i, doubled ? 2 : 1);
            i += doubled ? 2 : 1;
        }

        return true;
    }

    /// <summary>A raw literal: what stands between the delimiters, less the first and last line break and the indentation of the closing delimiter.</summary>
    private bool ReadRaw(string text, int from, int to, int origin)
    {
        if (to < from)
            return false;
        var firstBreak = text.IndexOf('\n', from, to - from);
        if (firstBreak < 0)
        {
            for (var i = from; i < to; i++)
                Append(text[i], origin + i, 1);
            return true;
        }

        var lastBreak = text.LastIndexOf('\n', to - 1, to - from);
        var indentation = to - lastBreak - 1;
        var end = lastBreak > from && text[lastBreak - 1] == '\r' ? lastBreak - 1 : lastBreak;
        for (var line = firstBreak + 1; line < end;)
        {
            var lineBreak = text.IndexOf('\n', line, end - line);
            var next = lineBreak < 0 ? end : lineBreak + 1;
            var i = line;
            while (i < next && i - line < indentation && text[i] is ' ' or '\t')
                i++;
            for (; i < next; i++)
                Append(text[i], origin + i, 1);
            line = next;
        }

        return true;
    }

    private bool AppendEscape(string text, int at, int length, int origin)
    {
        var start = origin + at;
        var kind = text[at + 1];
        if (kind is 'u' or 'x' or 'U')
        {
            var code = Convert.ToInt32(text.Substring(at + 2, length - 2), 16);
            if (code is < 0 or > 0x10FFFF || (kind == 'U' && code is >= 0xD800 and <= 0xDFFF))
                return false;
            if (code <= 0xFFFF)
            {
                Append((char)code, start, length);
                return true;
            }

            var pair = char.ConvertFromUtf32(code);
            Append(pair[0], start, length);
            Append(pair[1], start, length);
            return true;
        }

        var index = "\"'\\0abfnrtve".IndexOf(kind);
        if (index < 0)
            return false;
        Append("\"'\\\0\a\b\f\n\r\t\v\u001b"[index], start, length);
        return true;
    }

    private static int EscapeLength(string text, int at, int to)
    {
        if (at + 1 >= to)
            return 0;
        var (least, most) = text[at + 1] switch
        {
            'u' => (4, 4),
            'U' => (8, 8),
            'x' => (1, 4),
            _ => (0, 0),
        };
        var digits = 0;
        while (digits < most && at + 2 + digits < to && Uri.IsHexDigit(text[at + 2 + digits]))
            digits++;
        return digits < least ? 0 : 2 + digits;
    }

    private void Append(char c, int start, int length)
    {
        Value.Append(c);
        Spans.Add(new TextSpan(start, length));
    }

    private bool IsTail(int before, string expected) =>
        Value.Length - before == expected.Length
        && string.CompareOrdinal(Value.ToString(before, expected.Length), expected) == 0;

    private static int Quotes(string text)
    {
        var count = 0;
        while (count < text.Length && text[count] == '"')
            count++;
        return count;
    }
}
