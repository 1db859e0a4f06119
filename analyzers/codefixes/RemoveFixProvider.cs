using System.Collections.Immutable;
using System.Linq;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.CodeFixes;

/// <summary>Takes out what the server refuses: a read-only or immutable member, a repeated item.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveFixProvider))]
public sealed class RemoveFixProvider : TextFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(RuleIds.ReadOnly, RuleIds.Immutable, RuleIds.Unique);

    private protected override string? Title(SyntaxNode root, Diagnostic diagnostic) =>
        Find(root, diagnostic) is null ? null
        : diagnostic.Id == RuleIds.Unique ? "Remove the repeated item"
        : "Remove what cannot be written";

    private protected override IEnumerable<TextChange> Changes(SyntaxNode root, ImmutableArray<Diagnostic> diagnostics) =>
        diagnostics
            .Select(d => Find(root, d))
            .Where(static f => f is not null)
            .GroupBy(static f => f!.Value.List, static f => f!.Value.Index)
            .SelectMany(static g => g.Key.Remove(g));

    private static (ElementList List, int Index)? Find(SyntaxNode root, Diagnostic diagnostic) =>
        diagnostic.Id == RuleIds.Unique
            ? ElementList.OfItem(root, diagnostic.Location.SourceSpan)
            : ElementList.OfMember(root, diagnostic.Location.SourceSpan);
}
