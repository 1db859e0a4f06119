using System.Linq;
using System.Threading;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Bitrix24.Gen.Analyzers.Calls;

/// <summary>B24301: a call awaited once an item, where a batch would carry fifty.</summary>
internal static class LoopRule
{
    /// <summary>
    /// Whether the call is one of a series that could go as a batch: it is awaited in a for or foreach, takes the loop's variable, and nothing
    /// in the loop waits for its answer to stop.
    /// </summary>
    public static bool Applies(ApiCall call, MethodSpec method, SemanticModel model, CancellationToken cancellationToken)
    {
        if (!method.Batchable || method.Paging != Paging.None || call.Operation.Syntax is not InvocationExpressionSyntax invocation)
            return false;
        if (!IsAwaited(invocation) || Loop(invocation) is not { } loop || Variables(loop) is not { Count: > 0 } names)
            return false;
        return invocation.ArgumentList.DescendantNodes().OfType<IdentifierNameSyntax>()
                .Any(i => names.Contains(i.Identifier.ValueText) && model.GetSymbolInfo(i, cancellationToken).Symbol is ILocalSymbol)
            && !StopsEarly(loop);
    }

    private static bool IsAwaited(InvocationExpressionSyntax invocation)
    {
        SyntaxNode node = invocation;
        while (node.Parent is ParenthesizedExpressionSyntax
               or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" }
               || (node.Parent is InvocationExpressionSyntax outer && outer.Expression == node))
        {
            node = node.Parent;
        }

        return node.Parent is AwaitExpressionSyntax;
    }

    private static StatementSyntax? Loop(SyntaxNode node)
    {
        for (var parent = node.Parent; parent is not null; parent = parent.Parent)
        {
            switch (parent)
            {
                case CommonForEachStatementSyntax loop when !loop.Expression.Span.Contains(node.Span):
                    return loop;
                case ForStatementSyntax loop when loop.Statement.Span.Contains(node.Span):
                    return loop;
                case WhileStatementSyntax or DoStatementSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }

    /// <summary>The loop's own variable and what is declared from it within the loop.</summary>
    private static HashSet<string>? Variables(StatementSyntax loop)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        switch (loop)
        {
            case ForEachStatementSyntax each:
                names.Add(each.Identifier.ValueText);
                break;
            case ForEachVariableStatementSyntax each:
                names.UnionWith(each.Variable.DescendantNodes().OfType<SingleVariableDesignationSyntax>().Select(static v => v.Identifier.ValueText));
                break;
            case ForStatementSyntax { Declaration: { } declaration }:
                names.UnionWith(declaration.Variables.Select(static v => v.Identifier.ValueText));
                break;
            default:
                return null;
        }

        foreach (var variable in loop.DescendantNodes().OfType<VariableDeclaratorSyntax>())
        {
            if (variable.Initializer?.Value is { } value && !value.DescendantNodesAndSelf().OfType<AwaitExpressionSyntax>().Any()
                && value.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(i => names.Contains(i.Identifier.ValueText)))
            {
                names.Add(variable.Identifier.ValueText);
            }
        }

        return names;
    }

    /// <summary>A loop that may end before its items do looks at the answers: their number is not known before.</summary>
    private static bool StopsEarly(StatementSyntax loop) =>
        loop.DescendantNodes(static n => n is not AnonymousFunctionExpressionSyntax and not LocalFunctionStatementSyntax)
            .Any(n => n.IsKind(SyntaxKind.BreakStatement)
                && n.FirstAncestorOrSelf<SyntaxNode>(static a =>
                    a is SwitchStatementSyntax or StatementSyntax and (CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax)) == loop
                || n is ReturnStatementSyntax or YieldStatementSyntax or TryStatementSyntax);
}
