using Bitrix24.Gen.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.Analyzers.Tests.Harness;

/// <summary>A document in a workspace such as an editor has: with the specs, the caret at <c>$$</c>.</summary>
public static class EditorDocument
{
    private static readonly MefHostServices Host = MefHostServices.Create(
        [.. MefHostServices.DefaultAssemblies, .. new[] { "Microsoft.CodeAnalysis.Features", "Microsoft.CodeAnalysis.CSharp.Features" }.Select(System.Reflection.Assembly.Load), typeof(StringCompletionProvider).Assembly]);

    public static (Document Document, int Position) Of(string source, params SpecText[] own) =>
        Of(source, Sample.TypedUsings, Analysis.CompileTyped([]).References, SpecText.OfRepository.AddRange(own));

    /// <summary>A document beside a client of other areas.</summary>
    /// <param name="source">The document.</param>
    /// <param name="usings">The usings of the project.</param>
    /// <param name="references">What it references.</param>
    /// <param name="specs">Its spec files.</param>
    public static (Document Document, int Position) Of(string source, string usings, IEnumerable<MetadataReference> references, IReadOnlyList<SpecText> specs)
    {
        var position = source.IndexOf("$$", StringComparison.Ordinal);
        var workspace = new AdhocWorkspace(Host);
        var id = ProjectId.CreateNewId();
        var project = workspace.AddProject(ProjectInfo.Create(
            id, VersionStamp.Default, "Sample", "Sample", LanguageNames.CSharp,
            compilationOptions: Analysis.CompilationOptions,
            parseOptions: Analysis.ParseOptions,
            metadataReferences: references,
            analyzerReferences: []));
        var solution = project.Solution;
        foreach (var spec in specs)
            solution = solution.AddAdditionalDocument(DocumentId.CreateNewId(id), Path.GetFileName(spec.Path), spec.GetText(), filePath: spec.Path);
        solution = solution.AddAnalyzerConfigDocument(
            DocumentId.CreateNewId(id), ".globalconfig", SourceText.From("is_global = true\n" + string.Concat(specs.Where(static s => s.Packaged).Select(static s => $"[{s.Path}]\nbuild_metadata.AdditionalFiles.Bitrix24Spec = packaged\n"))), filePath: "/.globalconfig");
        solution = solution.AddDocument(DocumentId.CreateNewId(id), "Usings.cs", usings, filePath: "/Usings.cs");
        var document = DocumentId.CreateNewId(id);
        solution = solution.AddDocument(document, "Sample.cs", source.Remove(position, 2), filePath: "/Sample.cs");
        return (solution.GetDocument(document)!, position);
    }
}
