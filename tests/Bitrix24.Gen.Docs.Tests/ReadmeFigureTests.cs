using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Bitrix24.Gen.Docs.Tests;

/// <summary>A figure of the README is that of the page that says where it comes from; numbers of methods are those of the specs.</summary>
public sealed partial class ReadmeFigureTests
{
    // Long lists, in which any number occurs.
    private static readonly string[] Lists = ["docs/coverage.md", "docs/emulator-coverage.md", "docs/documentation-issues.md", "docs/seed-coverage.md"];

    [Fact]
    public void Figures_stand_on_a_page()
    {
        var pages = Pages.All.Where(static p => p.StartsWith("docs/", StringComparison.Ordinal) && !Lists.Contains(p)).SelectMany(static p => Figures(Pages.Read(p))).ToHashSet(StringComparer.Ordinal);

        var figures = Figures(Pages.Read("README.md")).ToList();

        Assert.True(figures.Count > 20, "figures are no longer found");
        Assert.All(figures, f => Assert.True(pages.Contains(f), $"{f} is on no page of docs/"));
    }

    [Fact]
    public void Methods_are_counted()
    {
        var (v2, v3) = (Methods("bitrix24"), Methods("bitrix24-v3"));

        Assert.Contains(Text(v2) + " methods of REST 2.0", Pages.Read("README.md"), StringComparison.Ordinal);
        Assert.Contains(Text(v2 + v3) + " of Bitrix24 in both versions", Pages.Read("README.md"), StringComparison.Ordinal);
    }

    private static string Text(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static int Methods(string api) => RepositorySpecs.Paths(api).SelectMany(static path =>
    {
        using var file = JsonDocument.Parse(File.ReadAllText(path));
        return file.RootElement.TryGetProperty("methods", out var methods) ? methods.EnumerateObject().Select(static m => m.Name).ToList() : [];
    }).Distinct(StringComparer.Ordinal).Count();

    // 1,577; 166; 93.1 %; 0.65. Small whole numbers are no figures.
    private static IEnumerable<string> Figures(string page) => Figure().Matches(Code().Replace(page, "")).Select(static m => m.Value);

    [GeneratedRegex(@"(?<![\w.,/:-])(?:\d{1,3}(?:,\d{3})+|\d{3,}|\d+\.\d+)(?![\w-]|[.,]\d)", RegexOptions.None, 1000)]
    private static partial Regex Figure();

    [GeneratedRegex(@"^```.*?^```$|`[^`\n]*`|\]\([^)]*\)", RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Code();
}
