using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.Analyzers.Calls;

/// <summary>Reports a diagnostic once where several ways through the same code lead to it.</summary>
internal sealed class ReportedOnce(Action<Diagnostic> report)
{
    private readonly HashSet<(string Id, TextSpan Span, string Message)> _reported = [];

    public void Report(Diagnostic diagnostic)
    {
        if (_reported.Add((diagnostic.Id, diagnostic.Location.SourceSpan, diagnostic.GetMessage())))
            report(diagnostic);
    }
}
