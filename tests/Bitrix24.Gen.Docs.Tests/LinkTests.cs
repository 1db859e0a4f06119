using System.Text.RegularExpressions;

namespace Bitrix24.Gen.Docs.Tests;

/// <summary>Links between pages lead somewhere, also to headings, and the index names every page.</summary>
public sealed partial class LinkTests
{
    public static TheoryData<string> All => [.. Pages.All.Append("docs/llms.txt")];

    [Theory]
    [MemberData(nameof(All))]
    public void Links_lead_somewhere(string page)
    {
        var folder = Path.GetDirectoryName(RepositoryRoot.PathTo(page))!;
        foreach (var link in Link().Matches(Fences().Replace(Pages.Read(page), "")).Select(static m => m.Groups[1].Value).Where(static l => !l.Contains(':', StringComparison.Ordinal)))
        {
            var (path, anchor) = link.Split('#') is [var p, var a] ? (p, a) : (link, "");
            var target = path.Length == 0 ? RepositoryRoot.PathTo(page) : Path.Combine(folder, path);
            Assert.True(Path.Exists(target), link);
            if (anchor.Length > 0)
                Assert.True(Heading().Matches(File.ReadAllText(target).ReplaceLineEndings("\n")).Any(h => Anchor(h.Groups[1].Value) == anchor), link);
        }
    }

    [Fact]
    public void The_index_names_every_page()
    {
        var index = Pages.Read("docs/README.md");
        var pages = Pages.All.Where(static p => p.StartsWith("docs/", StringComparison.Ordinal)).Select(static p => p["docs/".Length..])
            .Where(static p => p is not ("README.md" or "index.md") && !p.StartsWith("decisions/0", StringComparison.Ordinal) && !p.StartsWith("skills/", StringComparison.Ordinal));
        Assert.All(pages, p => Assert.Contains($"({p})", index, StringComparison.Ordinal));
    }

    // As GitHub and docfx make it.
    private static string Anchor(string heading) =>
        string.Concat(heading.Trim().ToLowerInvariant().Where(static c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-');

    [GeneratedRegex("\\]\\(([^)\\s]+)\\)", RegexOptions.None, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (.*)$", RegexOptions.Multiline, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex("^```.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Fences();
}
