using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Bitrix24.Gen.Analyzers.Completion;

/// <summary>Where a literal stands within a call by name.</summary>
/// <param name="Call">The call.</param>
/// <param name="Argument">The argument: <c>method</c> or <c>parameters</c>.</param>
/// <param name="Steps">The names that lead to the object or value, from the outermost.</param>
/// <param name="IsKey">The literal is the name of a member, not a value.</param>
internal sealed record LiteralPosition(InvocationExpressionSyntax Call, string Argument, IReadOnlyList<string> Steps, bool IsKey)
{
    // Variables in variables; more is hard to read for people too.
    private const int Deepest = 3;

    /// <summary>The calls that a literal may be part of, directly or through variables.</summary>
    public static IEnumerable<LiteralPosition> Of(LiteralExpressionSyntax literal) => literal.Parent switch
    {
        ArgumentSyntax { Parent: BracketedArgumentListSyntax { Parent: ImplicitElementAccessSyntax { Parent: AssignmentExpressionSyntax key } } } => From(key, [], true, 0),
        ArgumentSyntax { Parent: BracketedArgumentListSyntax { Parent: ElementAccessExpressionSyntax { Expression: IdentifierNameSyntax filled } } } =>
            Uses(filled, filled.Identifier.ValueText, [], true, 0),
        ArgumentSyntax
        {
            Parent: ArgumentListSyntax
            {
                Arguments: [var first, ..] arguments,
                Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add", Expression: IdentifierNameSyntax filled } }
            }
        } argument when first == argument => Uses(filled, filled.Identifier.ValueText, [], arguments.Count > 1, 0),
        InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ComplexElementInitializerExpression, Expressions: [var first, ..] } pair when first == literal => From(pair, [], true, 0),
        _ => From(literal, [], false, 0),
    };

    private static IEnumerable<LiteralPosition> From(SyntaxNode node, IReadOnlyList<string> inner, bool isKey, int depth)
    {
        var steps = inner.ToList();
        while (node.Parent is { } parent)
        {
            switch (parent)
            {
                case AnonymousObjectMemberDeclaratorSyntax { NameEquals.Name.Identifier.ValueText: var name }:
                    steps.Insert(0, name);
                    break;
                case AnonymousObjectMemberDeclaratorSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: var name } }:
                    steps.Insert(0, name);
                    break;
                case AssignmentExpressionSyntax { Left: ImplicitElementAccessSyntax { ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax { Token.Value: string member } }] } } assignment
                    when assignment.Right == node:
                    steps.Insert(0, member);
                    break;
                case AssignmentExpressionSyntax
                {
                    Left: ElementAccessExpressionSyntax { Expression: IdentifierNameSyntax filled, ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax { Token.Value: string member } }] }
                } assignment when assignment.Right == node:
                    return Uses(filled, filled.Identifier.ValueText, [member, .. steps], isKey, depth);
                case InitializerExpressionSyntax { Expressions: [LiteralExpressionSyntax { Token.Value: string member }, var value] } pair
                    when value == node && pair.IsKind(SyntaxKind.ComplexElementInitializerExpression):
                    steps.Insert(0, member);
                    break;
                case ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax call } list } argument:
                    return [new(call, argument.NameColon?.Name.Identifier.ValueText ?? (list.Arguments.IndexOf(argument) == 0 ? "method" : "parameters"), steps, isKey)];
                case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable }:
                    return Uses(variable, variable.Identifier.ValueText, steps, isKey, depth);
                // new JsonArray(item)
                case ArgumentSyntax { Parent: ArgumentListSyntax { Parent: BaseObjectCreationExpressionSyntax } } or ArgumentListSyntax:
                case InitializerExpressionSyntax or BaseObjectCreationExpressionSyntax or AnonymousObjectCreationExpressionSyntax or ArrayCreationExpressionSyntax
                    or ImplicitArrayCreationExpressionSyntax or CollectionExpressionSyntax or ExpressionElementSyntax or ParenthesizedExpressionSyntax or CastExpressionSyntax
                    or ConditionalExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression }:
                    break;
                default:
                    return [];
            }

            node = parent;
        }

        return [];
    }

    /// <summary>Where a variable is used that the literal is put into.</summary>
    private static IEnumerable<LiteralPosition> Uses(SyntaxNode filled, string name, IReadOnlyList<string> steps, bool isKey, int depth)
    {
        if (depth == Deepest)
            return [];
        var scope = filled.Ancestors().LastOrDefault(static a => a is BlockSyntax) ?? filled.SyntaxTree.GetRoot();
        return scope.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(i => i.Identifier.ValueText == name && i != filled)
            .SelectMany(i => From(i, steps, isKey, depth + 1));
    }
}
