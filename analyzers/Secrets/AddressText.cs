using System.Text;
using System.Threading;
using Bitrix24.Gen.Analyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Bitrix24.Gen.Analyzers;

/// <summary>The text of an address that is put together of literals, constants and values that only the running program knows.</summary>
internal static class AddressText
{
    /// <summary>Reads an interpolated or concatenated string; what is not known is <see cref="SecretText.Unknown"/>.</summary>
    public static string Read(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        Append(text, expression, model, cancellationToken);
        return text.ToString();
    }

    private static void Append(StringBuilder text, ExpressionSyntax expression, SemanticModel model, CancellationToken cancellationToken)
    {
        switch (expression)
        {
            case ParenthesizedExpressionSyntax inner:
                Append(text, inner.Expression, model, cancellationToken);
                break;
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum:
                Append(text, sum.Left, model, cancellationToken);
                Append(text, sum.Right, model, cancellationToken);
                break;
            case LiteralExpressionSyntax { Token.Value: string literal }:
                text.Append(literal);
                break;
            case InterpolatedStringExpressionSyntax interpolated:
                foreach (var content in interpolated.Contents)
                {
                    if (content is InterpolatedStringTextSyntax part)
                        text.Append(part.TextToken.ValueText);
                    else if (content is InterpolationSyntax hole)
                        Append(text, hole.Expression, model, cancellationToken);
                }

                break;
            default:
                var known = Constants.TryGet(model.GetOperation(expression, cancellationToken), out var value, cancellationToken);
                text.Append(known && value is string or int or long ? System.Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) : SecretText.Unknown);
                break;
        }
    }
}
