using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Tests;

public class NestedObjectTests
{
    private const string Inner = "#|\n|| **Name**\n`type` | **Description** ||\n|| **size***\n[`integer`](t.md) | Size ||\n|| **label**\n[`string`](t.md) | Label ||\n|#";

    private static string Row(string type, string description) => $"#|\n|| **Name**\n`type` | **Description** ||\n|| **box***\n[`{type}`](t.md) | {description} ||\n|#";

    [Fact]
    public void LinkToAnAnchor() => AssertBox(Docs.Page(Row("object", "Described [below](#inner)") + "\n\n### Details of it {#inner}\n\n" + Inner, """{"box": {"size": 1}}"""));

    [Fact]
    public void HeadingThatNamesIt() => AssertBox(Docs.Page(Row("object", "The box") + "\n\n### Parameter box\n\n" + Inner, """{"box": {"size": 1}}"""));

    [Fact]
    public void DeadAnchor_FallsBackToTheHeading() => AssertBox(Docs.Page(Row("object", "See [here](#gone)") + "\n\n### box object\n\n" + Inner, """{"box": {"size": 1}}"""));

    [Fact]
    public void LinkToAnotherPage()
    {
        var page = Docs.Text("shop.box.add", Row("object", "See [the box](./shop-box-types.md#box)"), """{"box": {"size": 1}}""");
        AssertBox(Docs.Import((Docs.FileOf("shop.box.add"), page), ("api/shop-box-types.md", "# Objects\n\n## Box {#box}\n\n" + Inner)));
    }

    [Fact]
    public void Bullets()
    {
        var docs = Docs.Page(Row("object", "An object:\n- `size` — size of it\n- `label` — text"));

        Assert.Equal(["size", "label"], docs.Type(docs.Parameter("box").Type).Fields.Select(static f => f.Name));
    }

    [Fact]
    public void PlaceholderBullets_AreNoFields()
    {
        var docs = Docs.Page(Row("object", "An object:\n- `field_n` — name of a field\n- `value_n` — its value"));

        Assert.Equal(TypeKind.Map, docs.Parameter("box").Type.Kind);
    }

    [Fact]
    public void BulletsOfWhatMayStandInItsPlace_AreNoFields()
    {
        var docs = Docs.Page(Row("array", "Receivers. Possible values:\n- `array` — there are some\n- `null` — there are none"));

        Assert.Equal("json[]", docs.Parameter("box").Type.ToString());
    }

    [Theory]
    [InlineData("""{"file5249": {"size": 5}}""", true)]
    [InlineData("""{"chat1763": ["a"]}""", true)]
    [InlineData("""{"reg150907": "a", "sip7": "b"}""", true)]
    [InlineData("""{"U577": "R", "AU": "W"}""", true)]
    [InlineData("""{"S:Date": "a", "SORT": "b"}""", true)]
    [InlineData("""{"LINE_1": {"size": 5}}""", false)]
    [InlineData("""{"AU": "W"}""", false)]
    [InlineData("""{"name": "a", "param1": "b"}""", false)]
    [InlineData("""{"UF_CRM_1707997209": 5}""", false)]
    public void NumberedNames_AreData(string value, bool isMap)
    {
        var docs = Docs.Page(Row("object", "The box"), $$"""{"box": {{value}}}""");

        Assert.Equal(isMap, docs.Parameter("box").Type.Kind == TypeKind.Map);
    }

    [Fact]
    public void CodeBlock()
    {
        var docs = Docs.Page(Row("object", "In the form:\n\n```\n{\n    size: 5,\n    label: 'text', // any\n}\n```\n"));

        Assert.Equal(TypeKind.Long, docs.Field(docs.Parameter("box").Type, "size").Type.Kind);
        Assert.Equal(TypeKind.Json, docs.Field(docs.Parameter("box").Type, "label").Type.Kind);
    }

    [Fact]
    public void ExampleOnly()
    {
        var docs = Docs.Page(Row("object", "The box"), """{"box": {"size": 5, "parts": [{"id": 1}]}}""");

        Assert.Equal(TypeKind.Long, docs.Field(docs.Parameter("box").Type, "size").Type.Kind);
        Assert.Equal(TypeKind.Array, docs.Field(docs.Parameter("box").Type, "parts").Type.Kind);
    }

    [Fact]
    public void PathsInNames_NestTheirRows()
    {
        var docs = Docs.Page("#|\n|| **Name**\n`type` | **Description** ||\n|| **items[]**\n[`object`](t.md) | Items ||\n|| **items[].id***\n[`integer`](t.md) | Id ||\n|| **options.color**\n[`string`](t.md) | Color ||\n|#");

        Assert.Equal(TypeKind.Array, docs.Parameter("items").Type.Kind);
        Assert.Equal("id", Assert.Single(docs.Type(docs.Parameter("items").Type).Fields).Name);
        Assert.Equal("color", Assert.Single(docs.Type(docs.Parameter("options").Type).Fields).Name);
    }

    [Fact]
    public void ObjectThatHoldsItself_IsNamed()
    {
        const string tree = "#|\n|| **Name**\n`type` | **Description** ||\n|| **id**\n[`integer`](t.md) | Id ||\n|| **children**\n[`array`](t.md) | Same [objects](#node) ||\n|#";
        var docs = Docs.Page(Row("object", "A [node](#node)") + "\n\n### Node {#node}\n\n" + tree, name: "shop.box.move");

        var node = docs.Type(docs.Parameter("box", "shop.box.move").Type);
        Assert.False(node.Inline);
        Assert.Equal(node.Name, docs.Type(node.Fields[1].Type).Name);
    }

    [Fact]
    public void PortalFields_OpenTheType()
    {
        var docs = Docs.Page("#|\n|| **Name**\n`type` | **Description** ||\n|| **fields***\n[`object`](t.md) | See [below](#fields) ||\n|#\n\n### Parameter fields {#fields}\n\n#|\n|| **Name**\n`type` | **Description** ||\n|| **TITLE**\n[`string`](t.md) | Title ||\n|| **UF_CRM_...** | The portal's own ||\n|| **UF_\\***\n[`any`](t.md) | The portal's own ||\n|#");

        var type = docs.Type(docs.Parameter("fields").Type);
        Assert.True(type.Open);
        Assert.Equal("TITLE", Assert.Single(type.Fields).Name);
    }

    private static void AssertBox(Docs docs)
    {
        var box = docs.Parameter("box");
        Assert.Equal(["size", "label"], docs.Type(box.Type).Fields.Select(static f => f.Name));
        Assert.True(docs.Field(box.Type, "size").Required);
        Assert.Equal(TypeKind.Long, docs.Field(box.Type, "size").Type.Kind);
    }

    [Theory]
    [InlineData("List of parameters. Keys are parameter codes (`string`), values are described [below](#codes)")]
    [InlineData("Settings, see [below](#codes). The key is the setting code, the value is its description")]
    [InlineData("Settings, see [below](#codes). The key of the object is the user ID, and the value is a description")]
    public void KeysThatAreData_MakeAMap(string description)
    {
        var codes = Docs.Page(
            $"#|\n|| **Name**\n`type` | **Description** ||\n|| **codes**\n[`object`](t.md) | {description} ||\n|#\n\n### Codes {{#codes}}\n\n#|\n|| **Name**\n`type` | **Description** ||\n|| **title**\n[`string`](t.md) | Title ||\n|#",
            """{"codes": {"a": {"title": "x"}}}""").Parameter("codes");

        Assert.Equal(TypeKind.Map, codes.Type.Kind);
    }

    [Fact]
    public void TableOfFewNames_AmongManyOfTheCaller_TakesAny()
    {
        var docs = Docs.Page(
            "#|\n|| **Name**\n`type` | **Description** ||\n|| **values**\n[`object`](t.md) | Values ||\n|#\n\n### values\n\n#|\n|| **Name**\n`type` | **Description** ||\n|| **_mode**\n[`string`](t.md) | Mode ||\n|#",
            """{"values": {"Name": "x", "Total": "y", "Phone": "z"}}""");

        Assert.True(docs.Type(docs.Parameter("values").Type) is { Open: true, Undescribed: true });
    }

    [Fact]
    public void AnswersDoNotSay_WhatAParameterOfThatNameHolds()
    {
        var docs = Docs.Page(Row("array", "An array with the name").Replace("box", "data", StringComparison.Ordinal), """{"data": {"NAME": "n"}}""", """{"result": {"size": 1}}""", after: "### Returned Data\n\n" + Inner);

        Assert.Equal("json", docs.Parameter("data").Type.ToString());
    }

    [Theory]
    [InlineData("PROPERTY_PropertyId")]
    [InlineData("TXX_XX")]
    [InlineData("CO_XX")]
    public void NamesThatStandForMany_AreNoFields(string name)
    {
        var docs = Docs.Page(Row("object", "The box") + $"\n\n### Parameter box\n\n{Inner.Replace("label", name, StringComparison.Ordinal)}", """{"box": {"size": 1, "PROPERTY_951": 1, "DYNAMIC_136": "Y"}}""");
        var type = docs.Type(docs.Parameter("box").Type);

        Assert.Equal(("size", true), (Assert.Single(type.Fields).Name, type.Open));
    }

    [Fact]
    public void LanguagesByCode_AreData()
    {
        var docs = Docs.Page(Row("object", "The box").Replace("box", "langAll", StringComparison.Ordinal), """{"langAll": {"de": {"TITLE": "t"}}}""");

        Assert.Equal(TypeKind.Map, docs.Parameter("langAll").Type.Kind);
    }

    // https://apidocs.bitrix24.com/api-reference/chat-bots/outdated/messages/events/on-imbot-message-add.html
    [Theory]
    [InlineData("/{BOT_ID/}")]
    [InlineData("{BOT_ID}")]
    [InlineData("<botId>")]
    public void A_row_for_any_key_describes_what_stands_under_it(string key)
    {
        const string Head = "#|\n|| **Name**\n`type` | **Description** ||\n";
        var docs = Docs.Page(
            Head + "|| **BOT**\n[`object`](t.md) | Bots. Described [below](#bot) ||\n|#\n\n### BOT {#bot}\n\n"
            + Head + $"|| **{key}**\n[`object`](t.md) | One of them. Described [below](#item) ||\n|#\n\n#### Item {{#item}}\n\n"
            + Head + "|| **user_id**\n[`integer`](t.md) | User ||\n|| **code**\n[`string`](t.md) | Code ||\n|#");

        var bot = docs.Parameter("BOT").Type;
        Assert.Equal(TypeKind.Map, bot.Kind);
        Assert.Equal(["user_id", "code"], docs.Type(bot).Fields.Select(static f => f.Name));
    }
}
