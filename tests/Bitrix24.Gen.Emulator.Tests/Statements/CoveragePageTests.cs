using System.Globalization;
using System.Text;

namespace Bitrix24.Gen.Emulator.Tests.Statements;

/// <summary>docs/seed-coverage.md is what tests/Fixtures/seed-statements.tsv says; with BITRIX24_WRITE_DOCS=1 it is written.</summary>
public sealed class CoveragePageTests
{
    private static readonly string Page = RepositoryRoot.PathTo("docs", "seed-coverage.md");

    private static readonly Dictionary<string, string> Classes = new(StringComparer.Ordinal)
    {
        ["Vibe widgets"] = nameof(VibeWidgetStatements),
        ["BI connector"] = nameof(BIConnectorStatements),
        ["VibeCode"] = nameof(VibeCodeStatements),
        ["amoCRM widgets"] = nameof(AmoCrmWidgetStatements),
        ["Favourite blocks"] = nameof(FavoriteBlockStatements),
    };

    [Fact]
    public async Task Page_IsUpToDate()
    {
        var text = Text();
        if (Environment.GetEnvironmentVariable("BITRIX24_WRITE_DOCS") == "1")
            await File.WriteAllTextAsync(Page, text);
        Assert.Equal(text, await File.ReadAllTextAsync(Page));
    }

    [Fact]
    public void EveryStatement_IsThereOnce_AndWhatHoldsIsShownByATest()
    {
        Assert.Equal(Enumerable.Range(1, 371), Statement.All.Select(static s => s.Number));
        Assert.All(Statement.All, static s => Assert.True(s.Status is not "yes" || s.Check.Length > 0, $"{s.Number} has no check."));
        Assert.All(Statement.All, static s => Assert.True(s.Status is not "open", $"{s.Number} says not why it is open."));
    }

    private static string Text()
    {
        var page = new StringBuilder("""
            # The five documents that the project began with

            Generated from `tests/Fixtures/seed-statements.tsv` (`BITRIX24_WRITE_DOCS=1 dotnet test tests/Bitrix24.Gen.Emulator.Tests --filter CoveragePageTests`).
            Each statement says where it is enforced: T generated types, A analyzers, V `Validate()` and `b24-spec check`, E emulator;
            in lower case where it could be and is not. Where a place is not named, it has no say in the statement; [spec-notes.md](spec-notes.md)
            gives the reasons. The test is a case of the named class with the statement's number, which the analyzers (`StatementTests`) and the
            generated types (`TypedStatementTests`) run as well, or a test of its own, with the case of a theory in parentheses; each is checked to exist.


            """.ReplaceLineEndings("\n"));
        page.Append("| document | statements | yes | not applicable | in part |\n| --- | --- | --- | --- | --- |\n");
        foreach (var document in Statement.All.GroupBy(static s => s.Document).Append(Statement.All.GroupBy(static _ => "all").Single()))
        {
            page.Append(CultureInfo.InvariantCulture, $"| {document.Key} | {document.Count()} | {Count("yes")} | {Count("not applicable")} | {Count("in part")} |\n");

            int Count(string status) => document.Count(s => s.Status == status);
        }

        foreach (var document in Statement.All.GroupBy(static s => s.Document))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {document.Key}\n\nTests: `{Classes[document.Key]}`\n\n| | statement | where | | test or note |\n| --- | --- | --- | --- | --- |\n");
            foreach (var s in document)
            {
                var own = string.Join(", ", s.Checks.Where(static c => c.Length > 0)
                    .Select(static c => Statement.PartsOf(c) is ("test", [var name, ..]) ? $"`{name}`" : "case").Distinct());
                var note = string.Join("; ", new[] { own, Escaped(s.Note) }.Where(static t => t.Length > 0));
                page.Append(CultureInfo.InvariantCulture, $"| {s.Number} | {Escaped(s.Text)} | {s.Holds}{s.Missing.ToLowerInvariant()} | {s.Status} | {note} |\n");
            }
        }

        return page.ToString();
    }

    private static string Escaped(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("{{", "{ {", StringComparison.Ordinal);
}
