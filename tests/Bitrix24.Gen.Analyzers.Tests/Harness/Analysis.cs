using System.Collections.Immutable;
using Bitrix24.Gen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Bitrix24.Gen.Analyzers.Tests.Harness;

/// <summary>
/// Runs the analyzers over sources, for what <see cref="AnalyzerTest"/> does not do: thousands of calls in one compilation, sources
/// that do not compile, a generator that runs first, the number of times a spec file is read.
/// </summary>
public static class Analysis
{
    private static readonly ImmutableArray<MetadataReference> FrameworkReferences =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(static p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(p) == "netstandard.dll")
            .Select(static p => MetadataReference.CreateFromFile(p)),
        MetadataReference.CreateFromFile(typeof(Bitrix24Client).Assembly.Location),
    ];

    private static readonly Lazy<MetadataReference> TypedPortal = new(static () => Library("Portal", Sample.TypedPortal));

    private static readonly Lazy<MetadataReference> CompiledClient = new(static () =>
        Library("Bitrix24.Client", Sample.TypedPortal.Replace("public partial class Portal;", "public partial class Bitrix24Portal;", StringComparison.Ordinal)));

    public static ImmutableArray<DiagnosticAnalyzer> Analyzers =>
        [new SpecFileAnalyzer(), new ClientAnalyzer(), new CallAnalyzer(), new DuplicateTypeAnalyzer(), new SecretAnalyzer()];

    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.Latest);

    public static ImmutableArray<MetadataReference> References => FrameworkReferences;

    /// <summary>The references and a typed client, which lies in an assembly of its own: it is compiled once for all tests.</summary>
    public static ImmutableArray<MetadataReference> TypedReferences => References.Add(TypedPortal.Value);

    public static CSharpCompilationOptions CompilationOptions { get; } = new(
        OutputKind.DynamicallyLinkedLibrary,
        nullableContextOptions: NullableContextOptions.Enable);

    public static CSharpCompilation Compile(IEnumerable<(string Path, string Text)> sources) => CSharpCompilation.Create(
        "Sample",
        sources.Select(static s => CSharpSyntaxTree.ParseText(s.Text, ParseOptions, s.Path)),
        References,
        CompilationOptions);

    /// <summary>Sources beside the typed client of <see cref="TypedReferences"/>.</summary>
    public static CSharpCompilation CompileTyped(IEnumerable<(string Path, string Text)> sources) =>
        Compile([("Usings.cs", Sample.TypedUsings), .. sources]).AddReferences(TypedPortal.Value);

    /// <summary>Sources with a client class of their own beside <c>Bitrix24Portal</c>, which has the same areas compiled as the package Bitrix24.Client has them.</summary>
    public static Compilation CompileBesideClient(IEnumerable<(string Path, string Text)> sources) =>
        Generate(Compile([("Usings.cs", Sample.TypedUsings), ("Portal.cs", Sample.TypedPortal), .. sources]).AddReferences(CompiledClient.Value), SpecText.OfRepository);

    /// <summary>Sources that reference <c>Bitrix24Portal</c> and another assembly that has the same types.</summary>
    public static CSharpCompilation CompileBesideTwo(IEnumerable<(string Path, string Text)> sources) =>
        CompileTyped(sources).AddReferences(CompiledClient.Value);

    /// <summary>Runs the generator, for sources that hold a client class of their own.</summary>
    public static Compilation Generate(CSharpCompilation compilation, IEnumerable<SpecText> specs)
    {
        CSharpGeneratorDriver
            .Create([new Bitrix24Generator().AsSourceGenerator()], [.. specs], ParseOptions, new SpecOptions())
            .RunGeneratorsAndUpdateCompilation(compilation, out var updated, out _);
        return updated;
    }

    private static PortableExecutableReference Library(string name, string source)
    {
        using var assembly = new MemoryStream();
        var result = Generate(Compile([("Portal.cs", source)]).WithAssemblyName(name), SpecText.OfRepository).Emit(assembly);
        Assert.Empty(result.Diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error).Select(static d => d.ToString()));
        return MetadataReference.CreateFromImage(assembly.ToArray());
    }

    /// <summary>What the analyzers report; an exception of theirs fails the test.</summary>
    public static async Task<ImmutableArray<Diagnostic>> RunAsync(Compilation compilation, IEnumerable<SpecText> specs)
    {
        Exception? thrown = null;
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([.. specs], new SpecOptions()),
            onAnalyzerException: (e, _, _) => thrown ??= e,
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false);
        var found = await compilation.WithAnalyzers(Analyzers, options).GetAnalyzerDiagnosticsAsync();
        Assert.True(thrown is null, thrown?.ToString());
        return [.. found.OrderBy(static d => d.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(static d => d.Location.SourceSpan.Start).ThenBy(static d => d.Id, StringComparer.Ordinal)];
    }
}
