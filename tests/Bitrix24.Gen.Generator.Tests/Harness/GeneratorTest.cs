using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.Generator.Tests.Harness;

/// <summary>
/// Microsoft's source generator test with packaged specs: generates exactly the files that are expected, without errors.
/// <see cref="GeneratorHarness"/> remains for incremental steps, thousands of runs, and the nullable analysis that generated
/// files turn off.
/// </summary>
internal sealed class GeneratorTest : CSharpSourceGeneratorTest<Bitrix24Generator, DefaultVerifier>
{
    public GeneratorTest(string source, IEnumerable<TestFile> specs)
    {
        // No package is downloaded: the references are those of the test process.
        ReferenceAssemblies = new("net10.0");
        TestState.AdditionalReferences.AddRange(GeneratorHarness.References);
        TestCode = source;
        var config = new StringBuilder("is_global = true\n");
        foreach (var spec in specs)
        {
            TestState.AdditionalFiles.Add((spec.Path, spec.GetText()));
            if (spec.Packaged)
                config.Append('[').Append(spec.Path).Append("]\nbuild_metadata.AdditionalFiles.Bitrix24Spec = packaged\n");
        }

        TestState.AnalyzerConfigFiles.Add(("/.globalconfig", config.ToString()));
    }

    /// <summary>Expects a generated file.</summary>
    public void Expect(string hintName, string text) =>
        TestState.GeneratedSources.Add((typeof(Bitrix24Generator), hintName, SourceText.From(text, Encoding.UTF8)));

    protected override CompilationOptions CreateCompilationOptions() => GeneratorHarness.CompilationOptions;

    protected override ParseOptions CreateParseOptions() => GeneratorHarness.ParseOptions;
}
