using System.Collections.Immutable;
using Bitrix24.Gen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Bitrix24.Gen.Testing;

/// <summary>Runs the generator on C# sources and spec files, as the compiler does.</summary>
public sealed class GeneratorHarness
{
    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.CSharp12, DocumentationMode.Diagnose);

    // Every warning counts, also those about missing documentation, as in a project that treats warnings as errors.
    public static CSharpCompilationOptions CompilationOptions { get; } = new(
        OutputKind.DynamicallyLinkedLibrary,
        nullableContextOptions: NullableContextOptions.Enable,
        warningLevel: 9999,
        specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)]);

    public static ImmutableArray<MetadataReference> References { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal)
                || Path.GetFileName(p) is "mscorlib.dll" or "netstandard.dll" or "Microsoft.CSharp.dll")
            .Select(static p => (MetadataReference)MetadataReference.CreateFromFile(p)),
        MetadataReference.CreateFromFile(typeof(Bitrix24Client).Assembly.Location),
    ];

    private GeneratorDriver _driver;

    private GeneratorHarness(CSharpCompilation compilation, IEnumerable<TestFile> files, bool lean, bool precompiled = false)
    {
        Compilation = compilation;
        _driver = CSharpGeneratorDriver.Create(
            [new Bitrix24Generator().AsSourceGenerator()],
            files,
            lean ? ParseOptions.WithDocumentationMode(DocumentationMode.None) : ParseOptions,
            new TestOptions(precompiled),
            new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: !lean));
    }

    public CSharpCompilation Compilation { get; private set; }

    public GeneratorRunResult Result => _driver.GetRunResult().Results.Single();

    /// <summary>Generated files by hint name.</summary>
    public IReadOnlyDictionary<string, string> Sources => Result.GeneratedSources.ToDictionary(
        static s => s.HintName, static s => s.SourceText.ToString(), StringComparer.Ordinal);

    public static GeneratorHarness Run(string source, params IEnumerable<TestFile> files) => Run(CreateCompilation([source]), files);

    public static GeneratorHarness Run(CSharpCompilation compilation, params IEnumerable<TestFile> files) =>
        new GeneratorHarness(compilation, files, lean: false).Run();

    /// <summary>Runs it as where the areas of the packaged specs are referenced compiled.</summary>
    public static GeneratorHarness RunPrecompiled(CSharpCompilation compilation, params IEnumerable<TestFile> files) =>
        new GeneratorHarness(compilation, files, lean: false, precompiled: true).Run();

    /// <summary>As <see cref="Run(string, IEnumerable{TestFile})"/>, for thousands of runs: documentation comments are not parsed, steps not tracked.</summary>
    public static GeneratorHarness RunLean(string source, params IEnumerable<TestFile> files) => RunLean(CreateCompilation([source]), files);

    /// <inheritdoc cref="RunLean(string, IEnumerable{TestFile})"/>
    public static GeneratorHarness RunLean(CSharpCompilation compilation, params IEnumerable<TestFile> files) =>
        new GeneratorHarness(compilation, files, lean: true).Run();

    public static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(source, ParseOptions);

    public GeneratorHarness Run()
    {
        _driver = _driver.RunGenerators(Compilation);
        return this;
    }

    public GeneratorHarness EditSource(Func<CSharpCompilation, CSharpCompilation> edit)
    {
        Compilation = edit(Compilation);
        return Run();
    }

    public GeneratorHarness ReplaceFile(TestFile old, TestFile with) => ReplaceFileSilently(old, with).Run();

    /// <summary>As <see cref="ReplaceFile"/>, without a run.</summary>
    public GeneratorHarness ReplaceFileSilently(TestFile old, TestFile with)
    {
        _driver = _driver.ReplaceAdditionalText(old, with);
        return this;
    }

    /// <summary>The project with what was generated in it.</summary>
    public CSharpCompilation Output() => Compilation.AddSyntaxTrees(Result.GeneratedSources.Select(static s => s.SyntaxTree));

    /// <summary>As <see cref="Output"/>, with the nullable analysis that generated files turn off.</summary>
    public CSharpCompilation AnalyzedOutput() => Compilation.AddSyntaxTrees(Result.GeneratedSources.Select(static s =>
    {
        var text = s.SourceText.ToString();
        Assert.Contains(Unanalyzed, text, StringComparison.Ordinal);
        return CSharpSyntaxTree.ParseText(text.Replace(Unanalyzed, "#nullable enable\n", StringComparison.Ordinal), ParseOptions, s.HintName);
    }));

    private const string Unanalyzed = "#nullable enable annotations\n#nullable disable warnings\n";

    /// <summary>The project with what was generated in it has neither error nor warning, with nullable analysis.</summary>
    public GeneratorHarness AssertCompiles()
    {
        Assert.Null(Result.Exception);
        var problems = Problems(AnalyzedOutput());
        Assert.True(problems.Count == 0, string.Join("\n", problems.Take(20)));
        return this;
    }

    public static IReadOnlyList<string> Problems(CSharpCompilation compilation) => Problems(compilation.GetDiagnostics());

    public static IReadOnlyList<string> Problems(IEnumerable<Diagnostic> diagnostics) =>
    [
        .. diagnostics
            .Where(static d => d.Severity >= DiagnosticSeverity.Warning && !IsMissingCommentOfTheTest(d))
            .Select(static d => d.ToString()),
    ];

    private static bool IsMissingCommentOfTheTest(Diagnostic diagnostic) =>
        diagnostic.Id == "CS1591" && diagnostic.Location.SourceTree?.FilePath == "";

    public static CSharpCompilation CreateCompilation(IEnumerable<string> sources, string name = "Tests", params IEnumerable<MetadataReference> references) =>
        CSharpCompilation.Create(name, sources.Select(Parse), [.. References, .. references], CompilationOptions);
}
