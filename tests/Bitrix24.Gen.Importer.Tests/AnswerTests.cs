using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Tests;

/// <summary>Where records stand in an answer, and what examples put beside them.</summary>
public class AnswerTests
{
    private const string Fields = "#|\n|| **Name**\n`type` | **Description** ||\n|| **fields***\n[`object`](data-types.md) | [Fields](#f) ||\n|#\n\n### Fields {#f}\n\n#|\n|| **Name**\n`type` | **Description** ||\n|| **title**\n[`string`](data-types.md) | Title ||\n|| **size**\n[`integer`](data-types.md) | Size ||\n|#";

    private const string Id = "#|\n|| **Name**\n`type` | **Description** ||\n|| **id***\n[`integer`](data-types.md) | Id ||\n|#";

    private static Docs Import(string name, string answer, string result = "", string parameters = Id) => Docs.Import(
        ("api/shop-box-add.md", Docs.Text("shop.box.add", Fields, """{"fields": {"title": "t", "size": 1}}""", """{"result": 1}""")),
        (Docs.FileOf(name), Docs.Text(name, parameters, "{}", answer, result)));

    private static string Returned(string type) =>
        $"### Returned Data\n\n#|\n|| **Name**\n`type` | **Description** ||\n|| **result**\n[`object`](data-types.md) | [Box](#{type}) ||\n|#\n\n#### Object {type} {{#{type}}}\n\n#|\n|| **Name**\n`type` | **Description** ||\n|| **title**\n[`string`](data-types.md) | Title ||\n|| **size**\n[`integer`](data-types.md) | Size ||\n|#";

    [Theory]
    [InlineData("shop.box.get", """{"result": {"box": {"title": "t", "size": 1}}}""", "box", false)]
    [InlineData("shop.box.get", """{"result": {"item": {"title": "t", "size": 1}}}""", "item", false)]
    [InlineData("shop.box.list", """{"result": {"boxes": [{"title": "t", "size": 1}], "hasMore": false}}""", "boxes", true)]
    [InlineData("shop.box.list", """{"result": {"units": [{"title": "t", "size": 1}]}}""", "units", true)]
    public void Records_are_taken_out_of_what_holds_them(string name, string answer, string at, bool list)
    {
        var docs = Import(name, answer, Returned("boxObject"));
        var result = docs.Method(name).Result!;

        Assert.Equal((at, list), (result.At, result.Type.Kind == TypeKind.Array));
        Assert.Equal("Box", (result.Type.Element ?? result.Type).Name);
    }

    [Fact]
    public void Backslash_that_escapes_nothing_stands_for_itself()
    {
        var docs = Import("shop.box.get", """{"result": {"title": "t", "size": 1, "kind": "Bitrix\Sale\Order"}}""");

        Assert.Equal("string", docs.Field(docs.Method("shop.box.get").Result!.Type, "kind").Type.ToString());
    }

    [Theory]
    [InlineData("shop.v2.box", "Box")]
    [InlineData("shop.Box.box", "Box")]
    [InlineData("shop.v2.crate.box", "CrateBox")]
    [InlineData("shop.v2", "V2")]
    [InlineData("shop.vat", "Vat")]
    public void Types_are_named_for_records(string file, string expected)
    {
        var docs = Docs.Import((Docs.FileOf(file + ".add"), Docs.Text(file + ".add", Fields, """{"fields": {"title": "t", "size": 1}}""", """{"result": 1}""")));

        Assert.Equal(expected, docs.Method(file + ".add").Of!.Name);
    }

    [Fact]
    public void A_key_that_is_data_holds_no_record()
    {
        var result = Import("shop.box.get", """{"result": {"tasks": {"title": "t", "size": 1}}}""", Returned("boxObject")).Method("shop.box.get").Result!;

        Assert.Equal((null, TypeKind.Map), (result.At, result.Type.Kind));
    }

    [Fact]
    public void What_gets_page_after_page_lists()
    {
        var parameters = Id.Replace("|#", "|| **start**\n[`integer`](data-types.md) | Offset ||\n|#", StringComparison.Ordinal);
        var method = Import("shop.box.get", """{"result": [{"title": "t", "size": 1}], "next": 50}""", "", parameters).Method("shop.box.get");

        Assert.Equal((Operation.List, Paging.Start, "Box"), (method.Operation, method.Paging, method.Result!.Type.Element!.Name));
    }

    [Fact]
    public void Remarks_among_records_are_no_records()
    {
        var docs = Import("shop.box.list", """
            {"result": [{"title": "t", "size": 1},
               48 more boxes like this
            ], "total": 49}
            """);

        Assert.Equal("Box", docs.Method("shop.box.list").Result!.Type.Element!.Name);
    }

    [Fact]
    public void Texts_by_language_or_one_text_is_any_value()
    {
        var docs = Docs.Page("#|\n|| **Name**\n`type` | **Description** ||\n|| **label**\n[`string`](data-types.md)\\|[`object`](data-types.md) | Label ||\n|| **name**\n[`string`](data-types.md) | Name ||\n|#", """{"label": {"en": "l", "de": "l"}, "name": {"en": "n", "de": "n"}}""");

        foreach (var parameter in new[] { """{"label": "l"}""", """{"label": {"en": "l"}}""", """{"name": "n"}""", """{"name": {"en": "n"}}""" })
            Assert.Empty(SpecValidator.Validate(docs.Set, docs.Method(), JsonReader.Read(parameter).Root));
    }
}
