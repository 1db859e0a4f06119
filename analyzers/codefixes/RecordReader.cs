using System.Linq;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypeKind = Bitrix24.Gen.Specs.TypeKind;

namespace Bitrix24.Gen.CodeFixes;

/// <summary>Members of a record type, by their names on the wire.</summary>
internal sealed class RecordMembers
{
    private readonly ILookup<string, string> _members;

    private RecordMembers(ILookup<string, string> members) => _members = members;

    /// <summary>The members; null: the type is no record.</summary>
    public static RecordMembers? Of(TypeRef? type, MethodSpec method, SpecSet specs)
    {
        if (type is not { Kind: TypeKind.Named } || specs.ResolveType(type, method.Api) is not { Scalar: null } record)
            return null;
        var names = CSharpNames.Members(record, specs.Profile(method.Api));
        return new(record.Fields.Select((f, i) => (f.Name, Member: names[i])).ToLookup(static m => m.Name, static m => m.Member, StringComparer.Ordinal));
    }

    /// <summary>The member in C#; null: the type has none of that name.</summary>
    public string? Find(string name) => _members[name].FirstOrDefault();
}

/// <summary>Code that reads JSON by name.</summary>
internal static class JsonReading
{
    /// <summary>The name in <c>x.GetProperty("name")</c>; null: it is no such call.</summary>
    public static string? PropertyName(SyntaxNode? reading) =>
        IsCallOf(reading, "GetProperty") && ((InvocationExpressionSyntax)reading!).ArgumentList.Arguments is [{ Expression: LiteralExpressionSyntax { Token.Value: string name } }] ? name : null;

    /// <summary>The node is <c>x.name(…)</c>.</summary>
    public static bool IsCallOf(SyntaxNode? node, string name) =>
        node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } && access.Name.Identifier.ValueText == name;

    /// <summary>What a method is called on.</summary>
    public static ExpressionSyntax Receiver(SyntaxNode call) => ((MemberAccessExpressionSyntax)((InvocationExpressionSyntax)call).Expression).Expression;

    /// <summary>The call of a method on the expression; null: it is used in another way.</summary>
    public static InvocationExpressionSyntax? CallOn(ExpressionSyntax expression) =>
        expression.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access && access.Expression == expression && call.Expression == access ? call : null;

    /// <summary>Reads a value as typed code has it: <c>GetString()</c>.</summary>
    public static bool IsValueGetter(SyntaxNode? node) =>
        node is InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax access }
        && TypedCallRefactoring.IsValueGetter(access.Name.Identifier.ValueText);
}

/// <summary>Makes <c>item.GetProperty("TITLE").GetString()</c> the typed member, wherever the variable stands.</summary>
/// <param name="variable">The variable that holds the record.</param>
/// <param name="path">The members that lie between the variable and the record.</param>
/// <param name="members">The record's members.</param>
internal class RecordReader(string variable, IReadOnlyList<string> path, RecordMembers members) : CSharpSyntaxRewriter
{
    /// <summary>The record is used in a way that the typed one does not have.</summary>
    public bool IsJson { get; private set; }

    public override SyntaxNode? VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        if (JsonReading.IsValueGetter(node) && Member(JsonReading.Receiver(node)) is { } read)
            return read.WithTriviaFrom(node);
        return Member(node) is { } member ? member.WithTriviaFrom(node) : base.VisitInvocationExpression(node);
    }

    public override SyntaxNode? VisitIdentifierName(IdentifierNameSyntax node)
    {
        IsJson |= node.Identifier.ValueText == variable;
        return base.VisitIdentifierName(node);
    }

    private ExpressionSyntax? Member(ExpressionSyntax reading) =>
        JsonReading.PropertyName(reading) is { } name && IsRecord(JsonReading.Receiver(reading)) && members.Find(name) is { } member
            ? SyntaxFactory.ParseExpression($"{variable}.{member}")
            : null;

    private bool IsRecord(ExpressionSyntax expression)
    {
        for (var i = path.Count - 1; i >= 0; i--)
        {
            if (JsonReading.PropertyName(expression) != path[i])
                return false;
            expression = JsonReading.Receiver(expression);
        }

        return expression is IdentifierNameSyntax item && item.Identifier.ValueText == variable;
    }
}
