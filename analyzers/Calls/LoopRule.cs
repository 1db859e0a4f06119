using System.Linq;
using System.Threading;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Bitrix24.Gen.Analyzers.Calls;

/// <summary>B24301: a call made once an item, where a batch would carry fifty.</summary>
internal static class LoopRule
{
    /// <summary>
    /// Whether the call is one of a series that could go as a batch: it is made in a for, a foreach or a function that runs for each item, takes the
    /// item, and nothing in the loop waits for its answer to stop.
    /// </summary>
    public static bool Applies(ApiCall call, MethodSpec method, SemanticModel model, CancellationToken cancellationToken)
    {
        if (!method.Batchable || method.Paging != Paging.None || call.Operation.Syntax is not InvocationExpressionSyntax invocation)
            return false;
        if (Loop(invocation) is not { } loop || !IsMade(invocation, loop) || Variables(loop) is not { Count: > 0 } names)
            return false;
        return invocation.ArgumentList.DescendantNodes().OfType<IdentifierNameSyntax>()
                .Any(i => names.Contains(i.Identifier.ValueText)
                    && model.GetSymbolInfo(i, cancellationToken).Symbol is ILocalSymbol or IParameterSymbol)
            && !StopsEarly(loop);
    }

    /// <summary>The call is awaited, or its task is awaited with those of the other items.</summary>
    private static bool IsMade(InvocationExpressionSyntax invocation, SyntaxNode loop)
    {
        SyntaxNode node = invocation;
        while (node.Parent is ParenthesizedExpressionSyntax
               or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" or "AsTask" }
               || (node.Parent is InvocationExpressionSyntax outer && outer.Expression == node))
        {
            node = node.Parent;
        }

        return node.Parent switch
        {
            AwaitExpressionSyntax => true,
            AnonymousFunctionExpressionSyntax function => function == loop,
            ReturnStatementSyntax => loop is AnonymousFunctionExpressionSyntax,
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add" } add } } =>
                add.Expression is IdentifierNameSyntax tasks && IsAwaitedTogether(tasks.Identifier.ValueText, loop),
            _ => false,
        };
    }

    private static SyntaxNode? Loop(SyntaxNode node)
    {
        for (var parent = node.Parent; parent is not null; parent = parent.Parent)
        {
            switch (parent)
            {
                case CommonForEachStatementSyntax loop when !loop.Expression.Span.Contains(node.Span):
                    return loop;
                case ForStatementSyntax loop when loop.Statement.Span.Contains(node.Span):
                    return loop;
                case AnonymousFunctionExpressionSyntax function:
                    return RunsForEach(function) ? function : null;
                case WhileStatementSyntax or DoStatementSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }

    /// <summary>The function is given to <c>ForEach</c> or <c>Parallel.ForEachAsync</c>, or to a <c>Select</c> whose tasks are awaited together.</summary>
    private static bool RunsForEach(AnonymousFunctionExpressionSyntax function)
    {
        if (function.Parent is not ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } run })
            return false;
        return member.Name.Identifier.ValueText switch
        {
            "ForEach" or "ForEachAsync" or "ForAsync" => true,
            "Select" => IsAwaitedTogether(run),
            _ => false,
        };
    }

    private static bool IsAwaitedTogether(ExpressionSyntax tasks)
    {
        SyntaxNode node = tasks;
        while (node.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToArray" or "ToList" } or ParenthesizedExpressionSyntax
                   or SpreadElementSyntax or CollectionExpressionSyntax
               || (node.Parent is InvocationExpressionSyntax outer && outer.Expression == node))
        {
            node = node.Parent;
        }

        return node.Parent switch
        {
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax all } => IsWhenAll(all),
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } => IsAwaitedTogether(variable.Identifier.ValueText, variable),
            _ => false,
        };
    }

    private static bool IsAwaitedTogether(string name, SyntaxNode within) =>
        (within.Ancestors().FirstOrDefault(static n => n is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax)
            ?? within.SyntaxTree.GetRoot())
        .DescendantNodes().OfType<InvocationExpressionSyntax>()
        .Any(i => IsWhenAll(i) && i.ArgumentList.Arguments.Any(a => a.Expression is IdentifierNameSyntax given && given.Identifier.ValueText == name));

    private static bool IsWhenAll(InvocationExpressionSyntax invocation) =>
        invocation.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "WhenAll" };

    /// <summary>The loop's own variable and what is declared from it within the loop.</summary>
    private static HashSet<string>? Variables(SyntaxNode loop)
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
            case SimpleLambdaExpressionSyntax lambda:
                names.Add(lambda.Parameter.Identifier.ValueText);
                break;
            case ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: [var item, ..] }:
                names.Add(item.Identifier.ValueText);
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

    /// <summary>A loop that may end before its items do looks at the answers: their number is not known before. A function runs for every item.</summary>
    private static bool StopsEarly(SyntaxNode loop) =>
        loop.DescendantNodes(n => n == loop || n is not AnonymousFunctionExpressionSyntax and not LocalFunctionStatementSyntax)
            .Any(n => n.IsKind(SyntaxKind.BreakStatement)
                && n.FirstAncestorOrSelf<SyntaxNode>(static a =>
                    a is SwitchStatementSyntax or StatementSyntax and (CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax)) == loop
                || n is TryStatementSyntax
                || (n is ReturnStatementSyntax or YieldStatementSyntax && loop is StatementSyntax));
}
