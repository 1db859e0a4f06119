using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Tests;

/// <summary>A number that an answer shows in quotes is the number that tables of parameters call it.</summary>
public class QuotedNumberTests
{
    private const string Header = "#|\n|| **Name**\n`type` | **Description** ||\n";

    [Fact]
    public void A_parameter_of_the_page_says_that_it_is_a_number()
    {
        var docs = Docs.Page(Row("sort", "integer"), """{"sort": 1}""", """{"result": {"sort": "28", "mark": "28"}}""");

        Assert.Equal(TypeKind.Int, Answered(docs, "sort").Type.Kind);
        Assert.Equal(TypeKind.String, Answered(docs, "mark").Type.Kind);
    }

    [Fact]
    public void A_page_of_the_same_entity_says_so_too()
    {
        var docs = Docs.Import(
            (Docs.FileOf("shop.box.add"), Docs.Text("shop.box.add", Row("sort", "integer"), """{"sort": 1}""")),
            (Docs.FileOf("shop.box.get"), Docs.Text("shop.box.get", Row("id", "integer"), """{"id": 1}""", """{"result": {"sort": "28", "mark": "a"}}""")));

        Assert.Equal(TypeKind.Int, Answered(docs, "sort", "shop.box.get").Type.Kind);
    }

    [Fact]
    public void A_name_that_two_tables_give_different_types_says_nothing()
    {
        var docs = Docs.Import(
            (Docs.FileOf("shop.box.add"), Docs.Text("shop.box.add", Row("sort", "integer"), """{"sort": 1}""")),
            (Docs.FileOf("shop.box.find"), Docs.Text("shop.box.find", Row("sort", "string"), """{"sort": "a"}""")),
            (Docs.FileOf("shop.box.get"), Docs.Text("shop.box.get", Row("id", "integer"), """{"id": 1}""", """{"result": {"sort": "28", "mark": "a"}}""")));

        Assert.Equal(TypeKind.String, Answered(docs, "sort", "shop.box.get").Type.Kind);
    }

    [Fact]
    public void A_text_that_is_no_number_stays_a_text()
    {
        var docs = Docs.Page(Row("sort", "integer"), """{"sort": 1}""", """{"result": {"sort": "first", "mark": "a"}}""");

        Assert.Equal(TypeKind.String, Answered(docs, "sort").Type.Kind);
    }

    private static string Row(string name, string type) => $"{Header}|| **{name}**\n[`{type}`](t.md) | Text ||\n|#";

    private static FieldSpec Answered(Docs docs, string field, string method = "shop.box.add") => docs.Type(docs.Method(method).Result!.Type).Fields.Single(f => f.Name == field);
}
