using Bitrix24.Gen.Importer.Markdown;

namespace Bitrix24.Gen.Importer.Tests;

public class FuzzTests
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
}
