using Microsoft.CodeAnalysis;

namespace Bitrix24.Gen.Analyzers.Tests.Harness;

/// <summary>Compares what the analyzers report with the marks in a source.</summary>
public static class Verify
{
    /// <summary>Statements with marks: exactly those are reported.</summary>
    public static Task StatementsAsync(string statements, params SpecText[] ownSpecs) =>
        SourceAsync(Sample.Statements(statements), ownSpecs);

    /// <summary>A source with marks: exactly those are reported.</summary>
    public static Task SourceAsync(string source, params SpecText[] ownSpecs) => SourcesAsync([("Sample.cs", source)], ownSpecs);

    /// <summary>Sources, the last of which has marks.</summary>
    public static Task SourcesAsync(params (string Path, string Text)[] sources) => SourcesAsync(sources, []);

    private static async Task SourcesAsync((string Path, string Text)[] sources, SpecText[] ownSpecs)
    {
        var markup = Markup.Parse(sources[^1].Text);
        var compilation = Analysis.CompileTyped([.. sources[..^1], (sources[^1].Path, markup.Text)]);
        AssertCompiles(compilation, sources[^1].Path);
        var found = await Analysis.RunAsync(compilation, [.. SpecText.OfRepository, .. ownSpecs]);
        Assert.Equal(
            markup.Marks.OrderBy(static m => m.Span.Start).ThenBy(static m => m.Id, StringComparer.Ordinal).Select(m => Show(m.Id, m.Span.Start, m.Span.End, markup.Text)),
            found.Select(d => Show(d.Id, d.Location.SourceSpan.Start, d.Location.SourceSpan.End, markup.Text)));
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
