using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Tests;

/// <summary>What the server itself calls required, in the error table of the method's page, is required without a star.</summary>
public class RequiredWordsTests
{
    private static Docs Page(string error, string parameters = "|| **id**\n[`integer`](t.md) | Id ||\n|| **label**\n[`string`](t.md) | Label ||") => Docs.Page(
        $"#|\n|| **Name**\n`type` | **Description** ||\n{parameters}\n|#", """{"id": 1, "label": "A"}""",
        after: $"## Error Handling\n\n#|\n|| **Code** | **Description** | **Value** ||\n|| `100` | {error} ||\n|#\n");

    [Theory]
    [InlineData("Could not find value for parameter {id} | Not passed")]
    [InlineData("Error | The required parameter `id` was not provided")]
    [InlineData("Error | Parameter `id` not specified")]
    [InlineData("Error | The `id` parameter is missing")]
    [InlineData("Error | `id` not provided")]
    [InlineData("Field 'ID' is required | Text")]
    [InlineData("Required fields: id | Text")]
    public void The_servers_own_words_require(string error)
    {
        var docs = Page(error);

        Assert.True(docs.Parameter("id").Required);
        Assert.False(docs.Parameter("label").Required);
    }

    [Theory]
    [InlineData("Error | One of the required parameters `id` or `label` is missing")]
    [InlineData("Error | Neither `id` nor `label` is specified")]
    [InlineData("Error | The `id` parameter is not a number")]
    [InlineData("Error | The `id` parameter is not provided as an object")]
    [InlineData("Error | The required parameter `id` was not provided and the `type` parameter is not equal to `user`")]
    [InlineData("Error | Required fields are not provided")]
    public void Other_words_do_not(string error)
    {
        Assert.False(Page(error).Parameter("id").Required);
        Assert.False(Page(error).Parameter("label").Required);
    }

    [Fact]
    public void What_has_a_default_or_is_left_out_by_an_example_stays_optional()
    {
        Assert.False(Page("Error | Parameter `id` not specified", "|| **id**\n[`integer`](t.md) | Id. Default: `5` ||").Parameter("id").Required);
        Assert.False(Page("Error | Parameter `size` not specified", "|| **id**\n[`integer`](t.md) | Id ||\n|| **size**\n[`integer`](t.md) | Size ||").Parameter("size").Required);
    }
}
