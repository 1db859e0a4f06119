namespace Bitrix24.Gen.Importer.Tests;

/// <summary>Answers that stand without the envelope, on another page, or in a table of fields.</summary>
public class MissingAnswerTests
{
    private const string Table = "#|\n|| **Name**\n`type` | **Description** ||\n|| **id***\n[`integer`](t.md) | Id ||\n|#";

    private static (string Path, string Text) Page(string name, string answer) =>
        (Docs.FileOf(name), $"# Work on a Box {name}\n\n> Scope: [`shop`](../scopes.md)\n\nThe method `{name}` works.\n\n## Method Parameters\n\n{Table}\n\n## Response Handling\n\n{answer}\n");

    private const string Shown = "HTTP status: **200**\n\n```json\n{ \"id\": 5, \"label\": \"A\" }\n```";

    [Fact]
    public void A_value_shown_without_the_envelope_is_the_answer()
    {
        var docs = Docs.Import(Page("shop.box.weigh", Shown));

        Assert.Equal(["id", "label"], docs.Type(docs.Method("shop.box.weigh").Result!.Type).Fields.Select(static f => f.Name));
    }

    [Theory]
    [InlineData("delete", "null", true)]
    [InlineData("delete", "[]", true)]
    [InlineData("pin", "{}", true)]
    [InlineData("delete", "false", false)]
    [InlineData("list", "[]", false)]
    [InlineData("getStatus", "null", false)]
    public void A_change_that_shows_nothing_answers_nothing(string verb, string shown, bool nothing)
    {
        var docs = Docs.Import(Page("shop.box." + verb, $"HTTP status: **200**\n\n```json\n{{ \"result\": {shown}, \"time\": {{}} }}\n```"));

        Assert.Equal(nothing, docs.Method("shop.box." + verb).NoResult);
        Assert.Equal(nothing, docs.Method("shop.box." + verb).Result is null);
    }

    [Fact]
    public void A_page_that_refers_to_another_has_its_answer()
    {
        var docs = Docs.Import(Page("shop.box.weigh", Shown), Page("shop.box.measure", "Returns a response similar to the [shop.box.weigh](./shop-box-weigh.md) method."));

        Assert.Equal(["id", "label"], docs.Type(docs.Method("shop.box.measure").Result!.Type).Fields.Select(static f => f.Name));
    }

    [Fact]
    public void A_fields_page_that_only_has_a_table_describes_the_entity_and_answers_descriptions()
    {
        const string Fields = "### Returned Data\n\n#|\n|| **Name**\n`type` | **Description** ||\n|| **ID**\n[`integer`](t.md) | Id ||\n|| **LABEL**\n[`string`](t.md) | Label ||\n|#";
        var docs = Docs.Import(Page("shop.box.fields", Fields), Page("shop.box.get", "Nothing is shown."), Page("shop.box.list", "Nothing is shown."));

        Assert.Equal("map<shop.box/BoxFieldDescription>", docs.Method("shop.box.fields").Result!.Type.ToString());
        Assert.Equal("shop.box/Box", docs.Method("shop.box.get").Result!.Type.ToString());
        Assert.Equal("shop.box/Box[]", docs.Method("shop.box.list").Result!.Type.ToString());
        Assert.Equal(["ID", "LABEL"], docs.Type(docs.Method("shop.box.get").Result!.Type).Fields.Select(static f => f.Name));
    }
}
