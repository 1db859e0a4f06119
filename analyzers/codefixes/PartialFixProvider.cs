using System.Collections.Immutable;
using System.Linq;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.CodeFixes;

/// <summary>Makes a client class, or a class around it, partial.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PartialFixProvider))]
public sealed class PartialFixProvider : TextFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(RuleIds.ClientNotExtendable);

    private protected override string? Title(SyntaxNode root, Diagnostic diagnostic) =>
        Type(root, diagnostic) is { } type ? $"Make '{type.Identifier.ValueText}' partial" : null;

    private protected override IEnumerable<TextChange> Changes(SyntaxNode root, ImmutableArray<Diagnostic> diagnostics) =>
        diagnostics
            .Select(d => Type(root, d))
            .OfType<TypeDeclarationSyntax>()
            .Distinct()
            .Select(static t => new TextChange(new TextSpan(t.Keyword.SpanStart, 0), "partial "));

    private static TypeDeclarationSyntax? Type(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindToken(diagnostic.Location.SourceSpan.Start).Parent is TypeDeclarationSyntax type
        && !type.Modifiers.Any(SyntaxKind.PartialKeyword)
            ? type
            : null;
}
