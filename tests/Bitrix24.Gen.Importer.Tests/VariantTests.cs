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
}
