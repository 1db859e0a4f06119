using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Tests;

/// <summary>What lists may be asked for and by; what may stand in place of something; what a number identifies.</summary>
public class SelectedFieldTests
{
    private const string Header = "#|\n|| **Name**\n`type` | **Description** ||\n";

    private const string Select = "|| **select**\n[`array`](t.md) | Fields:\n- `ID` — identifier\n- `DATE_CREATE` — when it was made\n- `TEMPLATE_ID` — template\n- `NOTE` — text ||\n";

    [Fact]
    public void Field_that_may_be_selected_is_answered()
    {
        var docs = Docs.Import((Docs.FileOf("shop.box.list"), Docs.Text("shop.box.list", $"{Header}{Select}|#", """{"select": ["ID"]}""", """{"result": [{"ID": "1", "templateId": "2"}]}""")));
        var fields = docs.Type(docs.Method("shop.box.list").Result!.Type.Element!).Fields.ToDictionary(static f => f.Name);

        Assert.Equal(["ID", "templateId", "DATE_CREATE", "NOTE"], fields.Keys);
        Assert.Equal((TypeKind.DateTime, false), (fields["DATE_CREATE"].Type.Kind, fields["DATE_CREATE"].IsAlwaysAnswered));
    }

    [Fact]
    public void Part_of_a_record_that_an_example_shows_is_not_the_record()
    {
        var docs = Docs.Import(
            (Docs.FileOf("shop.box.add"), Docs.Text("shop.box.add", $"{Header}|| **NAME**\n[`string`](t.md) | Text ||\n|| **VALUES**\n[`object`](t.md) | Values ||\n|#", """{"NAME": "a", "VALUES": {"test": 1, "test1": 2}}""")),
            (Docs.FileOf("shop.box.get"), Docs.Text("shop.box.get", $"{Header}|| **FILTER**\n[`object`](t.md) | Filter ||\n|| **start**\n[`integer`](t.md) | Text ||\n|#", """{"FILTER": {">ID": 1}}""",
                """{"result": [{"ID": "1", "NAME": "a"}]}""")));
        var filter = docs.Method("shop.box.get").Params.Single(static p => p.Name == "FILTER");

        Assert.Equal(["ID", "NAME"], docs.Type(filter.Type).Fields.Select(static f => f.Name));
    }

    [Fact]
    public void Parameter_used_instead_of_another_takes_its_star()
    {
        var docs = Docs.Import((Docs.FileOf("shop.box.add"), Docs.Text("shop.box.add",
            $"{Header}|| **fileId***\n[`integer`](t.md) | Text ||\n|| **file***\n[`file`](t.md) | Text. Used instead of the `fileId` parameter ||\n|#", """{"fileId": 1}""")));

        Assert.All(docs.Method("shop.box.add").Params, static p => Assert.Equal((false, true), (p.Required, p.OneOf.Count == 1)));
    }

    [Fact] // https://apidocs.bitrix24.com/api-reference/calendar/calendar-event/calendar-event-update.html
    public void Parameter_used_instead_of_one_that_need_not_be_given_is_not_needed_either()
    {
        var docs = Docs.Import((Docs.FileOf("shop.box.update"), Docs.Text("shop.box.update",
            $"{Header}|| **from**\n[`string`](t.md) | Text ||\n|| **from_ts**\n[`integer`](t.md) | Text. Can be used instead of the `from` parameter ||\n|#", """{"from": "a"}""")));

        Assert.All(docs.Method("shop.box.update").Params, static p => Assert.Equal((false, 0), (p.Required, p.OneOf.Count)));
    }

    [Fact] // https://apidocs.bitrix24.com/api-reference/calendar/calendar-section-get.html
    public void Parameter_that_may_be_left_out_is_not_required_by_its_star()
    {
        var docs = Docs.Import((Docs.FileOf("shop.box.get"), Docs.Text("shop.box.get",
            $"{Header}|| **ownerId***\n[`integer`](t.md) | Owner.\n\nThis parameter can be omitted if the type is `user` ||\n|#", """{"ownerId": 1}""")));

        Assert.False(docs.Method("shop.box.get").Params.Single().Required);
    }

    [Theory]
    [InlineData("""{"57": {"ID": 57, "NAME": "a"}}""", "start", TypeKind.Array)]
    [InlineData("""{"U57": {"ID": 57, "NAME": "a"}}""", "start", TypeKind.Map)]
    [InlineData("""{"57": {"ID": 57, "NAME": "a"}}""", "limit", TypeKind.Map)]
    public void Page_of_records_under_their_ids_is_a_list(string rows, string paging, TypeKind kind)
    {
        var docs = Docs.Import((Docs.FileOf("shop.box.list"),
            Docs.Text("shop.box.list", $"{Header}|| **{paging}**\n[`integer`](t.md) | Text ||\n|#", "{}", "{\"result\": {\"boxes\": " + rows + "}}")));
        var result = docs.Method("shop.box.list").Result!;

        Assert.Equal(kind, result.Type.Kind == TypeKind.Named ? docs.Type(result.Type).Fields.Single(static f => f.Name == "boxes").Type.Kind : result.Type.Kind);
    }

    [Theory]
    [InlineData("Identifier of the section", TypeKind.Long)]
    [InlineData("Parent section identifier", TypeKind.Long)]
    [InlineData("Number of sections", TypeKind.Int)]
    public void Number_that_identifies_is_long(string text, TypeKind kind)
    {
        var docs = Docs.Import((Docs.FileOf("shop.box.add"), Docs.Text("shop.box.add", $"{Header}|| **section**\n[`integer`](t.md) | {text} ||\n|#", """{"section": 1}""")));

        Assert.Equal(kind, docs.Method("shop.box.add").Params.Single(static p => p.Name == "section").Type.Kind);
    }
}
