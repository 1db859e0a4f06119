using Bitrix24.Gen.Analyzers.Tests.Harness;
using Bitrix24.Gen.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.Analyzers.Tests;

/// <summary>Completion within strings, asked for as an editor does: the caret is at <c>$$</c>.</summary>
public class CompletionTests
{
    private static readonly MefHostServices Host = MefHostServices.Create(
        [.. MefHostServices.DefaultAssemblies, .. new[] { "Microsoft.CodeAnalysis.Features", "Microsoft.CodeAnalysis.CSharp.Features" }.Select(System.Reflection.Assembly.Load), typeof(StringCompletionProvider).Assembly]);

    [Theory]
    [InlineData("""await portal.CallAsync("$$");""", "biconnector.dataset.add", "v3/main.eventlog.get")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.$$", new { });""", "biconnector.dataset.list", "biconnector.source.add")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.add", new Dictionary<string, object?> { ["$$"] = 5 });""", "fields")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.add", new { fields = new Dictionary<string, object?> { ["$$"] = 5 } });""", "sourceId", "externalName")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.list", new { filter = new Dictionary<string, object?> { ["$$"] = 5 } });""", "id", "name")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.list", new { select = new[] { "id", "$$" } });""", "name", "dateCreate")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.list", new { order = new { id = "$$" } });""", "ASC", "DESC")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.add", new { fields = new { fields = new[] { new { type = "$$" } } } });""", "int", "datetime")]
    [InlineData("""await foreach (var d in portal.BiConnector.Dataset.ListAsync(q => q.Where(d => Filter.Raw("$$", 5)))) { }""", "id", "name")]
    [InlineData("""await foreach (var d in portal.BiConnector.Dataset.ListAsync(q => q.Select(d => new SelectField("$$")))) { }""", "id", "name")]
    public async Task A_string_completes_what_may_stand_in_it(string statement, params string[] expected)
    {
        var offered = await OfferedAsync(Sample.Statements(statement));

        Assert.All(expected, name => Assert.Contains(name, offered));
    }

    [Fact]
    public async Task A_client_attribute_completes_areas()
    {
        var offered = await OfferedAsync("[Bitrix24Client(\"$$\")] public partial class Client;");

        Assert.Contains("biconnector", offered);
        Assert.Contains("landing.repowidget", offered);
    }

    [Theory]
    [InlineData("""Console.WriteLine("$$");""")]
    [InlineData("""await portal.CallAsync("biconnector.dataset.get", new { id = "$$" });""")]
    [InlineData("""await portal.CallAsync(text, new Dictionary<string, object?> { ["$$"] = 5 });""")]
    public async Task Other_strings_complete_nothing_of_ours(string statement) => Assert.Empty(await OfferedAsync(Sample.Statements(statement)));

    [Fact]
    public async Task The_name_replaces_what_stands_between_the_quotes()
    {
        var (document, position) = Document(Sample.Statements("""await portal.CallAsync("biconnector.dataset.ge$$", new { id });"""));
        var service = CompletionService.GetService(document)!;
        var item = (await service.GetCompletionsAsync(document, position))!.ItemsList.Single(static i => i.DisplayText == "biconnector.dataset.get");

        var change = await service.GetChangeAsync(document, item);

        var text = (await document.GetTextAsync()).WithChanges(change.TextChange).ToString();
        Assert.Contains("""CallAsync("biconnector.dataset.get", new { id });""", text, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> OfferedAsync(string source)
    {
        var (document, position) = Document(source);
        var list = await CompletionService.GetService(document)!.GetCompletionsAsync(document, position);
        return [.. (list?.ItemsList ?? []).Where(static i => i.Tags.Contains("Constant") && i.DisplayText.Length > 0).Select(static i => i.DisplayText)];
    }

    private static (Document Document, int Position) Document(string source)
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
        foreach (var spec in SpecText.OfRepository)
            solution = solution.AddAdditionalDocument(DocumentId.CreateNewId(id), Path.GetFileName(spec.Path), spec.GetText(), filePath: spec.Path);
        solution = solution.AddAnalyzerConfigDocument(
            DocumentId.CreateNewId(id), ".globalconfig", SourceText.From("is_global = true\n" + string.Concat(SpecText.OfRepository.Select(static s => $"[{s.Path}]\nbuild_metadata.AdditionalFiles.Bitrix24Spec = packaged\n"))), filePath: "/.globalconfig");
        solution = solution.AddDocument(DocumentId.CreateNewId(id), "Usings.cs", Sample.TypedUsings, filePath: "/Usings.cs");
        var document = DocumentId.CreateNewId(id);
        solution = solution.AddDocument(document, "Sample.cs", source.Remove(position, 2), filePath: "/Sample.cs");
        return (solution.GetDocument(document)!, position);
    }
}
