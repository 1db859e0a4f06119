using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.CodeFixes;

/// <summary>A fix that is a few changes of text. Offered only where the result compiles as well as before.</summary>
public abstract class TextFixProvider : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() =>
        FixAllProvider.Create(async (context, document, diagnostics) =>
            await FixAllAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null)
            return;
        foreach (var diagnostic in context.Diagnostics)
        {
            if (Title(root, diagnostic) is not { } title)
                continue;
            ImmutableArray<Diagnostic> one = ImmutableArray.Create(diagnostic);
            if (await CompiledAsync(context.Document, one, context.CancellationToken).ConfigureAwait(false) is not { } changed)
                continue;
            var action = CodeAction.Create(title, _ => Task.FromResult(changed), equivalenceKey: GetType().Name + diagnostic.Id);
            context.RegisterCodeFix(action, diagnostic);
        }
    }

    /// <summary>What the fix is called; null: there is none.</summary>
    private protected abstract string? Title(SyntaxNode root, Diagnostic diagnostic);

    /// <summary>The changes that fix all of the diagnostics.</summary>
    private protected abstract IEnumerable<TextChange> Changes(SyntaxNode root, ImmutableArray<Diagnostic> diagnostics);

    /// <summary>All that compile together; where one does not, those that compile alone.</summary>
    private async Task<Document?> FixAllAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        if (await CompiledAsync(document, diagnostics, cancellationToken).ConfigureAwait(false) is { } all)
            return all;
        var sound = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var diagnostic in diagnostics)
        {
            if (await CompiledAsync(document, ImmutableArray.Create(diagnostic), cancellationToken).ConfigureAwait(false) is not null)
                sound.Add(diagnostic);
        }

        return await CompiledAsync(document, sound.ToImmutable(), cancellationToken).ConfigureAwait(false);
    }

    private async Task<Document?> CompiledAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken) =>
        await ApplyAsync(document, diagnostics, cancellationToken).ConfigureAwait(false) is { } changed
        && await Compilable.AsWellAsync(document, changed, cancellationToken).ConfigureAwait(false)
            ? changed
            : null;

    private async Task<Document?> ApplyAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root)
            return null;
        var end = -1;
        var changes = new List<TextChange>();
        foreach (var change in Changes(root, diagnostics).OrderBy(static c => c.Span.Start).ThenBy(static c => c.Span.End))
        {
            // The same text may be reported twice, by overlapping objects; the first change counts.
            if (change.Span.Start < end || changes.Contains(change))
                continue;
            changes.Add(change);
            end = change.Span.End;
        }

        if (changes.Count == 0)
            return null;
        var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        return document.WithText(text.WithChanges(changes));
    }
}
