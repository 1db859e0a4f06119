using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Mcp;

namespace Bitrix24.Gen.Tool.Tests;

/// <summary>What assistants and people ask, in English, Russian, Russian in Latin letters and with typing errors: <c>searches.json</c> names the methods that answer it.</summary>
public sealed partial class SearchTests
{
    private const int Read = 3;
    private const double Enough = 0.92;

    // Specs change; the page is brought up to date when its figure is off by more.
    private const int Near = 7;

    [Fact]
    public void Method_that_is_meant_is_among_the_first_three()
    {
        using var table = JsonDocument.Parse(File.ReadAllText(RepositoryRoot.PathTo("tests", "Bitrix24.Gen.Tool.Tests", "searches.json")));
        var search = new SpecSearch(AssistantSession.Packaged);
        var missed = new List<string>();
        foreach (var row in table.RootElement.EnumerateArray())
        {
            var query = row.GetProperty("query").GetString()!;
            var expected = row.GetProperty("any").EnumerateArray().Select(static m => m.GetString()!).ToHashSet(StringComparer.OrdinalIgnoreCase);
            var found = search.Find(query, api: null, limit: Read).Select(static m => m.Method).ToList();
            if (!found.Exists(expected.Contains))
                missed.Add($"{query}: {string.Join(", ", found)}");
        }

        var all = table.RootElement.GetArrayLength();
        var page = File.ReadAllText(RepositoryRoot.PathTo("docs", "assistants.md"));
        var claimed = Claim().Match(page);
        Assert.Equal(all, int.Parse(claimed.Groups["all"].Value, CultureInfo.InvariantCulture));
        Assert.InRange(int.Parse(claimed.Groups["found"].Value, CultureInfo.InvariantCulture), all - missed.Count - Near, all - missed.Count + Near);
        Assert.True(all - missed.Count >= Enough * all, $"{missed.Count} of {all} missed\n{string.Join('\n', missed)}");
    }

    [GeneratedRegex(@"For (?<found>\d+) of the (?<all>\d+) questions", RegexOptions.None, 1000)]
    private static partial Regex Claim();
}
