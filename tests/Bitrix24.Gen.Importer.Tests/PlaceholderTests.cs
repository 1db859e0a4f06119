using Bitrix24.Gen.Importer.Examples;
using Bitrix24.Gen.Importer.Reporting;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Tests;

public class PlaceholderTests
{
    private const string Id = "#|\n|| **Name**\n`type` | **Description** ||\n|| **id***\n[`integer`](t.md) | Id ||\n|| **count***\n[`integer`](t.md) | Count ||\n|#";

    private static CheckedExample Check(string request)
    {
        var docs = Docs.Page(Id, request);
        return Assert.Single(ExampleCheck.Run(docs.Set, docs.Result.Methods), static e => e.IsRequest);
    }

    [Theory]
    [InlineData("your_invoice_id", true)]
    [InlineData("**put_id_here**", true)]
    [InlineData("<identifier>", true)]
    [InlineData("{{id}}", true)]
    [InlineData("box_id_here", true)]
    [InlineData("<deal id>", true)]
    [InlineData("[deal id]", true)]
    [InlineData("${dealId}", true)]
    [InlineData("укажите id сделки", true)]
    [InlineData("<b>Bold</b> text", false)]
    [InlineData("[B]Bold[/B]", false)]
    [InlineData("my", false)]
    [InlineData("yours", false)]
    [InlineData("65e5a449e8f135.21284909", false)]
    [InlineData("input_id", false)]
    [InlineData("", false)]
    public void Words_for_a_readers_own_value(string text, bool expected) => Assert.Equal(expected, Placeholders.IsPlaceholder(text));

    [Theory]
    [InlineData("""{"id": "your_id", "count": 1}""", false, true)]
    [InlineData("""{"id": "your_id", "count": "abc"}""", false, true)]
    [InlineData("""{"id": 5, "count": 1}""", false, false)]
    public void An_example_that_has_such_words_contradicts_nothing(string request, bool fails, bool hasPlaceholders)
    {
        var example = Check(request);

        Assert.Equal((fails, hasPlaceholders), (example.Fails, example.HasPlaceholders));
    }

    [Fact]
    public void They_settle_no_type_but_texts_do()
    {
        Assert.Equal("long", Docs.Page(Id, """{"id": "your_id", "count": 1}""").Parameter("id").Type.ToString());
        Assert.Equal("long|string", Docs.Page(Id, """{"id": "65e5a449e8f135.21284909", "count": 1}""").Parameter("id").Type.ToString());
        Assert.Equal("long", Docs.Page(Id, """{"id": "5", "count": 1}""").Parameter("id").Type.ToString());
    }

    [Fact]
    public void They_are_forgotten_wherever_they_stand_and_the_rest_stays()
    {
        var root = JsonReader.Read("""{"fields": {"rows": [{"id": 1}, {"id": "your_id"}]}, "name": "A"}""").Root!;

        var known = (JsonObject)Placeholders.Forget(root);

        var rows = (JsonArray)((JsonObject)known.Find("fields")!.Value).Find("rows")!.Value;
        Assert.IsType<JsonNumber>(((JsonObject)rows.Items[0]).Find("id")!.Value);
        Assert.IsType<JsonUnknown>(((JsonObject)rows.Items[1]).Find("id")!.Value);
        Assert.Equal("A", Assert.IsType<JsonString>(known.Find("name")!.Value).Value);
        Assert.Same(rows.Items[0], Placeholders.Forget(rows.Items[0]));
    }
}
