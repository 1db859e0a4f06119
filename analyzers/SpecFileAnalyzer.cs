using System.Collections.Immutable;
using System.Threading;
using Bitrix24.Gen.Analyzers.Values;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Bitrix24.Gen.Analyzers;

/// <summary>Reports what is wrong with a user's own spec files, at their line and column.</summary>
/// <remarks>Packaged files are checked where they are made; a project that has no file of its own reads none here.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SpecFileAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        Descriptors.SpecNotJson,
        Descriptors.SpecShape,
        Descriptors.SpecReference,
        Descriptors.SpecConflict,
        Descriptors.SpecImpossibleRule,
        Descriptors.SpecContradictoryFlags,
        Descriptors.SpecNameCollision);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            var options = start.Options.AnalyzerConfigOptionsProvider;
            var catalog = AdditionalSpecs.Catalog(start.Options.AdditionalFiles, options);
            start.RegisterAdditionalFileAction(file =>
            {
                if (SpecFileName.IsSpec(file.AdditionalFile.Path) && AdditionalSpecs.IsUser(file.AdditionalFile, options))
                    Check(file, catalog);
            });
        });
    }

    private void Check(AdditionalFileAnalysisContext context, SpecCatalog catalog)
    {
        var path = context.AdditionalFile.Path;
        if (context.AdditionalFile.GetText(context.CancellationToken) is not { } text)
            return;
        var document = SpecCache.Read(path, text, user: true);
        foreach (var diagnostic in document.Diagnostics)
            Report(context, diagnostic);
        foreach (var diagnostic in OverlayNames.Check(document, catalog, context.CancellationToken))
            Report(context, diagnostic);
        foreach (var diagnostic in Together(document, catalog, context.CancellationToken))
        {
            if (string.Equals(diagnostic.Path, path, StringComparison.Ordinal))
                Report(context, diagnostic);
        }
    }

    /// <summary>What is wrong with the file among those it changes or refers to.</summary>
    private static EquatableArray<SpecDiagnostic> Together(SpecDocument document, SpecCatalog catalog, CancellationToken cancellationToken) =>
        document.File is { } file && catalog.SetOf(file.Name, file.Api, cancellationToken) is { } set
            ? set.Diagnostics
            : default;

    private void Report(AdditionalFileAnalysisContext context, SpecDiagnostic diagnostic)
    {
        foreach (var descriptor in SupportedDiagnostics)
        {
            if (descriptor.Id != diagnostic.Id)
                continue;
            // The compiler prints the name of a file as it is.
            var isPrintable = PrintedText.Line(diagnostic.Path) == diagnostic.Path;
            var location = isPrintable ? Location.Create(diagnostic.Path, diagnostic.Range.ToSpan(), diagnostic.Range.ToLines()) : Location.None;
            context.ReportDiagnostic(Reports.Create(descriptor, location, isPrintable ? diagnostic.Message : $"{diagnostic.Path}: {diagnostic.Message}"));
        }
    }
}
