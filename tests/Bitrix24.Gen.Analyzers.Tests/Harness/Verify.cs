using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace Bitrix24.Gen.Analyzers.Tests.Harness;

/// <summary>
/// Compares what the analyzers report with the marks in a source, such as <c>{|B24103:new|}</c>. The source compiles, and a
/// <c>#pragma warning disable</c> silences what is reported.
/// </summary>
public static class Verify
{
    /// <summary>Statements with marks: exactly those are reported.</summary>
    public static Task StatementsAsync(string statements, params SpecText[] ownSpecs) => SourceAsync(Sample.Statements(statements), ownSpecs);

    /// <summary>A source with marks: exactly those are reported.</summary>
    public static Task SourceAsync(string source, params SpecText[] ownSpecs) => RunAsync([("Sample.cs", source)], ownSpecs);

    /// <summary>Several sources with marks.</summary>
    public static Task SourcesAsync(params (string Path, string Text)[] sources) => RunAsync(sources, []);

    /// <summary>A source with marks, for which the rule does not run.</summary>
    public static Task SourceWithoutAsync(string rule, string source) => RunAsync([("Sample.cs", source)], [], rule);

    /// <summary>A spec file of the project, with marks; every message holds the text.</summary>
    public static Task SpecAsync(string path, string spec, string message = "")
    {
        var test = new AnalyzerTest
        {
            DiagnosticVerifier = (diagnostic, _, verifier) =>
                verifier.True(diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture).Contains(message, StringComparison.Ordinal), diagnostic.ToString()),
        };
        test.TestState.AdditionalFiles.Add((path, spec));
        return test.RunAsync();
    }

    /// <summary>Fails where a file of the compilation does not compile.</summary>
    public static void AssertCompiles(Compilation compilation, string path)
    {
        var tree = compilation.SyntaxTrees.Single(t => t.FilePath == path);
        var errors = compilation.GetSemanticModel(tree).GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error);
        Assert.Empty(errors.Select(static d => d.ToString()));
    }

    private static Task RunAsync((string Path, string Text)[] sources, SpecText[] ownSpecs, params string[] disabled)
    {
        var test = new AnalyzerTest(ownSpecs);
        foreach (var source in sources)
            test.TestState.Sources.Add(source);
        test.DisabledDiagnostics.AddRange(disabled);
        return test.RunAsync();
    }
}
