using System.Collections.Immutable;
using System.Linq;
using Bitrix24.Gen.Analyzers;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.CodeFixes;

/// <summary>Writes the name or value that was probably meant.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RenameFixProvider))]
public sealed class RenameFixProvider : TextFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(
        RuleIds.UnknownSelection,
        RuleIds.UnknownMethod,
        RuleIds.UnknownField,
        RuleIds.Pattern,
        RuleIds.Enum,
        RuleIds.Filter,
        RuleIds.Select,
        RuleIds.Order,
        RuleIds.UnknownCode,
        RuleIds.Deprecated,
        RuleIds.Superseded,
        RuleIds.UnknownErrorCode);

    private protected override string? Title(SyntaxNode root, Diagnostic diagnostic) =>
        Change(root, diagnostic) is null ? null : $"Change to '{diagnostic.Properties[FixData.Replacement]}'";

    private protected override IEnumerable<TextChange> Changes(SyntaxNode root, ImmutableArray<Diagnostic> diagnostics) =>
        diagnostics.Select(d => Change(root, d)).OfType<TextChange>();

    private static TextChange? Change(SyntaxNode root, Diagnostic diagnostic)
    {
        if (!diagnostic.Properties.TryGetValue(FixData.Replacement, out var replacement) || replacement is null)
            return null;
        var span = diagnostic.Location.SourceSpan;
        var node = root.FindNode(span, getInnermostNodeForTie: true);
        switch (node)
        {
            case IdentifierNameSyntax { Parent: NameEqualsSyntax { Parent: AnonymousObjectMemberDeclaratorSyntax } }:
                return CSharpSource.Identifier(replacement) is { } name ? new(span, name) : null;
            case { } when node.FirstAncestorOrSelf<AnonymousObjectMemberDeclaratorSyntax>() is { NameEquals: null } member && IsName(member, span):
                return CSharpSource.Identifier(replacement) is { } given ? new(new TextSpan(member.SpanStart, 0), given + " = ") : null;
            case LiteralExpressionSyntax { Token.Value: string } literal when literal.Span == span:
                return new(span, CSharpSource.Literal(replacement));
            case LiteralExpressionSyntax { Token.Value: string } or InterpolatedStringExpressionSyntax or InterpolatedStringTextSyntax:
                var quote = CSharpSource.Quote(root, span.Start);
                return node.Span != span && CSharpSource.IsPlain(replacement) ? new(span, quote + replacement + quote) : null;
            case LiteralExpressionSyntax literal when literal.Span == span && replacement.All(char.IsDigit):
                return new(span, replacement);
            default:
                return null;
        }
    }

    /// <summary>The span is the name that the member takes from its expression.</summary>
    private static bool IsName(AnonymousObjectMemberDeclaratorSyntax member, TextSpan span) => member.Expression switch
    {
        IdentifierNameSyntax identifier => identifier.Span == span,
        MemberAccessExpressionSyntax access => access.Name.Span == span,
        _ => false,
    };
}
