using System.Collections.Immutable;
using System.Linq;
using Bitrix24.Gen.Analyzers;
using Bitrix24.Gen.Analyzers.Values;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.CodeFixes;

/// <summary>Calls the method that the API has for a field, where the call writes nothing else.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CallFixProvider))]
public sealed class CallFixProvider : TextFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(RuleIds.Use);

    private protected override string? Title(SyntaxNode root, Diagnostic diagnostic) =>
        Find(root, diagnostic).Any() ? $"Call '{diagnostic.Properties[FixData.Replacement]}'" : null;

    private protected override IEnumerable<TextChange> Changes(SyntaxNode root, ImmutableArray<Diagnostic> diagnostics) =>
        diagnostics.SelectMany(d => Find(root, d));

    private static IEnumerable<TextChange> Find(SyntaxNode root, Diagnostic diagnostic)
    {
        if (!diagnostic.Properties.TryGetValue(FixData.Replacement, out var method) || method is null
            || !diagnostic.Properties.TryGetValue(FixData.Parameter, out var parameter) || parameter is null)
        {
            yield break;
        }

        var node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        if (node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { ArgumentList.Arguments: { Count: > 1 } arguments }
            || arguments[0].Expression is not LiteralExpressionSyntax { Token.Value: string } name)
        {
            yield break;
        }

        var change = ElementList.InJson(node) is { } json
            ? InJson(root, json, diagnostic.Location.SourceSpan, parameter)
            : InCSharp(node, parameter);
        if (change is null)
            yield break;
        yield return new TextChange(name.Span, CSharpSource.Literal(method));
        yield return change.Value;
    }

    /// <summary><c>fields = new { fields = X }</c> becomes <c>add = X</c>.</summary>
    private static TextChange? InCSharp(SyntaxNode node, string parameter)
    {
        if (node.FirstAncestorOrSelf<AnonymousObjectMemberDeclaratorSyntax>() is { Parent: AnonymousObjectCreationExpressionSyntax { Initializers.Count: 1 } creation } member)
        {
            return creation.Parent is AnonymousObjectMemberDeclaratorSyntax outer && CSharpSource.Identifier(parameter) is { } identifier
                ? new(outer.Span, $"{identifier} = {member.Expression}")
                : null;
        }

        return node.FirstAncestorOrSelf<AssignmentExpressionSyntax>() is
        { Parent: InitializerExpressionSyntax { Expressions.Count: 1, Parent: BaseObjectCreationExpressionSyntax { Parent: AssignmentExpressionSyntax around } } } entry
            ? new(around.Span, $"[{CSharpSource.Literal(parameter)}] = {entry.Right}")
            : null;
    }

    private static TextChange? InJson(SyntaxNode root, JsonNode json, TextSpan name, string parameter)
    {
        if (json is not JsonObject members || !CSharpSource.IsPlain(parameter))
            return null;
        foreach (var outer in members.Properties)
        {
            if (outer.Value is not JsonObject { Properties: [var inner] } || inner.NameRange.ToSpan() != name)
                continue;
            var quote = CSharpSource.Quote(root, name.Start);
            var value = root.SyntaxTree.GetText().ToString(inner.Value.Range.ToSpan());
            return new(TextSpan.FromBounds(outer.NameRange.Start, outer.Value.Range.End), $"{quote}{parameter}{quote}: {value}");
        }

        return null;
    }
}
