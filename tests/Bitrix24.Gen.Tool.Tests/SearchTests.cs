using System.Text.Json;
using Bitrix24.Gen.Importer.Mcp;

namespace Bitrix24.Gen.Tool.Tests;

/// <summary>What assistants and people ask, in English, Russian, Russian in Latin letters and with typing errors: <c>searches.json</c> names the methods that answer it.</summary>
public sealed class SearchTests
{
    private const int Read = 3;
    private const double Enough = 0.92;

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
        Assert.True(all - missed.Count >= Enough * all, $"{missed.Count} of {all} missed\n{string.Join('\n', missed)}");
    }
}
