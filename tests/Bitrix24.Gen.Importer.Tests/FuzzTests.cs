using System.Globalization;
using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Markdown;
using Bitrix24.Gen.Importer.Reporting;

namespace Bitrix24.Gen.Importer.Tests;

public partial class FuzzTests
{
    private const int Rounds = 1500;

    private static readonly string Page = Docs.Text(
        "shop.box.add",
        "#|\n|| **Name**\n`type` | **Description** ||\n|| **fields***\n[`object`](t.md) | See [below](#fields):\n- `a` — one\n- `b` — two\n\n```\n{ a: 1 }\n```\n ||\n|#\n\n### Parameter fields {#fields}\n\n#|\n|| **title***\n[`string \\| null`](t.md) | Up to `5` characters ||\n|| **items[].id**\n[`integer[]`](t.md) | From 1 to 5. ||\n|#",
        """{"fields": {"title": "x"}}""",
        """{"result": {"items": [{"id": 1}], "n": null}}""",
        "## Error Handling\n\n{% note warning \"x\" %}\n\ntext\n\n{% endnote %}\n\n#|\n|| **Code** | **Description** ||\n|| `A` | `b` ||\n|#");

    [Fact]
    public void MangledPages_NeverThrow_AndReadBackClean()
    {
        var random = new Random(20260101);
        for (var round = 0; round < Rounds; round++)
        {
            var text = Mangle(random, Page);
            var docs = Docs.Import((Docs.FileOf("shop.box.add"), text));
            var problems = docs.Documents.SelectMany(static d => d.Diagnostics).Concat(docs.Set.Diagnostics).ToArray();
            Assert.True(problems.Length == 0, $"round {round}: {problems.FirstOrDefault()?.Message}\n{text}");
        }
    }

    [Fact]
    public void MangledTables_LoseNoText()
    {
        var random = new Random(7);
        for (var round = 0; round < Rounds; round++)
        {
            var reader = new YfmReader();
            var lines = "#|\n|| **Name** | **Text** ||\n|| w1 | w2 ||\n|| w3 | w4\nw5 ||\n|#\n\nw6".Split('\n').ToList();
            lines.RemoveAt(random.Next(lines.Count));
            var text = string.Join('\n', lines);
            var seen = string.Join(' ', Texts(reader.Read(text)));
            foreach (var word in Enumerable.Range(1, 6).Select(static n => "w" + n).Where(w => text.Contains(w, StringComparison.Ordinal)))
                Assert.True(seen.Contains(word, StringComparison.Ordinal) || reader.Problems.Count > 0, $"{word} is lost in:\n{text}");
        }
    }

    /// <summary>What a table lists stands in the specs, or in the report: as a name there, in a note, or under a page that was skipped.</summary>
    [Fact]
    public void MangledPages_LoseNoName()
    {
        var random = new Random(20260102);
        string[] names = ["fields", "title", "items[].id"];
        var (inSpecs, inNotes) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var text = Mangle(random, Page);
            var docs = Docs.Import((Docs.FileOf("shop.box.add"), text));
            var report = ImportReport.Create(docs.Result, [], ExampleCheck.Run(docs.Set, docs.Result.Methods), MutationReport.None, [], []);
            if (report.MethodPages.Count == 0)
            {
                Assert.NotEmpty(report.Skipped);
                continue;
            }

            var specs = string.Join('\n', docs.Documents.Select(static d => d.Text));
            var all = report.MethodPages.SelectMany(static p => p.Notes).ToArray();
            var notes = string.Join('\n', all.Select(static n => n.Message));
            var unended = all.Select(static n => (From: n.Line, To: ToLinePattern().Match(n.Message))).Where(static n => n.To.Success)
                .Select(static n => (n.From, To: int.Parse(n.To.Groups["line"].Value, CultureInfo.InvariantCulture))).ToArray();
            foreach (var match in NamePattern().Matches(text).Where(m => names.Contains(m.Groups["name"].Value, StringComparer.Ordinal)))
            {
                var name = match.Groups["name"].Value;
                var line = text.AsSpan(0, match.Index).Count('\n') + 1;
                var last = name[(name.LastIndexOf('.') + 1)..];
                if (specs.Contains($"\"{last}\"", StringComparison.Ordinal))
                    inSpecs++;
                else if (notes.Contains(last, StringComparison.Ordinal) || Array.Exists(unended, u => u.From <= line && line <= u.To))
                    inNotes++;
                else
                    Assert.Fail($"round {round}: '{name}' is lost in:\n{text}\nnotes: {notes}");
            }
        }

        Assert.True(inSpecs > 1000 && inNotes > 50, $"{inSpecs} names in specs, {inNotes} in notes: too few to show anything.");
    }

    private static IEnumerable<string> Texts(IEnumerable<Block> blocks) => blocks.SelectMany(static b => b switch
    {
        Table table => table.Rows.SelectMany(static r => r.Cells).Select(static c => c.Text),
        Paragraph paragraph => [paragraph.Text],
        Heading heading => [heading.Text],
        _ => [],
    });

    private static string Mangle(Random random, string page)
    {
        var text = page;
        for (var cut = random.Next(1, 5); cut > 0; cut--)
        {
            var at = random.Next(text.Length);
            text = random.Next(5) switch
            {
                0 => text.Remove(at, Math.Min(random.Next(1, 40), text.Length - at)),
                1 => text.Insert(at, "||"),
                2 => text.Insert(at, "```\n"),
                3 => text.Insert(at, "\n#|\n"),
                _ => text.Insert(at, text.Substring(random.Next(text.Length / 2), random.Next(1, 60))),
            };
        }

        return text;
    }

    // The name cell of a row that begins where rows begin.
    [GeneratedRegex(@"^\|\| (\*\*(?<name>[^*\n]+)\*+)", RegexOptions.Multiline)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"to line (?<line>\d+)\.$")]
    private static partial Regex ToLinePattern();
}
