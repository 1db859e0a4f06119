using Bitrix24.Gen.Importer.Pages;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Tests;

public class PageTests
{
    [Fact]
    public void TitleWithoutTheName_UrlAndFileDecide()
    {
        var text = Docs.Text("shop.box.add", "No parameters.").Replace("# Work on a Box shop.box.add", "# Work on a Box shop.shop.add", StringComparison.Ordinal);

        Assert.Equal("shop.box.add", Docs.Import((Docs.FileOf("shop.box.add"), text)).Method().Name);
    }

    [Fact]
    public void ExamplesThatCallAnother_DoNotRename()
    {
        var text = Docs.Text("shop.box.add", "No parameters.").Replace("**code**/shop.box.add", "**code**/shop.other.get", StringComparison.Ordinal);

        Assert.Equal("shop.box.add", Assert.Single(Docs.Import((Docs.FileOf("shop.box.add"), text)).Result.Methods).Name);
    }

    [Fact]
    public void RestV3_IsAnApiOfItsOwn()
    {
        var docs = Docs.Import(
            (Docs.FileOf("shop.box.add"), Docs.Text("shop.box.add", "No parameters.")),
            ("api/shop-box-add-rest-v3.md", Docs.Text("shop.box.add", "No parameters.", url: "/rest/api/")));

        Assert.Equal("bitrix24", docs.Method().Api);
        Assert.Equal("bitrix24-v3", docs.Method(api: "bitrix24-v3").Api);
    }

    [Fact]
    public void Deprecation_NamesTheSuccessor()
    {
        var old = Docs.Text("shop.box.add", "{% note warning \"DEPRECATED\" %}\n\nUse [shop.crate.add](./shop-crate-add.md).\n\n{% endnote %}");
        var docs = Docs.Import((Docs.FileOf("shop.box.add"), old), (Docs.FileOf("shop.crate.add"), Docs.Text("shop.crate.add", "No parameters.")));

        Assert.True(docs.Method() is { Superseded: true, Deprecated: false });
        Assert.Equal("shop.crate.add", docs.Method().Replacement);
        Assert.False(docs.Method("shop.crate.add").Superseded);
    }

    [Fact]
    public void Scope_AndApplicationOnly()
    {
        var docs = Docs.Page("The method works only in the context of an application.");

        Assert.Equal("shop", docs.Method().Scope);
        Assert.False(docs.Method().AllowWebhook);
    }

    [Theory]
    [InlineData("# Event on Adding a Box OnBoxAdd\n\n## What the Handler Receives\n\ntext")]
    [InlineData("# Boxes: Overview\n\nThe methods `shop.box.add` and others.\n\n## Overview of Methods\n\ntext")]
    [InlineData("# Interface BX24.box.call\n\nThe function `BX24.box.call`.\n\n## Parameters\n\ntext")]
    public void OtherPages_GiveNoMethod(string text) => Assert.NotEqual(PageKind.Method, PageClassifier.Classify(DocPage.Read("api/box.md", text)).Kind);

    [Fact]
    public void Errors_FromTablesHeadingsAndExamples()
    {
        var docs = Docs.Page("No parameters.", after: """
            ## Error Handling

            ```json
            { "error": "SHOWN_ONLY", "error_description": "Shown" }
            ```

            ### Possible Error Codes

            #|
            || **Status** | **Code** | **Description** | **Value** ||
            || `400` | `BOX_FULL` | Box #FIELD# is full | Too much in it ||
            || `400` | `BOX_FULL` | Box is locked | Locked ||
            || `403` | Empty value | `Access denied` | No rights ||
            |#

            #### Other

            Error Code: `BOX_GONE`

            #|
            || **Field** | **Error description** | **How to Fix** ||
            || `id` | Box not found | Send another ||
            |#
            """);

        var errors = docs.Method().Errors;
        Assert.Equal(2, errors.Count(static e => e.Code == "BOX_FULL"));
        Assert.Contains(errors, static e => e is { Code: "BOX_FULL", Message: "Box {field} is full", Status: 400 });
        Assert.Contains(errors, static e => e is { Code: "", Message: "Access denied" });
        Assert.Contains(errors, static e => e is { Code: "BOX_GONE", Message: "Box not found" });
        Assert.Contains(errors, static e => e.Code == "SHOWN_ONLY");
    }

    [Theory]
    [InlineData("""The \u0022Name\u0022 field is empty; 256\/TE\u003Cbr\u003E""", """The "Name" field is empty; 256/TE<br>""")]
    [InlineData("""error_description":"Not \u0022found\u0022""", "Not \"found\"")]
    [InlineData("\"Not found", "Not found")]
    [InlineData("\"Box\" is not found", "\"Box\" is not found")]
    public void Texts_as_their_answers_spell_them_in_JSON_are_the_servers(string cell, string text) =>
        Assert.Equal(
            [new ErrorSpec("LOST", text)],
            Docs.Page("No parameters.", after: $"## Error Handling\n\n#|\n|| **Code** | **Error message** | **Description** ||\n|| `LOST` | {cell} | Gone ||\n|#").Method().Errors);

    [Fact]
    public void Texts_of_errors_without_a_code_are_read()
    {
        var docs = Docs.Page("No parameters.", after: "## Error Handling\n\n#|\n|| **Error Text** | **Description** ||\n|| `Not found` | The box is gone ||\n|| `Access denied` | No right ||\n|#");

        Assert.Equal([new ErrorSpec("", "Not found"), new ErrorSpec("", "Access denied")], docs.Method().Errors);
    }

    [Fact]
    public void DescriptionsOfCodes_AreNotTakenForTheServersText()
    {
        var docs = Docs.Page("No parameters.", after: "## Possible Error Codes\n\n#|\n|| **Code** | **Description** ||\n|| `A` | It happens when things go wrong ||\n|| `B` | `Server says this` ||\n|#");

        Assert.Contains(docs.Method().Errors, static e => e is { Code: "A", Message: null });
        Assert.Contains(docs.Method().Errors, static e => e is { Code: "B", Message: "Server says this" });
    }
}
