using System.Linq;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Bitrix24.Gen.Analyzers.Values;

/// <summary>JSON written as a string literal: read once, positions mapped to the C# around it.</summary>
internal static class JsonLiteral
{
    /// <summary>Reads the JSON that a string expression holds.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="value">Its value, where it is a constant; null where only the literals in it say.</param>
    /// <param name="error">What is wrong with the JSON; its range is in the C# source.</param>
    /// <returns>The value, or null where there is an error or the text is not known.</returns>
    public static JsonNode? Read(ExpressionSyntax expression, string? value, out JsonError? error)
    {
        error = null;
        var text = LiteralText.Read(expression) ?? (value is null ? null : LiteralText.Opaque(value, expression.Span));
        if (text is null)
            return null;
        var result = JsonReader.Read(text.Value);
        if (result.Root is { } root)
            return Map(root, text);
        error = new(result.Error!.Message, Map(result.Error.Range, text));
        return null;
    }

    /// <summary>The outermost expression of the literals that a node of C# belongs to: JSON may be put together of several.</summary>
    public static ExpressionSyntax? Root(SyntaxNode node)
    {
        var literal = node.FirstAncestorOrSelf<ExpressionSyntax>(static e => e is LiteralExpressionSyntax or InterpolatedStringExpressionSyntax);
        while (literal?.Parent is ParenthesizedExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression })
            literal = (ExpressionSyntax)literal.Parent;
        return literal;
    }

    private static JsonNode Map(JsonNode node, LiteralText text)
    {
        var range = Map(node.Range, text);
        return node switch
        {
            JsonObject value => new JsonObject(
                range, [.. value.Properties.Select(p => new JsonProperty(p.Name, Map(p.NameRange, text), Map(p.Value, text)))]),
            JsonArray value => new JsonArray(range, [.. value.Items.Select(i => Map(i, text))]),
            JsonString value => new JsonString(range, value.Value),
            JsonNumber value => new JsonNumber(range, value.Text),
            JsonBool value => new JsonBool(range, value.Value),
            _ => new JsonNull(range),
        };
    }

    private static TextRange Map(TextRange range, LiteralText text) => text.Map(range.Start, range.Length).ToRange();
}
