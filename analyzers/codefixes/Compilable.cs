using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace Bitrix24.Gen.CodeFixes;

/// <summary>Compares what the compiler says of a document before and after a change.</summary>
internal static class Compilable
{
    /// <summary>The changed document has no more errors than the one before.</summary>
    public static async Task<bool> AsWellAsync(Document before, Document after, CancellationToken cancellationToken) =>
        await ErrorsAsync(after, cancellationToken).ConfigureAwait(false) <= await ErrorsAsync(before, cancellationToken).ConfigureAwait(false);

    private static async Task<int> ErrorsAsync(Document document, CancellationToken cancellationToken) =>
        await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is { } model
            ? model.GetDiagnostics(cancellationToken: cancellationToken).Count(static d => d.Severity == DiagnosticSeverity.Error)
            : 0;
}
