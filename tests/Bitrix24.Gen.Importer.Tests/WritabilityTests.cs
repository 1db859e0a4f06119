using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Tests;

/// <summary>What may be written, where the tables of the writing methods are shorter than the record.</summary>
public class WritabilityTests
{
    private const string Header = "#|\n|| **Name**\n`type` | **Description** ||\n";

    private static Docs Boxes(string record, params (string, string)[] more) => Docs.Import([
        Page("shop.box.add", Header + "|| **fields***\n[`object`](t.md) | See [below](#fields) ||\n|#\n\n### Parameter fields {#fields}\n\n" + Header + "|| **title***\n[`string`](t.md) | Title ||\n|| **kind**\n[`string`](t.md) | Kind ||\n|| **weight**\n[`double`](t.md) | Weight ||\n|#", """{"fields": {"title": "A"}}""", """{"result": 1}"""),
        Page("shop.box.get", Header + "|| **id***\n[`integer`](t.md) | Id ||\n|#", """{"id": 1}""", $$"""{"result": {{record}}}"""),
        .. more,
    ]);

    private static (string, string) Page(string name, string parameters, string request, string answer = """{"result": true}""") =>
        (Docs.FileOf(name), Docs.Text(name, parameters, request, answer));

    [Theory]
    [InlineData("colour", false)]
    [InlineData("groupId", false)]
    [InlineData("id", true)]
    [InlineData("createdBy", true)]
    [InlineData("dateCreate", true)]
    [InlineData("DATE_MODIFY", true)]
    [InlineData("timestampX", true)]
    public void FieldThatNoWritingTableLists_IsReadOnly_OnlyWhereEveryServerKeepsIt(string name, bool readOnly)
    {
        var docs = Boxes($$"""{"{{name}}": 1, "title": "A", "kind": "x", "weight": 1.5}""");

        Assert.Equal(readOnly, docs.Field(docs.Method("shop.box.get").Result!.Type, name).ReadOnly);
    }

    [Fact]
    public void FieldsThatOnePortalMadeForItself_OpenTheTypeAndAreNotNamed()
    {
        var docs = Boxes("""{"id": 1, "title": "A", "kind": "x", "weight": 1.5, "UF_CRM_566EB0AC9B7FC": "", "parentId1220": 4, "UF_DEPARTMENT": [1]}""");
        var box = docs.Type(docs.Method("shop.box.get").Result!.Type);

        Assert.True(box.Open);
        Assert.DoesNotContain(box.Fields, static f => f.Name is "UF_CRM_566EB0AC9B7FC" or "parentId1220");
        Assert.Contains(box.Fields, static f => f.Name == "UF_DEPARTMENT");
    }

    [Fact]
    public void DescriptionThatDoesNotTellOfWriting_LeavesItToTheTables()
    {
        var docs = Boxes(
            """{"id": 1, "title": "A", "kind": "x", "weight": 1.5}""",
            Page("shop.box.fields", "No parameters.", "{}", """{"result": [{"name": "id", "type": "int", "filterable": true}, {"name": "title", "type": "string", "filterable": false}]}"""));
        var box = docs.Method("shop.box.get").Result!.Type;

        Assert.True(docs.Field(box, "id") is { ReadOnly: true, Filterable: true });
        Assert.True(docs.Field(box, "title") is { ReadOnly: false, Filterable: false });
    }
}
