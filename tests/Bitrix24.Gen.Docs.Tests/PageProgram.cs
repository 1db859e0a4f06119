using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using Bitrix24.Gen.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Bitrix24.Gen.Docs.Tests;

/// <summary>Which usings the SDK gives a project.</summary>
internal enum ProjectKind
{
    Console,
    Web,
}

/// <summary>C# of a page or a template as a project that references the packages. It has no usings but those that the SDK gives and the code shows.</summary>
internal sealed class PageProgram
{
    private const string ConsoleUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http;
        global using System.Threading; global using System.Threading.Tasks;
        """;

    private const string WebUsings = ConsoleUsings + """
        global using System.Net.Http.Json; global using Microsoft.AspNetCore.Builder; global using Microsoft.AspNetCore.Hosting; global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing; global using Microsoft.Extensions.Configuration; global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting; global using Microsoft.Extensions.Logging;
        """;

    private const string DefaultClient = """[Bitrix24.Bitrix24Client("crm.deal", "crm.events", "crm.placements", "biconnector", "sale.delivery.handler", "bizproc.robot")] public partial class Portal;""";

    // What Bitrix24.Client brings, as far as a page needs it.
    private const string CompiledClient = """[Bitrix24.Bitrix24Client("crm.deal")] public partial class Bitrix24Portal;""";

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static p => Path.GetFileName(p) is var name && (name.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal)
                || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) || name.StartsWith("xunit.", StringComparison.Ordinal)
                || name is "Microsoft.Net.Http.Headers.dll" or "Bitrix24.Gen.AspNetCore.dll" or "Bitrix24.Gen.Emulator.dll" or "Bitrix24.Gen.Redis.dll"))
            .Select(static p => MetadataReference.CreateFromFile(p)),
    ];

    // What a page takes for given, where it does not declare it.
    private static readonly (string Name, string Type)[] Given =
    [
        ("portal", "Portal"), ("builder", "WebApplicationBuilder"), ("app", "WebApplication"), ("services", "IServiceCollection"), ("body", "byte[]"),
        ("applicationToken", "string"), ("accessToken", "string"), ("data", "System.Text.Json.JsonElement"), ("url", "string"), ("title", "string"),
        ("application", "Bitrix24.Bitrix24Application"), ("args", "string[]"), ("progress", "IProgress<Bitrix24.ListProgress>"), ("cancellationToken", "CancellationToken"),
        ("apiKey", "string"), ("tokenStore", "Bitrix24.ITokenStore"), ("clientId", "string"), ("clientSecret", "string"), ("applicationKey", "string"), ("code", "string"), ("crm", "Crm"),
    ];

    // What is of another type on one page.
    private static readonly Dictionary<string, Dictionary<string, string>> GivenOf = new(StringComparer.Ordinal)
    {
        ["docs/http-apis.md"] = new(StringComparer.Ordinal) { ["application"] = "Bitrix24.AmoCrmApplication" },
    };

    private static readonly ConcurrentDictionary<string, Lazy<PageProgram>> Compiled = new(StringComparer.Ordinal);

    private readonly IReadOnlyList<TestFile> _specs;

    public PageProgram(IEnumerable<string> sources, ProjectKind kind, IReadOnlyList<TestFile> specs, OutputKind output = OutputKind.DynamicallyLinkedLibrary)
    {
        _specs = specs;
        var compilation = GeneratorHarness.CreateCompilation([kind == ProjectKind.Web ? WebUsings : ConsoleUsings, .. sources], "Page", References);
        Output = GeneratorHarness.RunLean(compilation.WithOptions(compilation.Options.WithOutputKind(output)), specs).Output();
    }

    /// <summary>The project with what was generated in it.</summary>
    public CSharpCompilation Output { get; }

    /// <summary>Runs the compiled project; it is unloaded afterwards.</summary>
    public async Task RunAsync(Func<Assembly, Task> run)
    {
        using var image = new MemoryStream();
        var result = Output.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error)));
        image.Position = 0;
        var context = new AssemblyLoadContext("page", isCollectible: true);
        await run(context.LoadFromStream(image));
        context.Unload();
    }

    /// <summary>
    /// A page as a project, compiled once for all tests. Statements lie in the order of the page in the methods <c>Part0</c>, <c>Part1</c> … of the
    /// class <c>Page</c>, in one as long as no variable comes twice; those that are not run in <c>Other0</c> …
    /// </summary>
    public static PageProgram Of(string page) => Compiled.GetOrAdd(page, static p => new(() => Create(p))).Value;

    private static PageProgram Create(string page)
    {
        var blocks = Pages.Blocks(page).Where(static b => b is { Language: "csharp", Kind: not ("pulled" or "pulled file") }).ToList();
        var code = blocks.Where(static b => b.Kind != "file").ToList();
        var methods = "";
        var number = 0;
        for (var (start, end) = (0, 0); start < code.Count; start = end, number++)
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            var body = "";
            for (; end < code.Count && code[end].Runs == code[start].Runs && !code[end].Variables.Any(names.Contains); end++)
            {
                names.UnionWith(code[end].Variables);
                body += $"#line {code[end].Line + 1} \"{page}\"\n{code[end].Statements}\n";
            }

            var part = code[start..end];
            var parameters = Given.Select(g => (g.Name, Type: GivenOf.GetValueOrDefault(page)?.GetValueOrDefault(g.Name) ?? g.Type))
                .Where(g => part.Any(b => b.Used.Contains(g.Name)) && !part.Any(b => b.Declared.Contains(g.Name)))
                .Select(static g => $"{g.Type} {g.Name}");
            methods += $"public static async Task {(code[start].Runs ? "Part" : "Other")}{number}({string.Join(", ", parameters)})\n{{\nawait Task.CompletedTask;\n{body}}}\n";
        }

        var usings = code.SelectMany(static b => b.Usings).Distinct(StringComparer.Ordinal);
        var types = string.Concat(code.Where(static b => b.Types.Length > 0).Select(b => $"#line {b.Line + 1} \"{page}\"\n{b.Types}\n"));
        var client = blocks.Any(static b => b.IsClient) ? "" : blocks.Any(static b => b.Used.Contains("Bitrix24Portal")) ? CompiledClient : DefaultClient;
        // A page that shows a spec file of the user's means it to be in the project.
        var own = Pages.Blocks(page).Where(static b => b.Language == "json" && b.Kind.EndsWith(".b24.json", StringComparison.Ordinal)).Select(static b => new TestFile($"/project/{b.Kind}", b.Text, packaged: false));
        return new(
            [.. blocks.Where(static b => b.Kind == "file").Select(static b => b.Text), $"{string.Join('\n', usings)}\n{types}\n#line default\n{client}\ninternal static class Page\n{{\n{methods}}}\n"],
            code.Any(static b => b.Used.Contains("builder") || b.Used.Contains("app")) ? ProjectKind.Web : ProjectKind.Console,
            [.. PackagedFiles.All, .. own]);
    }

    public IReadOnlyList<string> Errors() =>
        [.. Output.GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error).Select(static d => d.ToString()).Take(10)];

    /// <summary>Errors and warnings of the package's analyzers: rule, message, line.</summary>
    public async Task<IReadOnlyList<string>> ReportedAsync() =>
        [.. (await DiagnosticsAsync()).Where(static d => d.Severity >= DiagnosticSeverity.Warning).Select(static d =>
            string.Create(CultureInfo.InvariantCulture, $"{d.Id} {d.GetMessage(CultureInfo.InvariantCulture)} (line {d.Location.GetMappedLineSpan().StartLinePosition.Line + 1})"))];

    /// <summary>All that the package's analyzers report.</summary>
    public async Task<IReadOnlyList<Diagnostic>> DiagnosticsAsync()
    {
        ImmutableArray<DiagnosticAnalyzer> analyzers = [new SpecFileAnalyzer(), new ClientAnalyzer(), new CallAnalyzer(), new SecretAnalyzer()];
        return await Output.WithAnalyzers(analyzers, new AnalyzerOptions([.. _specs], new TestOptions())).GetAnalyzerDiagnosticsAsync();
    }
}
