using System.Text;
using Bitrix24.Gen.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Bitrix24.Gen.Analyzers.Tests;

/// <summary>Misuse of raw and typed calls beside right use, by rule, in many forms of C#: what is marked is reported and nothing else.</summary>
public class MisuseTests
{
    private const string Usings = Sample.RawUsings + """
        global using Bitrix24.BiConnector;
        global using Bitrix24.Catalog;
        global using Bitrix24.Crm;
        global using Bitrix24.Sale;

        """;

    private const string Portal = """
        [Bitrix24Client("biconnector", "calendar", "catalog", "crm.deal", "crm.item", "im.search", "imopenlines.session", "placement", "sale.order", "sale.status")]
        public partial class Portal;

        [Bitrix24Client("im.search", Scopes = ["crm"])]
        public partial class Scoped;

        namespace Microsoft.AspNetCore.Builder
        {
            public sealed class Bitrix24ApplicationEndpoints<TClient>
            {
                public void On(string code, Func<TClient, Task> handler) { }
            }
        }
        """;

    private static readonly IReadOnlyList<(string Rule, string Text)> Statements = [.. Read()];

    // One compilation for all: a client of so many areas takes seconds to compile.
    private static readonly Lazy<Task<ILookup<string, string>>> Reported = new(AnalyzeAsync);

    public static TheoryData<int, string, string> Cases
    {
        get
        {
            var data = new TheoryData<int, string, string>();
            for (var i = 0; i < Statements.Count; i++)
                data.Add(i, Statements[i].Rule, Statements[i].Text);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Exactly_what_is_marked_is_reported(int index, string rule, string statement)
    {
        var markup = Markup.Parse(statement);
        var expected = markup.Marks.Select(m => $"{m.Id} {markup.Text[m.Span.Start..m.Span.End]}").Order(StringComparer.Ordinal);
        var found = (await Reported.Value)[FileOf(index)].Where(r => r[0] != 'I' || r.StartsWith($"I {rule}", StringComparison.Ordinal)).Select(static r => r[2..]);

        Assert.Equal(expected, found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_rule_has_misuse_and_right_use() => Assert.All(
        Statements.GroupBy(static s => s.Rule),
        static rule => Assert.True(rule.Any(s => s.Text.Contains("{|" + rule.Key, StringComparison.Ordinal)) && rule.Any(static s => !s.Text.Contains("{|B24", StringComparison.Ordinal)), rule.Key));

    private static string FileOf(int index) => $"Case{index}.cs";

    private static async Task<ILookup<string, string>> AnalyzeAsync()
    {
        var sources = Statements.Select(static (s, i) => (FileOf(i), Source(i, Markup.Parse(s.Text).Text)));
        var specs = SpecText.All("bitrix24");
        var compilation = Analysis.Generate(Analysis.Compile([("Usings.cs", Usings), ("Portal.cs", Portal), .. sources]), specs);
        var errors = string.Join("\n", compilation.GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error));
        Assert.True(errors.Length == 0, errors);
        return (await Analysis.RunAsync(compilation, specs)).ToLookup(
            static d => d.Location.SourceTree!.FilePath,
            static d => $"{d.Severity.ToString()[0]} {d.Id} {d.Location.SourceTree!.GetText().ToString(d.Location.SourceSpan)}");
    }

    private static string Source(int index, string statement) => $$"""
        public static class Case{{index}}
        {
            private const string C = "user.current";

            public static async Task RunAsync(
                Portal portal, Scoped scoped, Microsoft.AspNetCore.Builder.Bitrix24ApplicationEndpoints<Scoped> endpoints, int id, string text, bool flag)
            {
                {{statement}}
                await Task.CompletedTask;
            }
        }
        """;

    private static IEnumerable<(string Rule, string Text)> Read()
    {
        var rule = "";
        foreach (var line in File.ReadLines(RepositoryRoot.PathTo("tests", "Fixtures", "misuse.txt"), Encoding.UTF8))
        {
            if (line.StartsWith("# B24", StringComparison.Ordinal))
                rule = line[2..];
            else if (line.Length > 0 && line[0] != '#')
                yield return (rule, line);
        }
    }
}
