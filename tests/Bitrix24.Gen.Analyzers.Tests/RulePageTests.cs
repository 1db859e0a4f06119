using System.Text.RegularExpressions;
using Bitrix24.Gen.Analyzers.Tests.Harness;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;

namespace Bitrix24.Gen.Analyzers.Tests;

/// <summary>The pages in docs/rules: there is one a rule, and its examples do what it says.</summary>
public partial class RulePageTests
{
    public static TheoryData<string> Ids => [.. RuleCatalog.All.Select(static r => r.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_example_is_reported_and_the_fixed_one_is_not(string id)
    {
        var page = Page(id);

        Assert.Equal([id], (await ReportedAsync(Section(page, "Example"), id)).Distinct());
        Assert.Empty(await ReportedAsync(Section(page, "Fix"), id));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_page_says_what_the_rule_is_and_how_to_configure_it(string id)
    {
        var rule = RuleCatalog.Find(id)!;
        var page = Page(id);

        Assert.StartsWith($"# {id}: {rule.Title}\n", page, StringComparison.Ordinal);
        Assert.Contains($"\nSeverity: {rule.Severity}.", page, StringComparison.Ordinal);
        Assert.InRange(Section(page, "When to suppress").Trim().Length, 30, 300);
        Assert.Contains($"dotnet_diagnostic.{id}.severity = ", Section(page, "Configure"), StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_no_page_of_another_rule() => Assert.Equal(
        RuleCatalog.All.Select(static r => r.Id),
        Directory.EnumerateFiles(RepositoryRoot.PathTo("docs", "rules"), "*.md").Select(Path.GetFileNameWithoutExtension).Where(static n => n != "README").Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("README.md", "docs/rules/")]
    [InlineData("docs/rules/README.md", "")]
    public void The_tables_list_every_rule(string file, string folder)
    {
        var table = File.ReadAllText(RepositoryRoot.PathTo(file.Split('/')));

        Assert.All(RuleCatalog.All, rule =>
            Assert.Contains($"| [{rule.Id}]({folder}{rule.Id}.md) | {rule.Title} | {rule.Severity} |", table, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Descriptors_say_what_the_catalogue_says(string id)
    {
        var rule = RuleCatalog.Find(id)!;
        var descriptor = Descriptors.Find(id)!;

        Assert.Equal(rule.Title, descriptor.Title.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(rule.Severity.ToString(), descriptor.DefaultSeverity.ToString());
        Assert.Equal(RuleIds.Pages + id + ".md", descriptor.HelpLinkUri);
        Assert.True(Uri.TryCreate(descriptor.HelpLinkUri, UriKind.Absolute, out _));
        Assert.Contains(Analysis.Analyzers, a => a.SupportedDiagnostics.Contains(descriptor));
    }

    private static string Page(string id) => File.ReadAllText(RepositoryRoot.PathTo("docs", "rules", id + ".md"));

    private static string Section(string page, string heading)
    {
        var start = page.IndexOf($"\n## {heading}\n", StringComparison.Ordinal);
        Assert.True(start >= 0, heading);
        var end = page.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return end < 0 ? page[start..] : page[start..end];
    }

    /// <summary>The ids reported for the code of a section: a spec file, C# statements or a client class, alone or together.</summary>
    private static async Task<IEnumerable<string>> ReportedAsync(string section, string id)
    {
        var blocks = Block().Matches(section).ToLookup(static m => m.Groups["kind"].Value, static m => m.Groups["code"].Value);
        var specs = blocks["json"].Select(static j => SpecText.Own("/project/notes.b24.json", j));
        var code = blocks["csharp"].SingleOrDefault() ?? "";
        var source = code.Contains("[Bitrix24Client", StringComparison.Ordinal) ? code : Sample.Statements(code);
        // What collides with generated types has to be compiled together with them.
        if (id == RuleIds.TypeCollision)
            return Ids(await Analysis.RunAsync(Analysis.Generate(Analysis.Compile([("Portal.cs", Sample.RawUsings + Sample.TypedPortal), ("Sample.cs", code)]), SpecText.OfRepository), SpecText.OfRepository));
        if (id == RuleIds.DuplicateType)
            return Ids(await Analysis.RunAsync(Analysis.CompileBesideClient([("Sample.cs", code)]), SpecText.OfRepository));
        var compilation = Analysis.CompileTyped([("Sample.cs", source)]);
        if (id != RuleIds.ClientNotExtendable)
            Verify.AssertCompiles(compilation, "Sample.cs");
        return Ids(await Analysis.RunAsync(compilation, [.. SpecText.OfRepository, .. specs]));

        static IEnumerable<string> Ids(IEnumerable<Diagnostic> found) => found.Select(static d => d.Id);
    }

    [GeneratedRegex("```(?<kind>json|csharp)\n(?<code>.*?)```", RegexOptions.Singleline, 1000)]
    private static partial Regex Block();
}
