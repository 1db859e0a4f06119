using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Bitrix24.Gen.CodeFixes;

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
        && access.Name.Identifier.ValueText is "GetInt64" or "GetInt32" or "GetString" or "GetBoolean" or "GetDecimal" or "GetDouble" or "GetDateTimeOffset" or "GetDateTime" or "ToString";
}
