using Microsoft.CodeAnalysis;

namespace Bitrix24.Gen.Analyzers.Tests.Harness;

/// <summary>Compares what the analyzers report with the marks in a source.</summary>
public static class Verify
{
    /// <summary>Statements with marks: exactly those are reported.</summary>
    public static Task StatementsAsync(string statements, params SpecText[] ownSpecs) =>
        SourceAsync(Sample.Statements(statements), ownSpecs);

    /// <summary>A source with marks: exactly those are reported. Answers the diagnostics for more to be asserted.</summary>
    public static async Task<IReadOnlyList<Diagnostic>> SourceAsync(string source, params SpecText[] ownSpecs)
    {
        var markup = Markup.Parse(source);
        var compilation = Analysis.CompileTyped([("Sample.cs", markup.Text)]);
        AssertCompiles(compilation, "Sample.cs");
        var found = await Analysis.RunAsync(compilation, [.. SpecText.OfRepository, .. ownSpecs]);
        Assert.Equal(
            markup.Marks.OrderBy(static m => m.Span.Start).ThenBy(static m => m.Id, StringComparer.Ordinal).Select(m => Show(m.Id, m.Span.Start, m.Span.End, markup.Text)),
            found.Select(d => Show(d.Id, d.Location.SourceSpan.Start, d.Location.SourceSpan.End, markup.Text)));
        return found;
    }

    /// <summary>Fails where a file of the compilation does not compile.</summary>
    public static void AssertCompiles(Compilation compilation, string path)
    {
        var tree = compilation.SyntaxTrees.Single(t => t.FilePath == path);
        var errors = compilation.GetSemanticModel(tree).GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error);
        Assert.Empty(errors.Select(static d => d.ToString()));
    }

    private static string Show(string id, int start, int end, string text) =>
        $"{id} at {start}: {(end <= text.Length ? text[start..end] : "?")}";
}
