using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.CodeFixes;

/// <summary>Writes values and names the way the source around them does.</summary>
internal static class CSharpSource
{
    public static string Literal(string value) => SymbolDisplay.FormatLiteral(value, quote: true);

    /// <summary>An identifier, escaped where it is a keyword; null where the text cannot be one.</summary>
    public static string? Identifier(string name) =>
        !SyntaxFacts.IsValidIdentifier(name) ? null
        : SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None ? "@" + name
        : name;

    /// <summary>How a quotation mark of JSON is written in the literal at a position.</summary>
    public static string Quote(SyntaxNode root, int position)
    {
        var token = root.FindToken(position);
        return token.Parent switch
        {
            LiteralExpressionSyntax when token.Text.StartsWith("@", StringComparison.Ordinal) => "\"\"",
            LiteralExpressionSyntax when token.Text.StartsWith("\"\"\"", StringComparison.Ordinal) => "\"",
            InterpolatedStringTextSyntax { Parent: InterpolatedStringExpressionSyntax { StringStartToken: var start } } =>
                start.IsKind(SyntaxKind.InterpolatedVerbatimStringStartToken) ? "\"\""
                : start.IsKind(SyntaxKind.InterpolatedStringStartToken) ? "\\\""
                : "\"",
            _ => "\\\"",
        };
    }

    /// <summary>A text may stand in a JSON string and in any literal around it without escapes.</summary>
    public static bool IsPlain(string text) =>
        text.All(static c => c >= ' ' && c is not ('"' or '\\' or '{' or '}'));

    /// <summary>The line break and indentation before an element that begins its line; null where it follows on the line.</summary>
    public static string? LineBreakBefore(SourceText text, int position)
    {
        var line = text.Lines.GetLineFromPosition(position);
        var before = text.ToString(TextSpan.FromBounds(line.Start, position));
        if (line.LineNumber == 0 || before.Any(static c => c is not (' ' or '\t')))
            return null;
        var previous = text.Lines[line.LineNumber - 1];
        return text.ToString(TextSpan.FromBounds(previous.End, previous.EndIncludingLineBreak)) + before;
    }
}
