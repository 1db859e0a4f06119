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
            if (JsonReading.PropertyName(next) is { } name)
                path.Add(name);
            else if (!JsonReading.IsCallOf(next, "EnumerateArray"))
                return null;
        }

        return JsonReading.IsCallOf(reading, "EnumerateArray") && string.Join(".", path) == (method.Result?.At ?? "")
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
        if (method.Result?.Type is not { Kind: TypeKind.Array } list || RecordMembers.Of(list.Element, method, specs) is not { } members)
            return null;
        var rewriter = new RecordRewriter(loop.Identifier.ValueText, [], members);
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
}
