using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.Analyzers.Values;

/// <summary>Roslyn's and the spec library's stretches of text.</summary>
internal static class Ranges
{
    /// <summary>A stretch of C#. Lines and columns stay zero: the compiler knows them when it needs them.</summary>
    public static TextRange ToRange(this TextSpan span) => new(span.Start, span.Length, 0, 0, 0, 0);

    public static TextSpan ToSpan(this TextRange range) => new(range.Start, range.Length);

    public static LinePositionSpan ToLines(this TextRange range) =>
        new(new LinePosition(range.Line, range.Column), new LinePosition(range.EndLine, range.EndColumn));
}
