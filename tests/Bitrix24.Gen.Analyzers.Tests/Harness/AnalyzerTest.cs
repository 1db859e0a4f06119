using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace Bitrix24.Gen.Analyzers.Tests.Harness;

/// <summary>Microsoft's analyzer test with all analyzers of the package.</summary>
internal sealed class AnalyzerTest : CSharpAnalyzerTest<CallAnalyzer, DefaultVerifier>
{
    public AnalyzerTest(params SpecText[] ownSpecs) => TestSetup.Prepare(this, ownSpecs);

    protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => Analysis.Analyzers;

    protected override AnalyzerOptions GetAnalyzerOptions(Project project) => TestSetup.Options(project);

    protected override CompilationOptions CreateCompilationOptions() => Analysis.CompilationOptions;

    protected override ParseOptions CreateParseOptions() => Analysis.ParseOptions;
}
