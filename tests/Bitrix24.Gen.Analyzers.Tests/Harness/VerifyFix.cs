using System.Collections.Immutable;
using Bitrix24.Gen.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.Analyzers.Tests.Harness;

/// <summary>Applies code fixes and compares what comes of it.</summary>
public static class VerifyFix
{
    private static readonly CodeFixProvider[] Providers =
        [new RenameFixProvider(), new RemoveFixProvider(), new AddFixProvider(), new ConvertFixProvider(), new CallFixProvider(), new PartialFixProvider()];

    /// <summary>Statements that break one rule, and the same statements after the fix.</summary>
    public static Task StatementsAsync(string statements, string fixedText, params SpecText[] ownSpecs) =>
        SourceAsync(Sample.Statements(statements), Sample.Statements(fixedText), ownSpecs);

    public static async Task SourceAsync(string source, string fixedText, params SpecText[] ownSpecs)
    {
        var document = Document([source], out _)[0];
        var diagnostic = Assert.Single(await DiagnosticsAsync(document.Project, ownSpecs));
        var action = Assert.Single(await ActionsAsync(document, diagnostic));
        Assert.False(string.IsNullOrEmpty(action.EquivalenceKey));
        var changed = (await ChangedAsync(action)).GetDocument(document.Id)!;
        Assert.Equal(fixedText, (await changed.GetTextAsync()).ToString());
        Assert.Empty(await ErrorsAsync(changed));
    }

    /// <summary>Statements that break a rule in a way that no fix repairs.</summary>
    public static async Task NoneAsync(string statements)
    {
        var document = Document([Sample.Statements(statements)], out _)[0];
        foreach (var diagnostic in await DiagnosticsAsync(document.Project, []))
            Assert.Empty(await ActionsAsync(document, diagnostic));
    }

    /// <summary>Fixes all that the first diagnostic's fix is for, in all documents of the project.</summary>
    public static async Task AllAsync(string[] statements, string[] fixedText, params SpecText[] ownSpecs)
    {
        var documents = Document([.. statements.Select(static (s, i) => Named(s, i))], out var project);
        var diagnostics = await DiagnosticsAsync(project, ownSpecs);
        var first = documents.Single(d => diagnostics[0].Location.SourceTree!.FilePath == d.FilePath);
        var (provider, action) = await FirstAsync(first, diagnostics[0]);
        var context = new FixAllContext(
            first, provider, FixAllScope.Project, action.EquivalenceKey!, [diagnostics[0].Id], new Known(diagnostics), CancellationToken.None);
        var all = await provider.GetFixAllProvider()!.GetFixAsync(context);
        var solution = await ChangedAsync(all!);
        for (var i = 0; i < documents.Count; i++)
            Assert.Equal(Named(fixedText[i], i), (await solution.GetDocument(documents[i].Id)!.GetTextAsync()).ToString());
    }

    private static string Named(string statements, int index) =>
        Sample.Statements(statements).Replace("class Sample", $"class Sample{index}", StringComparison.Ordinal);

    private static List<Document> Document(string[] sources, out Project project)
    {
        var workspace = new AdhocWorkspace();
        var compilation = Analysis.CompileTyped([]);
        project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Sample", "Sample", LanguageNames.CSharp,
            compilationOptions: Analysis.CompilationOptions,
            parseOptions: Analysis.ParseOptions,
            metadataReferences: compilation.References));
        var ids = new List<DocumentId>();
        project = project.AddDocument("Usings.cs", Sample.TypedUsings, filePath: "Usings.cs").Project;
        for (var i = 0; i < sources.Length; i++)
        {
            var document = project.AddDocument($"Sample{i}.cs", SourceText.From(sources[i]), filePath: $"Sample{i}.cs");
            project = document.Project;
            ids.Add(document.Id);
        }

        return [.. ids.Select(project.GetDocument).OfType<Document>()];
    }

    private static async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(Project project, SpecText[] ownSpecs) =>
        await Analysis.RunAsync((await project.GetCompilationAsync())!, [.. SpecText.OfRepository, .. ownSpecs]);

    private static async Task<List<CodeAction>> ActionsAsync(Document document, Diagnostic diagnostic)
    {
        var actions = new List<CodeAction>();
        foreach (var provider in Providers.Where(p => p.FixableDiagnosticIds.Contains(diagnostic.Id)))
            await provider.RegisterCodeFixesAsync(new(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        return actions;
    }

    private static async Task<(CodeFixProvider Provider, CodeAction Action)> FirstAsync(Document document, Diagnostic diagnostic)
    {
        var provider = Providers.Single(p => p.FixableDiagnosticIds.Contains(diagnostic.Id));
        return (provider, (await ActionsAsync(document, diagnostic))[0]);
    }

    private static async Task<Solution> ChangedAsync(CodeAction action) =>
        (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution;

    private static async Task<IEnumerable<string>> ErrorsAsync(Document document) =>
        (await document.GetSemanticModelAsync())!.GetDiagnostics()
            .Where(static d => d.Severity == DiagnosticSeverity.Error)
            .Select(static d => d.ToString());

    /// <summary>Hands the diagnostics that are known to the fix-all machinery.</summary>
    private sealed class Known(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            Task.FromResult(diagnostics.Where(d => d.Location.SourceTree?.FilePath == document.FilePath));

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
