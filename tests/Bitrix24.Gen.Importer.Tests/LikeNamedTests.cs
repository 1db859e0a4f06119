using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Tests;

/// <summary>What a page shows as null only, or does not type, is typed as the entity's other pages type the name.</summary>
public class LikeNamedTests
{
    private const string Header = "#|\n|| **Name**\n`type` | **Description** ||\n";

    [Fact]
    public void Null_is_what_another_page_answers()
    {
        var field = Answered("""{"result": {"number": null, "mark": "a"}}""", """{"result": {"number": 5, "mark": "a"}}""", "number");

        Assert.Equal((TypeKind.Long, true), (field.Type.Kind, field.Nullable));
    }

    [Fact]
    public void Names_that_differ_in_type_say_nothing() =>
        Assert.Equal(TypeKind.Json, Answered("""{"result": {"number": null, "of": 1}}""", """{"result": {"of": {"number": 5}, "mark": {"number": "a"}}}""", "number").Type.Kind);

    [Fact]
    public void Several_of_something_are_not_one() =>
        Assert.Equal(TypeKind.Json, Answered("""{"result": {"fileIds": null, "mark": "a"}}""", """{"result": {"fileIds": "n1", "mark": "a"}}""", "fileIds").Type.Kind);

    [Fact]
    public void Row_without_a_type_is_what_another_table_calls_it()
    {
        var docs = Docs.Import(
            (Docs.FileOf("shop.box.update"), Docs.Text("shop.box.update", $"{Header}|| **boxNumber***\n[`integer`](t.md) | Text ||\n|#", """{"boxNumber": 1}""")),
            (Docs.FileOf("shop.box.delete"), Docs.Text("shop.box.delete", $"{Header}|| **boxNumber*** | Text ||\n|#", "{}")));

        Assert.Equal(TypeKind.Long, docs.Method("shop.box.delete").Params.Single(static p => p.Name == "boxNumber").Type.Kind);
    }

    private static FieldSpec Answered(string get, string find, string field)
    {
        var docs = Docs.Import(
            (Docs.FileOf("shop.box.get"), Docs.Text("shop.box.get", Row, """{"id": 1}""", get)),
            (Docs.FileOf("shop.box.find"), Docs.Text("shop.box.find", Row, """{"id": 1}""", find)));
        return docs.Type(docs.Method("shop.box.get").Result!.Type).Fields.Single(f => f.Name == field);
    }

    private static string Row => $"{Header}|| **id**\n[`integer`](t.md) | Text ||\n|#";
}
