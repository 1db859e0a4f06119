using System.Linq;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Bitrix24.Gen.CodeFixes;

/// <summary>
/// A record that is called by name and read by name, <c>(await portal.CallAsync(…)).GetProperty("TITLE").GetString()</c> or through a local
/// variable, as the typed record and its members.
/// </summary>
internal static class RecordUse
{
    /// <summary>The document with the call and the readings typed; null: the answer is no record, or the code needs it as JSON.</summary>
    /// <param name="root">The document.</param>
    /// <param name="call">The call.</param>
    /// <param name="method">The method.</param>
    /// <param name="specs">The specs.</param>
    /// <param name="code">The typed call.</param>
    public static SyntaxNode? Typed(SyntaxNode root, InvocationExpressionSyntax call, MethodSpec method, SpecSet specs, string code)
    {
        if (RecordMembers.Of(method.Result?.Type, method, specs) is not { } members)
            return null;
        string[] path = method.Result!.At is { Length: > 0 } at ? at.Split('.') : [];
        if (call.Parent is AwaitExpressionSyntax awaiting)
            return Typed(root, awaiting, path, members, $"await {code}");
        if (StoredTask.Of(root, call) is not { } task)
            return null;
        var tracked = root.TrackNodes(call, task.Type, task.Await);
        return Typed(tracked, tracked.GetCurrentNode(task.Await)!, path, members, task.Await.ToString()) is { } read
            && read.GetCurrentNode(call) is { } stored && read.GetCurrentNode(task.Type) is not null
                ? StoredTask.Declare(read.ReplaceNode(stored, SyntaxFactory.ParseExpression(code).WithTriviaFrom(stored)), task.Type)
                : null;
    }

    private static SyntaxNode? Typed(SyntaxNode root, AwaitExpressionSyntax awaiting, string[] names, RecordMembers members, string code)
    {
        var path = new Queue<string>(names);
        ExpressionSyntax read = awaiting;
        if (awaiting.Parent is ParenthesizedExpressionSyntax parenthesized)
            read = parenthesized;
        while (path.Count > 0 && JsonReading.CallOn(read) is { } next && JsonReading.PropertyName(next) == path.Peek())
        {
            path.Dequeue();
            read = next;
        }

        if (path.Count == 0 && JsonReading.CallOn(read) is { } reading)
        {
            var whole = JsonReading.PropertyName(reading) is not null && JsonReading.CallOn(reading) is { } getter && JsonReading.IsValueGetter(getter) ? getter : reading;
            string? Record(ExpressionSyntax expression) => expression == read ? JsonReading.IsValueGetter(reading) ? code : $"({code})" : null;
            if (whole.Parent is BinaryExpressionSyntax comparison && comparison.Left == whole && members.Compare(comparison, Record) is { } compared)
                return root.ReplaceNode(comparison, compared.WithTriviaFrom(comparison));
            if (members.Read(whole, Record) is { } typed)
                return root.ReplaceNode(whole, typed.WithTriviaFrom(whole));
            return whole != reading && members.Read(reading, Record) is { } json ? root.ReplaceNode(reading, json.WithTriviaFrom(reading)) : null;
        }

        return read.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration } declarator }
            && declaration.Parent is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } statement
                ? InScope(root, statement, declarator.Identifier.ValueText, declaration.Type, read, path.ToArray(), members, code)
                : null;
    }

    private static SyntaxNode? InScope(
        SyntaxNode root, LocalDeclarationStatementSyntax statement, string variable, TypeSyntax type, ExpressionSyntax value, string[] path, RecordMembers members, string code)
    {
        var scope = statement.Parent is GlobalStatementSyntax ? root : statement.Parent;
        if (scope is not (BlockSyntax or CompilationUnitSyntax or SwitchSectionSyntax))
            return null;
        var rewriter = new LocalReader(variable, path, members, type, value, code);
        return rewriter.Visit(scope) is { } changed && !rewriter.IsJson ? root.ReplaceNode(scope, changed) : null;
    }

    private sealed class LocalReader(string variable, IReadOnlyList<string> path, RecordMembers members, TypeSyntax type, ExpressionSyntax value, string code)
        : RecordRewriter(variable, path, members)
    {
        public override SyntaxNode? Visit(SyntaxNode? node)
        {
            if (node == value)
                return SyntaxFactory.ParseExpression(code).WithTriviaFrom(value);
            if (node == type)
                return SyntaxFactory.IdentifierName("var").WithTriviaFrom(type);
            // Beside statements at the top of a file stand types, which do not see its variables.
            return node is BaseTypeDeclarationSyntax ? node : base.Visit(node);
        }
    }
}
