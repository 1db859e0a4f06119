using System.Linq;
using System.Threading;
using Bitrix24.Gen.Analyzers.Calls;
using Bitrix24.Gen.Analyzers.Values;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.CodeFixes;

/// <summary>A call by name written as a typed call.</summary>
/// <param name="Path">The typed method: <c>portal.Crm.Deal.AddAsync</c>.</param>
/// <param name="Code">The call.</param>
/// <param name="Usings">Namespaces to import.</param>
/// <param name="IsList">It gives the records of all pages.</param>
internal sealed record RawCallText(string Path, string Code, IReadOnlyList<string> Usings, bool IsList)
{
    /// <summary>
    /// The ways to write the call, the best first: expressions stay, or become those that the typed member sends the same of; where constants
    /// do not fit, they become values of the member. Empty where not every value carries over. None has been compiled.
    /// </summary>
    public static IEnumerable<RawCallText> Write(
        ApiCall call, KnownMethod method, InvocationExpressionSyntax invocation, SemanticModel model, CancellationToken cancellationToken)
    {
        if (Parameters(call.Operation, cancellationToken) is not { } parameters || !IsComplete(parameters, invocation.ArgumentList.Span))
            yield break;
        foreach (var keepConstants in new[] { true, false })
        {
            var kept = new List<string>();
            string? Keep(SnippetValue value)
            {
                if (Expression(invocation, value.Value) is not { } expression || (!keepConstants && value.Value is not JsonUnknown)
                    || new KeptExpression(expression, model).For(value) is not { } code)
                    return null;
                kept.Add(code);
                return Placeholder(kept.Count - 1);
            }

            if (TypedCall.Write(method.Specs, method.Spec, parameters, Placeholder(-1), Keep) is not { } typed)
                continue;
            var code = Indent(typed.Code, invocation);
            if (Cancellation(call.Operation) is { } token)
                code = code.Substring(0, code.Length - 1) + (code.EndsWith("()", StringComparison.Ordinal) ? "" : ", ") + $"cancellationToken: {token})";
            for (var i = kept.Count - 1; i >= 0; i--)
            {
                if (Encoded(kept[i]) is { } bytes)
                    code = code.Replace($"Convert.FromBase64String({Placeholder(i)})", bytes);
                code = code.Replace(Placeholder(i), kept[i]);
            }

            code = code.Replace(Placeholder(-1), Client(invocation));
            var path = code.Substring(0, code.IndexOf("Async(", StringComparison.Ordinal) + "Async".Length);
            yield return new(path, code, [], typed.IsList);
            if (typed.Namespaces.Count > 0)
                yield return new(path, code, typed.Namespaces, typed.IsList);
        }
    }

    private static JsonObject? Parameters(IInvocationOperation invocation, CancellationToken cancellationToken)
    {
        if (ApiCalls.Argument(invocation, "parameters") is not { } argument)
            return new JsonObject(default, []);
        return argument.Syntax is ExpressionSyntax text && argument.Type?.SpecialType == SpecialType.System_String
            ? JsonLiteral.Read(text, Constants.String(argument, cancellationToken), out _) as JsonObject
            : new JsonTranslator(typed: null, isFinal: true, cancellationToken).Translate(argument) as JsonObject;
    }

    /// <summary>Everything that is sent stands in the call itself.</summary>
    private static bool IsComplete(JsonNode value, TextSpan call) => value switch
    {
        JsonObject { Partial: true } or JsonArray { Partial: true } => false,
        JsonObject members => members.Properties.All(p => IsComplete(p.Value, call)),
        JsonArray items => items.Items.All(i => IsComplete(i, call)),
        _ => true,
    } && (value.Range.Length == 0 || call.Contains(value.Range.ToSpan()));

    /// <summary>The expression of a value that is neither a literal nor put together of others.</summary>
    private static ExpressionSyntax? Expression(InvocationExpressionSyntax invocation, JsonNode value)
    {
        var span = value.Range.ToSpan();
        return !span.IsEmpty && invocation.FindNode(span, getInnermostNodeForTie: true) is ExpressionSyntax expression && expression.Span == span
            && (value is JsonUnknown || expression is IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or BinaryExpressionSyntax)
            && value is not (JsonObject or JsonArray)
                ? expression
                : null;
    }

    /// <summary>The bytes of <c>Convert.ToBase64String(bytes)</c>: a typed file takes them as they are.</summary>
    private static string? Encoded(string code) =>
        SyntaxFactory.ParseExpression(code) is InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToBase64String", Expression: var type },
            ArgumentList.Arguments: [{ NameColon: null } only],
        } && type.ToString() is "Convert" or "System.Convert" or "global::System.Convert"
            ? only.ToString()
            : null;

    private static string Placeholder(int index) => $"__bitrix24_{index + 1}__";

    private static string Client(InvocationExpressionSyntax invocation) =>
        invocation.Expression is MemberAccessExpressionSyntax access ? access.Expression.ToString() : "this";

    private static string? Cancellation(IInvocationOperation invocation) =>
        ApiCalls.Argument(invocation, "cancellationToken") is { Syntax: ExpressionSyntax token } ? token.ToString() : null;

    private static string Indent(string code, InvocationExpressionSyntax invocation)
    {
        if (!code.Contains('\n'))
            return code;
        var text = invocation.SyntaxTree.GetText();
        var line = text.Lines.GetLineFromPosition(invocation.SpanStart);
        var start = text.ToString(line.Span);
        var margin = start.Substring(0, start.Length - start.TrimStart().Length);
        var lineBreak = text.Lines.Count > 1 ? text.ToString(TextSpan.FromBounds(text.Lines[0].End, text.Lines[0].EndIncludingLineBreak)) : "\n";
        return code.Replace("\n", lineBreak + margin);
    }
}
