using System.Diagnostics;

namespace Bitrix24.Gen.Importer.Tests;

/// <summary>Pages that are wrong in a way of their own: links in circles, headings twice, what begins and never ends, much of everything.</summary>
public class BrokenPageTests
{
    private const string Header = "#|\n|| **Name**\n`type` | **Description** ||\n";
    private const int Many = 3000;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public static TheoryData<string, string> Pages => new()
    {
        { "a table that refers to itself", Header + "|| **fields**\n[`object`](t.md) | See [below](#box) ||\n|#\n\n### Box {#box}\n\n" + Header + "|| **child**\n[`object`](t.md) | See [above](#box) ||\n|| **title**\n[`string`](t.md) | Title ||\n|#" },
        { "two tables that refer to each other", Header + "|| **fields**\n[`object`](t.md) | See [a](#a) ||\n|#\n\n### A {#a}\n\n" + Header + "|| **b**\n[`object[]`](t.md) | See [b](#b) ||\n|#\n\n### B {#b}\n\n" + Header + "|| **a**\n[`object[]`](t.md) | See [a](#a) ||\n|#" },
        { "a heading twice", Header + "|| **fields**\n[`object`](t.md) | See [below](#box) ||\n|#\n\n### Box {#box}\n\n" + Header + "|| **title**\n[`string`](t.md) | Title ||\n|#\n\n### Box {#box}\n\n" + Header + "|| **size**\n[`integer`](t.md) | Size ||\n|#" },
        { "a row twice", Header + "|| **fields**\n[`object`](t.md) | Fields ||\n|| **fields**\n[`integer`](t.md) | Number ||\n|#" },
        { "a table without an end", Header + "|| **fields**\n[`object`](t.md) | Fields ||\n|| **title**\n[`string`](t.md) | Title" },
        { "a fence without an end", Header + "|| **fields**\n[`object`](t.md) | Fields:\n\n```js\n{ a: 1 ||\n|#" },
        { "a note without an end", "{% note warning \"x\" %}\n\n" + Header + "|| **fields**\n[`object`](t.md) | Fields ||\n|#" },
        { "tabs without an end", "{% list tabs %}\n\n- cURL\n\n    ```bash\n    curl\n\n" + Header + "|| **fields**\n[`object`](t.md) | Fields ||\n|#" },
        { "an include of the page itself", "{% include [x](shop-box-add.md) %}\n\n" + Header + "|| **fields**\n[`object`](t.md) | Fields ||\n|#" },
        { "an include of a page that includes it", "{% include [x](other.md) %}\n\n" + Header + "|| **fields**\n[`object`](t.md) | Fields ||\n|#" },
        { "a link out of the folder", Header + "|| **fields**\n[`object`](../../../../etc/passwd#root) | [Fields](../../../../etc/passwd) ||\n|#" },
        { "no text", "" },
        { "marks only", string.Concat(Enumerable.Repeat("||#||#|`**[](", 500)) },
        { "controls", Header + "|| **fi\u0000e\u0007lds**\n[`obj\u202eect`](t.md) | Fi\u001b[31melds ||\n|#" },
        { "tables in tables", string.Concat(Enumerable.Repeat("#|\n|| **a**\n`object` | ", Many)) },
        { "headings in headings", string.Concat(Enumerable.Range(1, Many).Select(static n => $"{new string('#', (n % 6) + 1)} Parameter p{n} {{#a{n}}}\n\n")) },
        { "a path of many parts", Header + $"|| **{string.Join('.', Enumerable.Repeat("a", Many))}**\n[`string`](t.md) | Text ||\n|#" },
        { "lists in a type", Header + $"|| **a**\n[`string{string.Concat(Enumerable.Repeat("[]", Many))}`](t.md) | Text ||\n|#" },
        { "a long row", Header + $"|| **a**\n[`string`](t.md) | {new string('`', 50_000)} {new string('*', 50_000)} ||\n|#" },
        { "stars", Header + $"|| {new string('*', 50_000)}\n`string` | {string.Concat(Enumerable.Repeat("Possible values: ", 5000))} ||\n|#" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_is_read_or_skipped(string what, string parameters)
    {
        var clock = Stopwatch.StartNew();
        var docs = Docs.Import(
            (Docs.FileOf("shop.box.add"), Docs.Text("shop.box.add", parameters, """{"fields": {"title": "t"}}""", """{"result": {"item": {"id": 1}}}""")),
            ("api/other.md", "# Other\n\n{% include [x](shop-box-add.md) %}\n"));

        Assert.True(clock.Elapsed < Longest, $"{what}: {clock.Elapsed}");
        var problems = docs.Documents.SelectMany(static d => d.Diagnostics).Concat(docs.Set.Diagnostics).ToArray();
        Assert.True(problems.Length == 0, $"{what}: {problems.FirstOrDefault()?.Message}");
    }

    [Theory]
    [InlineData("a heading twice", "title")]
    [InlineData("a row twice", "fields")]
    [InlineData("a table without an end", "title")]
    [InlineData("an include of the page itself", "fields")]
    [InlineData("a table that refers to itself", "child")]
    public void What_can_be_read_is(string what, string name)
    {
        var parameters = (string)Pages.Cast<object[]>().Single(p => (string)p[0] == what)[1];
        var specs = string.Concat(Docs.Page(parameters, """{"fields": {"title": "t"}}""").Documents.Select(static d => d.Text));

        Assert.Contains($"\"{name}\"", specs, StringComparison.Ordinal);
    }
}
