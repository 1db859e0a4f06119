using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Bitrix24.Gen.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Bitrix24.Gen.Benchmarks.Compile;

/// <summary>What the analyzers add to the compile time of 1,000 raw calls in 50 files.</summary>
/// <remarks>
/// <see cref="CompileWithIdleAnalyzer"/> has an analyzer that asks for the same operations and does nothing: what it adds
/// to <see cref="Compile"/> is the compiler's own cost of having analyzers at all.
/// </remarks>
public class AnalyzeRawCalls
{
    private const int Files = 50;
    private const int CallsInFile = 20;

    private static readonly string[] Calls =
    [
        """await portal.CallAsync("biconnector.dataset.get", new { id = 5 });""",
        """await portal.CallAsync("biconnector.dataset.update", new { id, fields = new { description = text } });""",
        """await portal.CallAsync("biconnector.dataset.list", new Dictionary<string, object?> { ["page"] = 1, ["select"] = new[] { "id", "name" }, ["order"] = new { id = "DESC" } });""",
        """await portal.CallAsync("biconnector.dataset.add", new { fields = new { sourceId = 3, name = "sales", externalName = "Sales", externalCode = "sales", """
            + """fields = new[] { new { name = "ID", externalCode = "id", type = "int" } } } });""",
        """await portal.CallAsync("landing.landing.favoriteBlock", "{\"lid\":5,\"block\":7,\"meta\":{\"name\":\"Header\"}}");""",
    ];

    private string[] _sources = [];
    private AnalyzerOptions _options = new([]);

    [GlobalSetup]
    public void Setup()
    {
        _sources = [.. Enumerable.Range(0, Files).Select(Source)];
        _options = new(RepositorySpecs.Bitrix24(), new PackagedOptions());
    }

    [Benchmark(Baseline = true)]
    public bool Compile() => NewCompilation().Emit(Stream.Null).Success;

    [Benchmark]
    public Task<bool> CompileWithIdleAnalyzer() => AnalyseAsync([new IdleAnalyzer()]);

    [Benchmark]
    public Task<bool> CompileWithAnalyzers() => AnalyseAsync(Ours());

    /// <summary>Roslyn's account of the time that each of our analyzers takes.</summary>
    public async Task<IReadOnlyDictionary<string, TimeSpan>> ExecutionTimesAsync()
    {
        var analyzers = Ours();
        // One after the other: what else runs meanwhile would count as theirs.
        var analysed = NewCompilation().WithAnalyzers(
            analyzers, new CompilationWithAnalyzersOptions(_options, null, concurrentAnalysis: false, logAnalyzerExecutionTime: true));
        await analysed.GetAnalyzerDiagnosticsAsync();
        var times = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        foreach (var analyzer in analyzers)
            times.Add(analyzer.GetType().Name, (await analysed.GetAnalyzerTelemetryInfoAsync(analyzer, CancellationToken.None)).ExecutionTime);
        return times;
    }

    private static ImmutableArray<DiagnosticAnalyzer> Ours() =>
        [new SpecFileAnalyzer(), new ClientAnalyzer(), new CallAnalyzer(), new SecretAnalyzer()];

    /// <summary>As the compiler does it: analyzers and emit over one compilation.</summary>
    private async Task<bool> AnalyseAsync(ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var analysed = NewCompilation().WithAnalyzers(
            analyzers, new CompilationWithAnalyzersOptions(_options, null, concurrentAnalysis: true, logAnalyzerExecutionTime: false));
        var found = analysed.GetAnalyzerDiagnosticsAsync();
        var emitted = analysed.Compilation.Emit(Stream.Null).Success;
        return emitted && (await found).IsEmpty;
    }

    private CSharpCompilation NewCompilation() => CSharpCompilation.Create(
        "Sample",
        _sources.Select(static s => CSharpSyntaxTree.ParseText(s)),
        RepositorySpecs.References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    private static string Source(int file)
    {
        var text = new StringBuilder("using System.Collections.Generic; using System.Threading.Tasks; using Bitrix24;\n");
        if (file == 0)
            text.Append("public sealed class Portal(Bitrix24Credentials credentials) : Bitrix24Client(credentials);\n");
        text.Append(CultureInfo.InvariantCulture, $"static class Calls{file} {{ static async Task RunAsync(Portal portal, int id, string text) {{\n");
        for (var i = 0; i < CallsInFile; i++)
            text.Append(Calls[i % Calls.Length]).Append('\n');
        return text.Append("} }\n").ToString();
    }

    private sealed class PackagedOptions : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(false);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Values(true);

        private sealed class Values(bool packaged) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
            {
                value = packaged && key == "build_metadata.AdditionalFiles.Bitrix24Spec" ? "packaged" : null;
                return value is not null;
            }
        }
    }

#pragma warning disable RS1036, RS1038 // Not shipped: it stands for the cost of having an analyzer.
    [DiagnosticAnalyzer(LanguageNames.CSharp)]
    private sealed class IdleAnalyzer : DiagnosticAnalyzer
    {
        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Analyzers.Descriptors.UnknownMethod];

        public override void Initialize(AnalysisContext context)
        {
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.EnableConcurrentExecution();
            context.RegisterOperationAction(static _ => { }, OperationKind.Invocation, OperationKind.ObjectCreation, OperationKind.SimpleAssignment, OperationKind.Try);
            context.RegisterSyntaxNodeAction(static _ => { }, SyntaxKind.StringLiteralExpression, SyntaxKind.InterpolatedStringText);
            context.RegisterSymbolAction(static _ => { }, SymbolKind.NamedType);
        }
    }
#pragma warning restore RS1036, RS1038
}
