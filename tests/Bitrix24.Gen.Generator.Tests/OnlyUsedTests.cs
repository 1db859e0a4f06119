using System.Text.RegularExpressions;
using Bitrix24.Gen.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Steps = Bitrix24.Gen.Generator.Bitrix24Generator.Steps;

namespace Bitrix24.Gen.Generator.Tests;

/// <summary>Builds with <c>Bitrix24GenerateOnlyUsed</c> emit what the words of the project name, and what that needs.</summary>
public partial class OnlyUsedTests
{
    private const string Usings = "using System; using System.Collections.Generic; using System.Threading.Tasks; using Bitrix24; using Bitrix24.BiConnector; using Bitrix24.Crm; using Bitrix24.Im;\n";

    private const string Client = "[Bitrix24Client(\"biconnector\", \"crm\", \"im\", \"sale\")] internal partial class Portal;\n[VibeCodeClient(\"deals\", \"batch\")] internal partial class Vibe;\n";

    // What a few lines use; names at random are taken from all of it.
    private const string SmallClient = "[Bitrix24Client(\"biconnector\", \"crm.deal\", \"crm.events\", \"im.message\")] internal partial class Portal;\n[VibeCodeClient(\"deals\", \"batch\")] internal partial class Vibe;\n";

    private static readonly IReadOnlyList<TestFile> Specs = PackagedFiles.All;

    private static readonly Lazy<IReadOnlyDictionary<string, string>> Everything = new(static () => Run("", onlyUsed: false).Sources);

    private static GeneratorHarness Run(string code, bool onlyUsed = true, params IEnumerable<TestFile> others) =>
        GeneratorHarness.RunLean(Usings + Client + code, [.. Specs, .. others, .. onlyUsed ? [PackagedFiles.OnlyUsed] : Array.Empty<TestFile>()]);

    private static string Text(GeneratorHarness harness) => string.Concat(harness.Sources.Values);

    private static IReadOnlyList<string> Errors(GeneratorHarness harness) =>
        [.. harness.Output().GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error).Select(static d => d.ToString()).Take(20)];

    // That generated code compiles is shown with names at random.
    private static IReadOnlyList<string> ErrorsOfTheUser(GeneratorHarness harness) =>
    [
        .. harness.Output().GetSemanticModel(harness.Compilation.SyntaxTrees.Single()).GetDiagnostics()
            .Where(static d => d.Severity == DiagnosticSeverity.Error).Select(static d => d.ToString()).Take(20),
    ];

    [Fact]
    public void What_is_not_named_is_not_emitted()
    {
        var used = Text(Run("static class Work { static async Task<string?> Run(Portal portal) => (await portal.Crm.Deal.GetAsync(5)).Title; }"));

        Assert.Contains(" GetAsync(", used, StringComparison.Ordinal);
        Assert.Contains("class DealGetRequest", used, StringComparison.Ordinal);
        Assert.DoesNotContain("class DealAddRequest", used, StringComparison.Ordinal);
        Assert.DoesNotContain(" AddAsync(", used, StringComparison.Ordinal);
        Assert.DoesNotContain("class Contact ", used, StringComparison.Ordinal);
        Assert.DoesNotContain("struct DealFilter", used, StringComparison.Ordinal);
        // Calls by name are checked as before, and a record is whole.
        Assert.Contains("\"crm.deal.add\"", used, StringComparison.Ordinal);
        Assert.Equal(Class(string.Concat(Everything.Value.Values), "Deal"), Class(used, "Deal"));
        Assert.True(used.Length * 2 < Everything.Value.Values.Sum(static s => s.Length));
    }

    [Fact]
    public void Where_everything_is_named_the_text_is_that_of_everything()
    {
        var words = Words().Matches(string.Concat(Everything.Value.Values)).Select(static m => m.Value).Distinct();
        Assert.Equal(Everything.Value, Run($"// {string.Join(' ', words)}\n").Sources);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_is_named_compiles_and_a_second_run_gives_the_same(int seed)
    {
        var random = new Random(seed);
        var names = Declared().Matches(string.Concat(Everything.Value.Values)).Select(static m => m.Groups[1].Value).Distinct().ToList();
        var code = $"// {string.Join(' ', names.Where(_ => random.Next(40) == 0))}\n";
        var harness = Run(code);

        Assert.Empty(Errors(harness));
        Assert.Equal(harness.Sources, Run(code).Sources);
        Assert.Equal(Everything.Value.Keys.Order(), harness.Sources.Keys.Order());
    }

    [Theory]
    [InlineData("namespace Bitrix24.Crm { partial class Deal { public string Shown => $\"{Id} {Title}\"; } }")]
    [InlineData("namespace Bitrix24.Crm { partial class DealClient { public Task<Deal> First() => _client.SendAsync(new DealGetRequest { Id = 1 }); } } static class Use { static object Run(Portal p) => p.Crm.Deal.First(); }")]
    [InlineData("static class Use { static object Run(Portal p) { var deals = p.Crm.Deal; return deals; } }")]
    [InlineData("static class Use { static object Run(Portal p) => p.CreateBatch().Add(new DealListRequest()); }")]
    [InlineData("static class Use { static object Run(Portal p) => p.Crm.Deal.ListAsync(q => q.Where(d => d.Id > 5 & d.Title == \"x\").Select(d => d.Id).OrderBy(d => d.Id)); }")]
    [InlineData("static class Use { static Filter Run(DealFilter f) => f.Title.Like(\"a%\"); }")]
    [InlineData("static class Use { static object Run() => DatasetFieldType.Int; }")]
    [InlineData("static class Use { static object Run() => new Keyboard { BotId = 4 }.AddLink(\"Open\", \"https://example.com\").AddNewLine(); }")]
    [InlineData("static class Use { static string Run() => BiConnectorErrors.SourceNotFound + CrmEvents.CrmDealAdd; }")]
    [InlineData("static class Use { static object? Run(CrmDealAddEvent e) => e.Data.Fields.Id; }")]
    [InlineData("static class Use { static object Run(Vibe v) => v.Deals.CreateManyAsync([new() { Title = \"Roof\" }]); }")]
    [InlineData("static class Use { static object Run(Portal p) => p.Crm.De\\u0061l.Get\\u0041sync(5); }")]
    [InlineData("static class Use { static object Run(Portal p) => p.Crm.De\\U00000061l.Get\\U00000041sync(5); }")]
    public void Code_that_compiles_with_everything_compiles_with_what_it_uses(string code)
    {
        Assert.Empty(ErrorsOfTheUser(GeneratorHarness.RunLean(Usings + SmallClient + code, Specs)));
        Assert.Empty(ErrorsOfTheUser(GeneratorHarness.RunLean(Usings + SmallClient + code, [.. Specs, PackagedFiles.OnlyUsed])));
    }

    [Fact]
    public void Fakes_of_interfaces_compile()
    {
        const string Fake =
            """
            using System.Threading; using System.Threading.Tasks; using Bitrix24; using Bitrix24.BiConnector;
            [Bitrix24Client("biconnector.dataset", Interfaces = true)] internal partial class Portal;
            class Fields(int id) { public Task<Dataset> Read(IPortal portal) => portal.BiConnector.Dataset.GetAsync(id); }
            """;
        var harness = GeneratorHarness.RunLean(Fake, [.. Specs, PackagedFiles.OnlyUsed]);
        Assert.Empty(Errors(harness));
        Assert.DoesNotContain("AddAsync", Text(harness), StringComparison.Ordinal);
    }

    [Fact]
    public void Words_of_razor_files_count()
    {
        var razor = new TestFile("/project/Deal.razor", "@((await Portal.Crm.Deal.GetAsync(5)).Title)");
        Assert.Contains("class DealGetRequest", Text(Run("", others: [razor])), StringComparison.Ordinal);
        Assert.DoesNotContain("class DealGetRequest", Text(Run("")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public partial class Portal;", OutputKind.DynamicallyLinkedLibrary, true, true)]
    [InlineData("public partial class Portal;", OutputKind.ConsoleApplication, false, true)]
    [InlineData("internal partial class Portal;", OutputKind.DynamicallyLinkedLibrary, false, false)]
    [InlineData("partial class Portal;", OutputKind.ConsoleApplication, false, false)]
    [InlineData("internal partial class Portal; // InternalsVisibleTo", OutputKind.DynamicallyLinkedLibrary, true, true)]
    [InlineData("internal partial class Portal; class All { object Of => typeof(All).Assembly.GetTypes(); }", OutputKind.ConsoleApplication, true, true)]
    public void Clients_that_unknown_code_may_use_have_everything(string client, OutputKind kind, bool all, bool allByDefault)
    {
        var compilation = GeneratorHarness.CreateCompilation(["[Bitrix24.Bitrix24Client(\"biconnector\")] " + client]);
        foreach (var (marker, expected) in new[] { (PackagedFiles.OnlyUsed, all), (PackagedFiles.OnlyUsedOfInternal, allByDefault) })
        {
            var harness = GeneratorHarness.RunLean(compilation.WithOptions(compilation.Options.WithOutputKind(kind)), [.. Specs, marker]);
            Assert.Equal(expected, Text(harness).Contains("class DatasetGetRequest", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Editors_have_everything_and_no_keystroke_reads_words()
    {
        var other = new TestFile("/project/stylecop.json", "{}");
        var harness = GeneratorHarness.Run(Usings + Client, [.. Specs, other]);
        Assert.Equal(Everything.Value, harness.Sources);

        harness.EditSource(static c => c.AddSyntaxTrees(GeneratorHarness.Parse("class Other { int X => 1; }")));
        Assert.False(harness.Result.TrackedSteps.ContainsKey(Steps.Words));
        Assert.All(harness.Result.TrackedSteps[Steps.Plan].SelectMany(static s => s.Outputs), static o => Assert.Equal(IncrementalStepRunReason.Cached, o.Reason));
    }

    private static string Class(string text, string name) => text.Split($"class {name} ", 2)[1].Split("\n}", 2)[0];

    [GeneratedRegex(@"\w+")]
    private static partial Regex Words();

    [GeneratedRegex(@"(?:class |struct |public [\w.:<>?, ]+ )(\w+)(?= :|\(| => |\n| \{ get; \} = new\()")]
    private static partial Regex Declared();
}
