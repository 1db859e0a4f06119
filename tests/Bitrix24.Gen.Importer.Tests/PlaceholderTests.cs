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
    [InlineData("yours", false)]
    [InlineData("65e5a449e8f135.21284909", false)]
    [InlineData("input_id", false)]
    [InlineData("", false)]
    public void Words_for_a_readers_own_value(string text, bool expected) => Assert.Equal(expected, Placeholders.IsPlaceholder(text));

    [Theory]
    [InlineData("""{"id": "your_id", "count": 1}""", true, true)]
    [InlineData("""{"id": "your_id", "count": true}""", true, false)]
    [InlineData("""{"id": 5, "count": 1}""", false, false)]
    public void An_example_that_has_such_words_contradicts_nothing(string request, bool fails, bool byPlaceholders)
    {
        var example = Check(request);

        Assert.Equal((fails, byPlaceholders), (example.Fails, example.FailsByPlaceholders));
    }

    [Fact]
    public void They_settle_no_type_but_texts_do()
    {
        Assert.Equal("long", Docs.Page(Id, """{"id": "your_id", "count": 1}""").Parameter("id").Type.ToString());
        Assert.Equal("long|string", Docs.Page(Id, """{"id": "65e5a449e8f135.21284909", "count": 1}""").Parameter("id").Type.ToString());
        Assert.Equal("long", Docs.Page(Id, """{"id": "5", "count": 1}""").Parameter("id").Type.ToString());
    }

    [Fact]
    public void Paths_lead_to_them()
    {
        var root = JsonReader.Read("""{"fields": {"rows": [{"id": 1}, {"id": "your_id"}]}}""").Root!;

        Assert.True(Placeholders.At(root, "fields.rows[1].id"));
        Assert.False(Placeholders.At(root, "fields.rows[0].id"));
        Assert.False(Placeholders.At(root, "fields.rows[7].id"));
        Assert.False(Placeholders.At(root, "fields.none"));
    }
}
