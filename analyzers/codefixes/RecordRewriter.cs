using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Bitrix24.Gen.CodeFixes;

/// <summary>Makes <c>item.GetProperty("TITLE").GetString()</c> the typed member, wherever the variable stands.</summary>
/// <param name="variable">The variable that holds the record.</param>
/// <param name="path">The members that lie between the variable and the record.</param>
/// <param name="members">The record's members.</param>
internal class RecordRewriter(string variable, IReadOnlyList<string> path, RecordMembers members) : CSharpSyntaxRewriter
{
    /// <summary>The record is used in a way that the typed one does not have.</summary>
    public bool IsJson { get; private set; }

    public override SyntaxNode? VisitInvocationExpression(InvocationExpressionSyntax node) =>
        members.Read(node, Typed) is { } read ? read.WithTriviaFrom(node) : base.VisitInvocationExpression(node);

    public override SyntaxNode? VisitBinaryExpression(BinaryExpressionSyntax node) =>
        members.Compare(node, Typed) is { } comparison ? comparison.WithTriviaFrom(node) : base.VisitBinaryExpression(node);

    public override SyntaxNode? VisitIdentifierName(IdentifierNameSyntax node)
    {
        IsJson |= node.Identifier.ValueText == variable;
        return base.VisitIdentifierName(node);
    }

    private string? Typed(ExpressionSyntax expression)
    {
        for (var i = path.Count - 1; i >= 0; i--)
        {
            if (JsonReading.PropertyName(expression) != path[i])
                return null;
            expression = JsonReading.Receiver(expression);
        }

        // A variable of the type JsonElement?.
        if (expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Value" } access)
            expression = access.Expression;
        return expression is IdentifierNameSyntax item && item.Identifier.ValueText == variable ? variable : null;
    }
}
