using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Bitrix24.Gen.CodeFixes;

/// <summary>A call whose task is kept in a local variable and awaited once, later.</summary>
/// <param name="Type">The type of the variable.</param>
/// <param name="Await">Where it is awaited.</param>
internal sealed record StoredTask(TypeSyntax Type, AwaitExpressionSyntax Await)
{
    /// <summary>The variable; null: the call is used otherwise.</summary>
    /// <param name="root">The document.</param>
    /// <param name="call">The call.</param>
    public static StoredTask? Of(SyntaxNode root, InvocationExpressionSyntax call)
    {
        if (call.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator }
            || declarator.Parent is not VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax statement } declaration)
            return null;
        var scope = statement.Parent is GlobalStatementSyntax ? root : statement.Parent!;
        var uses = scope.DescendantNodes().OfType<IdentifierNameSyntax>().Where(i => i.Identifier.ValueText == declarator.Identifier.ValueText).ToList();
        var awaits = uses.Select(static u => u.Parent).OfType<AwaitExpressionSyntax>().ToList();
        return awaits.Count == 1 ? new(declaration.Type, awaits[0]) : null;
    }

    /// <summary>The document with a variable whose type follows from the call.</summary>
    /// <param name="root">The document.</param>
    /// <param name="type">The type, tracked.</param>
    public static SyntaxNode Declare(SyntaxNode root, TypeSyntax type) =>
        root.GetCurrentNode(type) is { } now ? root.ReplaceNode(now, SyntaxFactory.IdentifierName("var").WithTriviaFrom(now)) : root;
}
