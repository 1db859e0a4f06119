using System.Text.RegularExpressions;
using Bitrix24.Gen.Emulator.State;

namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>Each key that state files may have is in the schema and explained in docs/spec-format.md, and no other.</summary>
public partial class StateKeyTests
{
    private static readonly JsonObject Schema = (JsonObject)JsonNode.Parse(File.ReadAllText(RepositoryRoot.PathTo("specs", "b24.state.schema.json")))!;

    public static TheoryData<string> Owners => [.. StateKeys.All.Keys];

    [Theory]
    [MemberData(nameof(Owners))]
    public void TheSchema_HasTheKeysThatAreRead(string owner)
    {
        var definition = owner == "file" ? Schema : (JsonObject)Schema["$defs"]![owner]!;
        Assert.False((bool)definition["additionalProperties"]!);
        Assert.Equal(
            StateKeys.All[owner].Order(StringComparer.Ordinal),
            ((JsonObject)definition["properties"]!).Select(static p => p.Key).Order(StringComparer.Ordinal));
    }

    /// <summary>A key has a row in the table of what has it, and no row explains a key that the reader refuses.</summary>
    [Theory]
    [InlineData("| key | value |", "file")]
    [InlineData("| key of a store | value |", "store")]
    [InlineData("| key of a method | value |", "method")]
    public void ThePage_HasATableOfTheKeysThatAreRead(string header, string owner) => Assert.Equal(
        Explained(owner),
        Rows(header).SelectMany(static r => Word().Matches(r.Split('|')[1]).Select(static m => m.Groups[1].Value)).Order(StringComparer.Ordinal));

    /// <summary>The keys of an object that a key takes are explained where that key is.</summary>
    [Theory]
    [InlineData("| key of a store | value |", "links", "link")]
    [InlineData("| key of a store | value |", "events", "events")]
    [InlineData("| key of a store | value |", "robots", "robots")]
    [InlineData("| key of a method | value |", "refuse", "refusal")]
    [InlineData("| key of a method | value |", "upload", "upload")]
    public void TheRowOfAKey_ExplainsTheKeysOfItsObjects(string header, string key, string owner)
    {
        var row = Assert.Single(Rows(header), r => r.StartsWith($"| `{key}` ", StringComparison.Ordinal));
        Assert.All(Explained(owner), k => Assert.True(IsNamed(row, k), k));
        if (Listed().Match(row) is { Success: true } list)
            Assert.Equal(Explained(owner), Quoted().Matches(list.Value).Select(static m => m.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void TheSectionOfErrors_ExplainsTheKeysThatAreRead()
    {
        var section = Page[Page.IndexOf("\n### What documented errors are about\n", StringComparison.Ordinal)..];
        Assert.All(Explained("error"), k => Assert.True(IsNamed(section, k), k));
    }

    private static string Page
    {
        get
        {
            var page = File.ReadAllText(RepositoryRoot.PathTo("docs", "spec-format.md"));
            return page[page.IndexOf("\n## State\n", StringComparison.Ordinal)..page.IndexOf("\n## Patterns\n", StringComparison.Ordinal)];
        }
    }

    // What may stand anywhere is said once.
    private static IEnumerable<string> Explained(string owner) => StateKeys.All[owner].Where(static k => k is not ("comment" or "$schema")).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Rows(string header)
    {
        var lines = Page.Split('\n');
        return lines.SkipWhile(l => l != header).Skip(2).TakeWhile(static l => l.StartsWith('|'));
    }

    private static bool IsNamed(string text, string key) =>
        text.Contains($"`{key}`", StringComparison.Ordinal) || text.Contains($"\"{key}\"", StringComparison.Ordinal);

    [GeneratedRegex("`([A-Za-z]+)`", RegexOptions.None, 1000)]
    private static partial Regex Word();

    [GeneratedRegex("`\\{ (\"[a-z]+\"(, )?)+ \\}`", RegexOptions.None, 1000)]
    private static partial Regex Listed();

    [GeneratedRegex("\"([a-z]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Quoted();
}
