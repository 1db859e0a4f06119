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

    public static (Document Document, int Position) Of(string source, params SpecText[] own)
    {
        var position = source.IndexOf("$$", StringComparison.Ordinal);
        var workspace = new AdhocWorkspace(Host);
        var id = ProjectId.CreateNewId();
        var project = workspace.AddProject(ProjectInfo.Create(
            id, VersionStamp.Default, "Sample", "Sample", LanguageNames.CSharp,
            compilationOptions: Analysis.CompilationOptions,
            parseOptions: Analysis.ParseOptions,
            metadataReferences: Analysis.CompileTyped([]).References,
            analyzerReferences: []));
        var solution = project.Solution;
        foreach (var spec in SpecText.OfRepository.AddRange(own))
            solution = solution.AddAdditionalDocument(DocumentId.CreateNewId(id), Path.GetFileName(spec.Path), spec.GetText(), filePath: spec.Path);
        solution = solution.AddAnalyzerConfigDocument(
            DocumentId.CreateNewId(id), ".globalconfig", SourceText.From("is_global = true\n" + string.Concat(SpecText.OfRepository.Select(static s => $"[{s.Path}]\nbuild_metadata.AdditionalFiles.Bitrix24Spec = packaged\n"))), filePath: "/.globalconfig");
        solution = solution.AddDocument(DocumentId.CreateNewId(id), "Usings.cs", Sample.TypedUsings, filePath: "/Usings.cs");
        var document = DocumentId.CreateNewId(id);
        solution = solution.AddDocument(document, "Sample.cs", source.Remove(position, 2), filePath: "/Sample.cs");
        return (solution.GetDocument(document)!, position);
    }
}
