using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Tests;

/// <summary>Numbers wide enough, files in the API's own form, keys that are data, pages of lists.</summary>
public class WireFormTests
{
    private const string Header = "#|\n|| **Name**\n`type` | **Description** ||\n";

    private static FieldSpec Parameter(string name, string type, string example, string description = "Text") =>
        Docs.Page($"{Header}|| **{name}**\n[`{type}`](t.md) | {description} ||\n|#", $$"""{"{{name}}": {{example}}}""").Parameter(name);

    [Theory]
    [InlineData("ID", "integer", "1", "long")]
    [InlineData("userIds", "integer[]", "[1]", "long[]")]
    [InlineData("FILE_SIZE", "integer", "1", "long")]
    [InlineData("CREATED_BY", "integer", "1", "long")]
    [InlineData("sort", "integer", "1", "int")]
    [InlineData("price", "double", "1", "decimal")]
    [InlineData("opened", "boolean", "true", "bool")]
    public void Stated_numbers(string name, string type, string example, string expected) => Assert.Equal(expected, Parameter(name, type, example).Type.ToString());

    [Theory]
    [InlineData("quantity", "1", "decimal")]
    [InlineData("priceAccount", "99999", "decimal")]
    [InlineData("elementId", "\"12\"", "long")]
    [InlineData("depth", "2", "int")]
    [InlineData("share", "0.5", "decimal")]
    public void Shown_numbers(string name, string example, string expected) =>
        Assert.Equal(expected, Docs.Page("No parameters.", $$"""{"{{name}}": {{example}}}""").Parameter(name).Type.ToString());

    [Theory]
    [InlineData("file", """{"fileData": ["a.png", "iVBORw0KGgoAAAANSUhEUg"]}""", "file", "fileData")]
    [InlineData("file[]", """[{"fileData": ["a.png", "iVBORw0KGgoAAAANSUhEUg"]}]""", "file[]", "fileData")]
    [InlineData("array", """["a.png", "iVBORw0KGgoAAAANSUhEUg"]""", "file", null)]
    [InlineData("file", "\"iVBORw0KGgoAAAANSUhEUg\"", "file", "base64")]
    [InlineData("array", """["a", "b"]""", "string[]", null)]
    public void Files(string type, string example, string expected, string? format)
    {
        var parameter = Parameter("picture", type, example);

        Assert.Equal((expected, format), (parameter.Type.ToString(), parameter.Format));
    }

    [Theory]
    [InlineData("string", "Image in [Base64](t.md) format.", "file", "base64")]
    [InlineData("file", "Avatar. Pass a Base64 string without the prefix", "file", "base64")]
    [InlineData("object", "Picture. Object in the format `{fileData: [value1, value2]}`", "file", "fileData")]
    [InlineData("array", "Deprecated.\n\nImage. An object in the format `{fileData: [value1, value2]}`", "file", "fileData")]
    [InlineData("array", "Photo, pass an array containing the file name and a [Base64](t.md) string", "file", null)]
    [InlineData("array", "Array of attached files. Each element is an array containing the name and content encoded in base64", "file[]", null)]
    [InlineData("string", "Link to an image, or a base64 string", "string", null)]
    [InlineData("string", "Value. For type File: base64", "string", null)]
    public void Files_by_what_the_table_says(string type, string description, string expected, string? format)
    {
        var parameter = Parameter("picture", type, "\"…\"", description);

        Assert.Equal((expected, format), (parameter.Type.ToString(), parameter.Format));
    }

    [Theory]
    [InlineData("""{"result": {"a": 1, "photo": {"id": 5, "showUrl": "/a", "downloadUrl": "/b"}}}""", "file")]
    [InlineData("""{"result": {"a": 1, "photo": [{"id": "5", "url": "/a", "urlMachine": "/b"}]}}""", "file[]")]
    [InlineData("""{"result": {"a": 1, "photo": {"url": "/a", "color": "red"}}}""", "shop.box/BoxGetResultPhoto")]
    public void Objects_with_addresses_are_files(string answer, string expected)
    {
        var docs = Docs.Page("No parameters.", answer: answer, name: "shop.box.get");

        Assert.Equal(expected, docs.Field(docs.Method("shop.box.get").Result!.Type, "photo").Type.ToString());
    }

    [Theory]
    [InlineData("OWNER_ID", "\"12\"", "long")]
    [InlineData("XML_ID", "\"12\"", "string")]
    [InlineData("STATUS_ID", "\"12\"", "string")]
    [InlineData("DATE_CREATE", "\"24.09.2025 06:05:13\"", "datetime")]
    [InlineData("createdAt", "\"2025-09-24T06:05:13+03:00\"", "datetime")]
    [InlineData("DATE_CREATE", "\"09/24/2025 06:05:13 pm\"", "string")]
    [InlineData("note", "\"2025-09-24T06:05:13+03:00\"", "string")]
    [InlineData("IS_LOCKED", "\"N\"", "yn")]
    [InlineData("SHOW_FILTER", "\"N\"", "string")]
    [InlineData("PRICE_ACCOUNT", "\"12.50\"", "decimal")]
    [InlineData("PRICE_ACCOUNT", "12", "decimal")]
    [InlineData("ACTIVE", "\"Y\"", "yn")]
    [InlineData("OPENED", "\"N\"", "yn")]
    public void Text_that_name_and_answer_call_something_else_is_that(string name, string shown, string expected)
    {
        var docs = Docs.Page(
            "No parameters.", answer: Answer(name, shown), name: "shop.box.get",
            after: $"### Returned Data\n\n{Header}|| **result**\n[`object`](t.md) | [Box](#box) ||\n|#\n\n### Box {{#box}}\n\n{Header}|| **a**\n[`integer`](t.md) | A ||\n|| **{name}**\n[`string`](t.md) | Text ||\n|#");

        Assert.Equal(expected, docs.Field(docs.Method("shop.box.get").Result!.Type, name).Type.ToString());
    }

    private static string Answer(string name, string value) => $$$"""{"result": {"a": 1, "{{{name}}}": {{{value}}}}}""";

    [Theory]
    [InlineData("dateStart", "string", "Start, in ISO 8601 format", "datetime")]
    [InlineData("lastActivityDate", "string | boolean", "Last activity, ISO-8601, or `false`", "datetime")]
    [InlineData("dateStart", "string", "Start, as the portal writes it", "string")]
    [InlineData("version", "string", "A version of ISO 8601", "string")]
    [InlineData("ACTIVE", "char", "Whether it is used", "yn")]
    [InlineData("MARK", "char", "P or N", "string")]
    [InlineData("IS_LIMIT", "char", "`N` without, `D` by date", "string")]
    [InlineData("skip_time", "string", "`Y` for a date in ISO 8601 without its time", "string")]
    [InlineData("DATE_ACTIVE_TO", "datetime`] \\| [`string", "End of activity or empty string", "datetime")]
    public void Text_that_prose_calls_a_moment_or_a_character(string name, string type, string description, string expected)
    {
        var parameter = Parameter(name, type, "\"…\"", description);

        Assert.Equal(expected, parameter.Type.ToString());
        Assert.Equal(expected != "string", parameter.Weak.Contains("type"));
    }

    [Theory]
    [InlineData("integer", "string", "int")]
    [InlineData("integer", "integer", "int")]
    [InlineData("string", "string", "string")]
    public void Quoted_number_is_what_another_page_of_the_entity_calls_it(string written, string read, string expected)
    {
        var parameters = $"{Header}|| **fields**\n[`object`](t.md) | See [below](#fields) ||\n|#\n\n### fields {{#fields}}\n\n{Header}|| **QUEUE_TIME**\n[`{written}`](t.md) | Seconds ||\n|#";
        var answer = $"### Returned Data\n\n{Header}|| **result**\n[`object`](t.md) | [Box](#box) ||\n|#\n\n### Box {{#box}}\n\n{Header}|| **QUEUE_TIME**\n[`{read}`](t.md) | Seconds ||\n|#";
        var docs = Docs.Import(
            (Docs.FileOf("shop.box.put"), Docs.Text("shop.box.put", parameters, """{"fields": {}}""")),
            (Docs.FileOf("shop.box.read"), Docs.Text("shop.box.read", "No parameters.", answer: """{"result": {"QUEUE_TIME": "60"}}""", after: answer)));

        Assert.Equal(expected, docs.Field(docs.Method("shop.box.read").Result!.Type, "QUEUE_TIME").Type.ToString());
    }

    [Theory]
    [InlineData("datePaid", "datetime")]
    [InlineData("empPaidId", "long")]
    [InlineData("processId", "json")]
    public void Nothing_is_typed_where_its_name_leaves_no_doubt(string name, string expected)
    {
        var docs = Docs.Page("No parameters.", answer: Answer(name, "null"), name: "shop.box.get");

        Assert.Equal(expected, docs.Field(docs.Method("shop.box.get").Result!.Type, name).Type.ToString());
    }

    [Theory]
    [InlineData("lastVisitDate", "false", "datetime")]
    [InlineData("started", "false", "bool")]
    [InlineData("isWon", "null", "bool")]
    [InlineData("IS_WON", "null", "json")]
    [InlineData("DATE_FROM_TS_UTC", "\"1733932740\"", "long")]
    [InlineData("WIDTH", "\"40\"", "string")]
    public void Shown_only(string name, string shown, string expected)
    {
        var docs = Docs.Page("No parameters.", answer: Answer(name, shown), name: "shop.box.get");

        Assert.Equal(expected, docs.Field(docs.Method("shop.box.get").Result!.Type, name).Type.ToString());
    }

    [Fact]
    public void Text_that_is_Y_or_N_unless_given_is_a_flag()
    {
        Assert.Equal("yn", Parameter("hidden", "string", "\"Y\"", "Hidden. Default — `N`").Type.ToString());
        Assert.Equal("string", Parameter("filter", "string", "\"Y\"", "`N`, `E` or else. Default — `N`").Type.ToString());
    }

    [Fact]
    public void Texts_by_language_are_maps_also_where_they_are_objects()
    {
        var parameter = Parameter("LANG_ALL", "object", """{"en": {"TITLE": "A"}, "de": {"TITLE": "B"}}""");

        Assert.Equal(TypeKind.Map, parameter.Type.Kind);
    }

    [Fact]
    public void Objects_that_describe_one_thing_each_are_a_map()
    {
        var docs = Docs.Page(Header + "|| **PROPERTIES**\n[`object`](t.md) | Contains objects, each describing a [parameter](#one) ||\n|#\n\n### Property {#one}\n\n" + Header + "|| **Name**\n[`string`](t.md) | Name ||\n|#",
            """{"PROPERTIES": {"colour": {"Name": "A"}}}""");

        Assert.Equal(TypeKind.Map, docs.Parameter("PROPERTIES").Type.Kind);
    }

    [Theory]
    [InlineData("string")]
    [InlineData("integer")]
    public void Start_is_a_number_whatever_the_table_calls_it(string type)
    {
        var docs = Docs.Page($"{Header}|| **start**\n[`{type}`](t.md) | Offset ||\n|#", """{"start": 50}""", """{"result": [{"id": 1, "title": "A"}], "total": 1}""", "shop.box.list");

        Assert.Equal((TypeKind.Int, Paging.Start), (docs.Parameter("start", "shop.box.list").Type.Kind, docs.Method("shop.box.list").Paging));
    }

    [Fact]
    public void A_list_with_a_filter_takes_start()
    {
        var docs = Docs.Page(Header + "|| **filter**\n[`object`](t.md) | Filter ||\n|#", """{"filter": {"id": 1}}""", """{"result": [{"id": 1, "title": "A"}]}""", "shop.box.list");

        Assert.Equal(TypeKind.Int, docs.Parameter("start", "shop.box.list").Type.Kind);
    }

    [Theory]
    [InlineData("order", """{"result": [{"id": 1, "title": "A"}]}""")]
    [InlineData("filter", """{"result": "see above"}""")]
    public void AListThatTakesAQueryIsPaged_WhatEverItsPageShows(string query, string answer)
    {
        var docs = Docs.Page($"{Header}|| **{query}**\n[`object`](t.md) | By fields ||\n|#", "{\"" + query + "\": {\"ID\": 1}}", answer, "shop.box.list");

        Assert.Equal((TypeKind.Int, Paging.Start), (docs.Parameter("start", "shop.box.list").Type.Kind, docs.Method("shop.box.list").Paging));
    }

    [Fact]
    public void A_filter_lists_fields_of_its_own_in_another_spelling_and_with_prefixes()
    {
        var docs = Docs.Page(
            Header + "|| **filter**\n[`object`](t.md) | Fields:\n- `ID` — id\n- `CREATED_BY` — who\n- `TITLE` — title ||\n|| **order**\n[`object`](t.md) | Field for sorting:\n- `ID` — id\n- `TITLE` — title ||\n|#",
            """{"filter": {">ID": 5, "!TITLE": "A"}, "order": {"ID": "asc"}}""", """{"result": [{"id": 1, "title": "A", "createdBy": 7}], "total": 1}""", "shop.box.list");
        var filter = docs.Parameter("filter", "shop.box.list");

        Assert.Equal(View.Filter, filter.As);
        Assert.Equal(["ID", "CREATED_BY", "TITLE"], docs.Type(filter.Type).Fields.Select(static f => f.Name));
        Assert.Equal(TypeKind.Long, docs.Field(filter.Type, "CREATED_BY").Type.Kind);
        Assert.Equal(View.Order, docs.Parameter("order", "shop.box.list").As);
    }

    [Fact]
    public void Field_and_direction_in_two_texts_stay_texts()
    {
        var docs = Docs.Page(
            Header + "|| **sort**\n[`string`](t.md) | Field ||\n|| **order**\n[`string`](t.md) | Direction ||\n|#", """{"sort": "ID", "order": "DESC"}""", """{"result": [{"id": 1, "title": "A"}], "total": 1}""", "shop.box.list");

        Assert.Equal(TypeKind.String, docs.Parameter("order", "shop.box.list").Type.Kind);
    }
}
