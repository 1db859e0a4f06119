namespace Bitrix24.Gen.Docs.Tests;

/// <summary>All C# of all pages compiles with no more usings than a page shows, and the analyzers report in it what the page says and nothing else.</summary>
public sealed class PageCodeTests
{
    public static TheoryData<string> PagesWithCode => [.. Pages.All.Where(static p => Pages.Blocks(p).Any(static b => b is { Language: "csharp", Kind: not ("pulled" or "pulled file") }))];

    [Theory]
    [MemberData(nameof(PagesWithCode))]
    public async Task Code_compiles_and_is_reported_as_the_page_says(string page)
    {
        var program = PageProgram.Of(page);

        Assert.Equal([], program.Errors());
        var expected = Pages.Blocks(page).SelectMany(static b => b.ExpectedDiagnostics).Order(StringComparer.Ordinal).ToList();
        var reported = (await program.ReportedAsync()).Select(r => expected.Contains(r[..6]) ? r[..6] : r).Order(StringComparer.Ordinal).ToList();
        Assert.True(expected.SequenceEqual(reported), string.Join('\n', reported));
    }
}
