using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Tests;

/// <summary>Objects whose fields depend on what they are of: a tab for each kind.</summary>
public class VariantTests
{
    private const string Page = """
        #|
        || **Name**
        `type` | **Description** ||
        || **typeId***
        [`integer`](data-types.md) | Kind ||
        || **fields***
        [`object`](data-types.md) | Fields, see [below](#no-such-anchor). Phones have a [structure](other.md#phone) of their own ||
        |#

        ### Parameter fields

        {% list tabs %}

        - Box

          #|
          || **Name**
          `type` | **Description** ||
          || **title***
          [`string`](data-types.md) | Title ||
          || **height***
          [`integer`](data-types.md) | Height ||
          |#

        - Bag

          #|
          || **Name**
          `type` | **Description** ||
          || **title***
          [`string`](data-types.md) | Title ||
          || **strap**
          [`boolean`](data-types.md) | Strap ||
          |#

        {% endlist %}
        """;

    private static readonly Docs Imported = Docs.Import(
        ("api/shop-box-add.md", Docs.Text("shop.box.add", Page, """{"typeId": 1, "fields": {"title": "t", "height": 2}}""")),
        ("api/other.md", "# Other\n\n## Phone {#phone}\n\n#|\n|| **Name**\n`type` | **Description** ||\n|| **VALUE**\n[`string`](data-types.md) | Value ||\n|#"));

    [Theory]
    [InlineData("""{"typeId": 1, "fields": {"title": "t", "height": 2}}""", "")]
    [InlineData("""{"typeId": 2, "fields": {"title": "t", "strap": true}}""", "")]
    [InlineData("""{"typeId": 3, "fields": {"title": "t", "field of another kind": 1}}""", "")]
    [InlineData("""{"typeId": 1, "fields": {"height": 2}}""", "required fields.title")]
    [InlineData("""{"typeId": 1, "fields": {"title": "t", "height": "tall"}}""", "type fields.height")]
    public void Fields_of_all_kinds_are_known_and_those_of_none_are_not_refused(string parameters, string expected) =>
        Assert.Equal(expected, string.Join("; ", SpecValidator.Validate(Imported.Set, Imported.Method(), JsonReader.Read(parameters).Root).Select(static v => $"{v.Rule} {v.Path}")));

    private const string Rows = "#|\n|| **Name** | **Example** | **Description** ||\n|| **id*** | `62` | Id ||\n|| **{0}** | `1` | Other ||\n|#\n\n";

    private static Docs Sections(string method, params string[] sections) => Docs.Import(
        ("api/page.md", Docs.Text(method, "", """{"id": 1}""").Replace("## Method Parameters", string.Join("", sections), StringComparison.Ordinal)));

    [Theory]
    [InlineData("""{"id": 1, "command": "a"}""", "")]
    [InlineData("""{"id": 1, "frame": "a"}""", "")]
    [InlineData("""{"command": "a"}""", "required id")]
    [InlineData("""{"id": 1, "fram": "a"}""", "unknown fram")]
    public void A_section_for_each_form_of_a_call_is_read(string parameters, string expected)
    {
        var docs = Sections("shop.box.add", "## Method Parameters for Commands\n\n", Rows.Replace("{0}", "command", StringComparison.Ordinal), "## Method Parameters for Frames\n\n", Rows.Replace("{0}", "frame", StringComparison.Ordinal));

        Assert.Equal(expected, Validate(docs, parameters));
    }

    // https://apidocs.bitrix24.com/api-reference/vote/vote.attachedvote.vote.html
    [Theory]
    [InlineData("""{"id": 1, "ballot": 2}""", "")]
    [InlineData("""{"kind": 5, "key": 3, "ballot": 2}""", "")]
    [InlineData("""{"id": 1}""", "required ballot")]
    [InlineData("""{"kind": 5, "ballot": 2}""", "oneOf id")]
    public void Numbered_ways_to_call_ask_for_the_parameters_of_one(string parameters, string expected)
    {
        static string Way(params string[] names) => "#|\n|| **Name**\n`type` | **Description** ||\n" + string.Concat(names.Select(static n => $"|| **{n}***\n[`integer`](t.md) | Number ||\n")) + "|#";
        var docs = Docs.Page($"There are two options for calling the method.\n\n### 1. By the id\n\n{Way("id", "ballot")}\n\n### 2. By the element\n\n{Way("kind", "key", "ballot")}", """{"id": 1, "ballot": 2}""");

        Assert.Equal(expected, Validate(docs, parameters));
    }

    [Fact]
    public void A_section_may_be_called_after_the_record() =>
        Assert.Equal("required id", Validate(Sections("shop.stage.get", "## Stage Parameters\n\n", Rows.Replace("{0}", "x", StringComparison.Ordinal)), "{}", "shop.stage.get"));

    [Fact]
    public void Code_after_a_sketch_of_any_names_is_an_example()
    {
        var docs = Docs.Import(("api/page.md", Docs.Text("shop.box.add", "#|\n|| **Name**\n`type` | **Description** ||\n|| **data**\n[`object`](t.md) | Data:\n\n```\n{\n    field_1: value_1,\n    field_n: value_n\n}\n```\n\nExample:\n\n```json\n{\n    \"grid_id\": 15\n}\n``` ||\n|#", """{"data": {"grid_id": 1}}""")));

        Assert.Equal("", Validate(docs, """{"data": {"theme": "dark"}}"""));
    }

    [Theory]
    [InlineData("Descriptions of fields. Example:", "")]
    [InlineData("Descriptions of fields:", "unknown data.theme")]
    public void Code_that_is_called_an_example_is_one(string before, string expected)
    {
        var docs = Docs.Page($"#|\n|| **Name**\n`type` | **Description** ||\n|| **data**\n[`object`](t.md) | {before}\n\n```json\n{{\n    \"grid_id\": {{ \"a\": 15 }}\n}}\n``` ||\n|#", """{"data": {"grid_id": {"a": 1}}}""");

        Assert.Equal(expected, Validate(docs, """{"data": {"theme": {"a": 2}}}"""));
    }

    [Fact]
    public void A_pair_of_words_for_all_pairs_is_a_map()
    {
        var field = Docs.Page("#|\n|| **Name**\n`type` | **Description** ||\n|| **access**\n[`object`](t.md) | Rights in the format `{\"access_code\":\"access_level\"}`.\n\nCodes:\n- `U<id>` — a user\n- `AU` — all\n\nLevels:\n- `R` — read ||\n|#", """{"access": {"AU": "R"}}""").Parameter("access");

        Assert.Equal((TypeKind.Map, TypeKind.String), (field.Type.Kind, field.Type.Element!.Kind));
    }

    private static string Validate(Docs docs, string parameters, string method = "shop.box.add") =>
        string.Join("; ", SpecValidator.Validate(docs.Set, docs.Method(method), JsonReader.Read(parameters).Root).Select(static v => $"{v.Rule} {v.Path}"));
}
