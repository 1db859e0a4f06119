using System.Linq;
using System.Text;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.Analyzers.Values;

/// <summary>The text of string literals, and for every character of it the stretch of C# it was written as.</summary>
internal sealed class LiteralText
{
    private readonly TextSpan[] _spans;

    private LiteralText(string value, TextSpan[] spans)
    {
        Value = value;
        _spans = spans;
    }

    public string Value { get; }

    /// <summary>Maps a stretch of the value back to the source.</summary>
    public TextSpan Map(int start, int length)
    {
        if (_spans.Length == 0)
            return default;
        var first = Math.Min(Math.Max(start, 0), _spans.Length - 1);
        var last = Math.Min(Math.Max(start + length - 1, first), _spans.Length - 1);
        return length == 0 && start >= _spans.Length
            ? new TextSpan(_spans[first].End, 0)
            : TextSpan.FromBounds(_spans[first].Start, Math.Max(_spans[last].End, _spans[first].Start));
    }

    /// <summary>Reads literals, also concatenated ones and interpolated ones without holes; null where anything else takes part.</summary>
    public static LiteralText? Read(ExpressionSyntax expression)
    {
        var reader = new LiteralReader();
        return reader.Read(expression) ? new(reader.Value.ToString(), [.. reader.Spans]) : null;
    }

    /// <summary>Reads literals together with what stands between them: constants, and values that only the running program knows.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="constant">The text of an expression where it is certain, else null: <see cref="LiteralReader.Hole"/> stands in its place.</param>
    public static LiteralText? Read(ExpressionSyntax expression, Func<ExpressionSyntax, string?> constant)
    {
        var reader = new LiteralReader(constant);
        return reader.Read(expression) ? new(reader.Value.ToString(), [.. reader.Spans]) : null;
    }

    /// <summary>A value that was computed at compile time from other things than literals: every character is the whole expression.</summary>
    public static LiteralText Opaque(string value, TextSpan span)
    {
        var spans = new TextSpan[value.Length];
        for (var i = 0; i < spans.Length; i++)
            spans[i] = span;
        return new(value, spans);
    }
}
