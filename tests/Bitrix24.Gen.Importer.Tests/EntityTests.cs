using Bitrix24.Gen.Importer.Output;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Tests;

public class EntityTests
{
    private const string Header = "#|\n|| **Name**\n`type` | **Description** ||\n";

    private static Docs Boxes() => Docs.Import(
        Page("shop.box.add", Header + "|| **fields***\n[`object`](t.md) | See [below](#fields) ||\n|#\n\n### Parameter fields {#fields}\n\n" + Header + "|| **title***\n[`string`](t.md) | Title ||\n|| **kind**\n[`string`](t.md) | Kind ||\n|| **weight**\n[`double`](t.md) | Weight ||\n|#", """{"fields": {"title": "A", "kind": "x"}}""", """{"result": {"item": {"id": 1, "title": "A", "kind": "x", "weight": 1.5, "createdAt": "2026-01-01T00:00:00+00:00"}}}"""),
        Page("shop.box.update", Header + "|| **id***\n[`integer`](t.md) | Id ||\n|| **fields***\n[`object`](t.md) | See [below](#fields) ||\n|#\n\n### Parameter fields {#fields}\n\n" + Header + "|| **title**\n[`string`](t.md) | Title ||\n|| **weight**\n[`double`](t.md) | Weight ||\n|#", """{"id": 1, "fields": {"title": "B"}}"""),
        Page("shop.box.get", Header + "|| **id***\n[`integer`](t.md) | Id ||\n|#", """{"id": 1}""", """{"result": {"item": {"id": 1, "title": "A", "kind": "x", "weight": 1.5, "createdAt": "2026-01-01T00:00:00+00:00"}}}"""),
        Page("shop.box.list", Header + "|| **filter**\n[`object`](t.md) | Filter ||\n|| **select**\n[`array`](t.md) | Fields ||\n|| **order**\n[`object`](t.md) | Order ||\n|| **start**\n[`integer`](t.md) | Offset ||\n|#", """{"filter": {">=weight": 1, "@id": [1]}, "select": ["id", "title"], "order": {"id": "ASC"}}""", """{"result": {"items": [{"id": "1", "title": "A"}]}, "total": 1}"""),
        Page("shop.box.fields", "No parameters.", "{}", """{"result": {"fields": {"id": {"type": "integer", "isRequired": true, "isReadOnly": true, "isImmutable": false}, "title": {"type": "string", "isRequired": true, "isReadOnly": false, "isImmutable": false}, "kind": {"type": "string", "isRequired": true, "isReadOnly": false, "isImmutable": true}, "weight": {"type": "double", "isRequired": false, "isReadOnly": false, "isImmutable": false}, "createdAt": {"type": "datetime", "isRequired": true, "isReadOnly": true, "isImmutable": false}}}}"""));

    private static (string, string) Page(string name, string parameters, string request, string answer = """{"result": true}""") => (Docs.FileOf(name), Docs.Text(name, parameters, request, answer));

    [Fact]
    public void AllPages_ShareOneType()
    {
        var docs = Boxes();

        Assert.Equal(("Box", (View?)View.Create), (docs.Parameter("fields").Type.Name, docs.Parameter("fields").As));
        Assert.Equal(("Box", (View?)View.Update), (docs.Parameter("fields", "shop.box.update").Type.Name, docs.Parameter("fields", "shop.box.update").As));
        Assert.Equal(("Box", "item"), (docs.Method("shop.box.get").Result!.Type.Name, docs.Method("shop.box.get").Result!.At));
        Assert.Equal(("Box[]", "items"), (docs.Method("shop.box.list").Result!.Type.ToString().Split('/')[^1], docs.Method("shop.box.list").Result!.At));
        Assert.Equal([View.Filter, View.Select, View.Order], docs.Method("shop.box.list").Params.Select(static p => p.As).OfType<View>());
        Assert.Equal(Paging.Start, docs.Method("shop.box.list").Paging);
    }

    [Fact]
    public void Flags_ComeFromTheApisOwnDescription()
    {
        var box = Boxes().Method("shop.box.get").Result!.Type;
        var docs = Boxes();

        Assert.True(docs.Field(box, "id") is { ReadOnly: true, Required: false, Server: "autoIncrement" });
        // A star in the table requires; one portal's answer does not, and its flags warn at most.
        Assert.True(docs.Field(box, "title") is { ReadOnly: false, Required: true });
        Assert.True(docs.Field(box, "kind") is { Immutable: true, Required: false });
        Assert.Contains("immutable", docs.Field(box, "kind").Weak);
        Assert.True(docs.Field(box, "createdAt").ReadOnly);
        Assert.Contains("readOnly", docs.Field(box, "createdAt").Weak);
        Assert.Equal(TypeKind.Long, docs.Field(box, "id").Type.Kind);
    }

    [Fact]
    public void Output_ReadsBackClean_AndIsTheSameEveryTime()
    {
        var first = Boxes();

        Assert.Empty(first.Documents.SelectMany(static d => d.Diagnostics));
        Assert.Empty(first.Set.Diagnostics);
        Assert.Equal(first.Documents.Select(static d => d.Text), Boxes().Documents.Select(static d => d.Text));
    }

    [Fact]
    public void AnswerThatContradictsItsTable_IsReported()
    {
        var docs = Docs.Page("No parameters.", answer: """{"result": {"id": 5}}""", after: "### Returned Data\n\n" + Header + "|| **result**\n[`integer`](t.md) | The id ||\n|#");

        Assert.Equal("id", Assert.Single(docs.Type(docs.Method().Result!.Type).Fields).Name);
        Assert.Contains(docs.Notes, static n => n.StartsWith("Answer:", StringComparison.Ordinal));
    }

    [Fact]
    public void AnswersWithDataKeys_AreMaps()
    {
        var docs = Docs.Page("No parameters.", answer: """{"result": {"1": {"n": 1}, "2": {"n": 2}}}""");

        Assert.Equal(TypeKind.Map, docs.Method().Result!.Type.Kind);
    }
}
