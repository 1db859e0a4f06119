using System.Linq;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypeKind = Bitrix24.Gen.Specs.TypeKind;

namespace Bitrix24.Gen.CodeFixes;

/// <summary>
/// A loop over what a list answers that is called by name, <c>foreach (var item in (await portal.CallAsync(…)).EnumerateArray())</c>, as the
/// loop over all records of the typed list. Members that the body reads by name become typed ones.
/// </summary>
internal static class ListLoop
{
    /// <summary>The loop around a call; null: its answer is used in another way.</summary>
    /// <param name="call">The call.</param>
    /// <param name="method">The list method.</param>
    public static ForEachStatementSyntax? Around(InvocationExpressionSyntax call, MethodSpec method)
    {
        if (call.Parent is not AwaitExpressionSyntax { Parent: ParenthesizedExpressionSyntax read })
            return null;
        ExpressionSyntax reading = read;
        var path = new List<string>();
        while (reading.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax next } access && access.Expression == reading)
        {
            reading = next;
            if (PropertyName(next) is { } name)
                path.Add(name);
            else if (!IsCallOf(next, "EnumerateArray"))
                return null;
        }

        return IsCallOf(reading, "EnumerateArray") && string.Join(".", path) == (method.Result?.At ?? "")
            && reading.Parent is ForEachStatementSyntax { AwaitKeyword.RawKind: 0 } loop && loop.Expression == reading
                ? loop
                : null;
    }

    /// <summary>The typed loop; null: the body needs the record as JSON.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="method">The list method.</param>
    /// <param name="specs">The specs.</param>
    /// <param name="code">The typed list.</param>
    public static ForEachStatementSyntax? Typed(ForEachStatementSyntax loop, MethodSpec method, SpecSet specs, string code)
    {
        if (method.Result?.Type is not { Kind: TypeKind.Array, Element: { Kind: TypeKind.Named } element } || specs.ResolveType(element, method.Api) is not { Scalar: null } type)
            return null;
        var names = CSharpNames.Members(type, specs.Profile(method.Api));
        var members = type.Fields.Select((f, i) => (f.Name, Member: names[i])).ToLookup(static m => m.Name, static m => m.Member, StringComparer.Ordinal);
        var rewriter = new Reader(loop.Identifier.ValueText, members);
        var body = (StatementSyntax)rewriter.Visit(loop.Statement);
        if (rewriter.IsJson)
            return null;
        return loop
            .WithForEachKeyword(loop.ForEachKeyword.WithLeadingTrivia())
            .WithAwaitKeyword(SyntaxFactory.Token(loop.GetLeadingTrivia(), SyntaxKind.AwaitKeyword, SyntaxFactory.TriviaList(SyntaxFactory.Space)))
            .WithType(SyntaxFactory.IdentifierName("var").WithTriviaFrom(loop.Type))
            .WithExpression(SyntaxFactory.ParseExpression(code))
            .WithStatement(body);
    }

    private static string? PropertyName(ExpressionSyntax reading) =>
        IsCallOf(reading, "GetProperty") && ((InvocationExpressionSyntax)reading).ArgumentList.Arguments is [{ Expression: LiteralExpressionSyntax { Token.Value: string name } }] ? name : null;

    private static bool IsCallOf(ExpressionSyntax expression, string name) =>
        expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } && access.Name.Identifier.ValueText == name;

    /// <summary>Makes <c>item.GetProperty("TITLE").GetString()</c> the typed member.</summary>
    private sealed class Reader(string variable, ILookup<string, string> members) : CSharpSyntaxRewriter
    {
        /// <summary>The record is used in a way that the typed one does not have.</summary>
        public bool IsJson { get; private set; }

        public override SyntaxNode? VisitInvocationExpression(InvocationExpressionSyntax node)
        {
            if (node is { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Expression: InvocationExpressionSyntax inner } access }
                && TypedCallRefactoring.IsValueGetter(access.Name.Identifier.ValueText) && Member(inner) is { } read)
            {
                return read.WithTriviaFrom(node);
            }

            return Member(node) is { } member ? member.WithTriviaFrom(node) : base.VisitInvocationExpression(node);
        }

        public override SyntaxNode? VisitIdentifierName(IdentifierNameSyntax node)
        {
            IsJson |= node.Identifier.ValueText == variable;
            return base.VisitIdentifierName(node);
        }

        private ExpressionSyntax? Member(InvocationExpressionSyntax reading) =>
            PropertyName(reading) is { } name && reading.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax item } && item.Identifier.ValueText == variable
            && members[name].FirstOrDefault() is { } member
                ? SyntaxFactory.ParseExpression($"{variable}.{member}")
                : null;
    }
}
