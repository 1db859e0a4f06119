using Bitrix24.Gen.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace Bitrix24.Gen.Analyzers.Tests.Harness;

/// <summary>
/// Microsoft's code fix test with all analyzers and code fixes of the package: applies the fixes one by one, and all at once in a
/// document, a project and a solution; each time the result is the same and has the diagnostics that are marked in it.
/// </summary>
internal sealed class CodeFixTest : CSharpCodeFixTest<CallAnalyzer, RenameFixProvider, DefaultVerifier>
{
    public CodeFixTest(params SpecText[] ownSpecs)
    {
        TestSetup.Prepare(this, ownSpecs);
        FixedState.Sources.Add(TestState.Sources[0]);
        FixedState.MarkupHandling = MarkupMode.Allow;
    }

    protected override IEnumerable<CodeFixProvider> GetCodeFixProviders() =>
        [new RenameFixProvider(), new RemoveFixProvider(), new AddFixProvider(), new ConvertFixProvider(), new CallFixProvider(), new PartialFixProvider()];

    protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => Analysis.Analyzers;

    protected override AnalyzerOptions GetAnalyzerOptions(Project project) => TestSetup.Options(project);

    protected override CompilationOptions CreateCompilationOptions() => Analysis.CompilationOptions;

    protected override ParseOptions CreateParseOptions() => Analysis.ParseOptions;
}
