using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Tests;

/// <summary>Answers of <c>*.fields</c>-like methods, and tables of answers that list what lies deeper than they stand.</summary>
public class FieldsAnswerTests
{
    private const string Header = "#|\n|| **Name**\n`type` | **Description** ||\n";
    private const string Description = """{"type": "string", "isRequired": false, "title": "T", "values": {"1": "a"}}""";

    private static Docs Fields(string answer, string table = "", string name = "shop.box.fields") =>
        Docs.Page("No parameters.", answer: answer, name: name, after: table.Length == 0 ? "" : "### Returned Data\n\n" + Header + table + "\n|#");

    [Fact]
    public void DescriptionsByFieldName_AreAMap()
    {
        var docs = Fields($$"""{"result": {"id": {{Description}}, "title": {"type": "int", "values": [1]}, "kind": {"type": "char"} } }""");
        var result = docs.Method("shop.box.fields").Result!;

        Assert.Equal("map<BoxFieldDescription>", result.Type.ToString().Replace("shop.box/", "", StringComparison.Ordinal));
        Assert.Equal(["type", "isRequired", "title", "values"], docs.Type(result.Type).Fields.Select(static f => f.Name));
        Assert.Equal(TypeKind.Json, docs.Field(result.Type, "values").Type.Kind);
    }

    [Fact]
    public void RowsOfTheDescription_AreNoFields()
    {
        var docs = Fields(
            $$"""{"result": {"id": {{Description}}, "title": {{Description}}} }""",
            "|| **result**\n[`object`](t.md) | Fields ||\n|| **type**\n[`string`](t.md) | Type ||\n|| **isRequired**\n[`boolean`](t.md) | Required ||");

        Assert.Equal(TypeKind.Map, docs.Method("shop.box.fields").Result!.Type.Kind);
    }

    // A record may have a title and a type, and so has the description of each of its fields.
    [Fact]
    public void RowsOfTheRecord_AreNoPartOfTheDescription()
    {
        var rows = new[] { "result", "id", "title", "type", "opened", "amount", "owner", "place" };
        var docs = Fields(
            $$"""{"result": {"id*": {{Description}}, "title*": {{Description}}, "opened*": {{Description}}} }""",
            string.Join('\n', rows.Select(static r => $"|| **{r}**\n[`{(r == "result" ? "object" : "string")}`](t.md) | Text ||")));

        Assert.Equal(["type", "isRequired", "title", "values"], docs.Type(docs.Method("shop.box.fields").Result!.Type).Fields.Select(static f => f.Name));
    }

    [Fact]
    public void MapThatStandsAlone_IsTheAnswer()
    {
        var result = Fields($$"""{"result": {"box": {"id": {{Description}}, "title": {{Description}} } } }""", name: "shop.box.getFields").Method("shop.box.getFields").Result!;

        Assert.Equal(("box", TypeKind.Map), (result.At, result.Type.Kind));
    }

    [Fact]
    public void TitlesByFieldName_AreAMapOfText()
    {
        var result = Fields("""{"result": {"ID": "Id", "NAME": "Name", "EMAIL": "E-mail", "PHONE": "Phone", "CITY": "City"}}""").Method("shop.box.fields").Result!;

        Assert.Equal("map<string>", result.Type.ToString());
    }

    [Fact]
    public void TableOfWhatLiesDeeper_DoesNotWidenTheAnswer()
    {
        var docs = Docs.Page(
            "No parameters.", answer: """{"result": {"boxes": [{"id": 1, "title": "A"}]}}""", name: "shop.box.list",
            after: "### Returned Data\n\n" + Header + "|| **result**\n[`object`](t.md) | See [below](#box) ||\n|#\n\n#### Box {#box}\n\n" + Header + "|| **id**\n[`integer`](t.md) | Id ||\n|| **title**\n[`string`](t.md) | Title ||\n|#");
        var result = docs.Method("shop.box.list").Result!;

        Assert.Equal(("boxes", TypeKind.Array), (result.At, result.Type.Kind));
        Assert.Equal(["id", "title"], docs.Type(result.Type).Fields.Select(static f => f.Name));
        Assert.DoesNotContain(docs.Notes, static n => n.StartsWith("Answer:", StringComparison.Ordinal));
    }

    [Fact]
    public void TableOfSomethingElse_IsReported()
    {
        var docs = Docs.Page(
            "No parameters.", answer: """{"result": {"weight": 5, "length": 6}}""", name: "shop.box.measure",
            after: "### Returned Data\n\n" + Header + "|| **result**\n[`object`](t.md) | See [below](#box) ||\n|#\n\n#### Box {#box}\n\n" + Header + "|| **id**\n[`integer`](t.md) | Id ||\n|| **title**\n[`string`](t.md) | Title ||\n|#");

        Assert.Equal(["weight", "length"], docs.Type(docs.Method("shop.box.measure").Result!.Type).Fields.Select(static f => f.Name));
        Assert.Contains(docs.Notes, static n => n == "Answer: 'result' shows none of the members that its table lists.");
    }
}
