using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace Bitrix24.Gen.Analyzers.Tests.Harness;

/// <summary>What Microsoft's analyzer and code fix tests are given: the typed client, the project's own specs, the packaged specs.</summary>
internal static class TestSetup
{
    /// <summary>No package is downloaded: the references are those of the test process.</summary>
    private static readonly ReferenceAssemblies NoPackages = new("net10.0");

    public static void Prepare(AnalyzerTest<DefaultVerifier> test, IEnumerable<SpecText> ownSpecs)
    {
        test.ReferenceAssemblies = NoPackages;
        test.TestState.AdditionalReferences.AddRange(Analysis.TypedReferences);
        test.TestState.Sources.Add(("Usings.cs", Sample.TypedUsings));
        foreach (var spec in ownSpecs)
            test.TestState.AdditionalFiles.Add((spec.Path, spec.GetText()));
        // C# has "$$" too.
        test.MarkupOptions = MarkupOptions.TreatPositionIndicatorsAsCode;
    }

    /// <summary>
    /// The specs of the project and the packaged ones. The packaged ones do not go through <c>TestState.AdditionalFiles</c>:
    /// each test would copy megabytes, look for marks in them and parse them anew.
    /// </summary>
    public static AnalyzerOptions Options(Project project) =>
        new([.. SpecText.OfRepository, .. project.AnalyzerOptions.AdditionalFiles], new SpecOptions());
}
