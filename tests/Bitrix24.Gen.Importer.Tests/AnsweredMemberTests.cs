using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Tests;

/// <summary>What identifies a record, and a record within an answer, are there always; other members need not be.</summary>
public class AnsweredMemberTests
{
    private const string Header = "#|\n|| **Name**\n`type` | **Description** ||\n";

    [Theory]
    [InlineData("boxNo", """{"boxCode": "a", "boxId": 5, "size": 3}""", "boxId", true)]
    [InlineData("boxNo", """{"boxCode": "a", "boxId": 5, "size": 3}""", "size", false)]
    [InlineData("boxNo", """{"boxCode": "a", "boxId": null, "size": 3}""", "boxId", false)]
    [InlineData("boxNo", """{"boxes": [{"boxId": 5, "size": 3}, {"size": 4}], "more": true}""", "boxId", false)]
    [InlineData("boxNo", """{"parentId": 5, "size": 3}""", "parentId", false)]
    public void Identifier_that_other_methods_ask_for_is_answered_always(string verb, string answer, string field, bool always) =>
        Assert.Equal(always, FieldOf(Import(verb, answer), verb, field).IsAlwaysAnswered);

    [Theory]
    [InlineData("""{"lid": {"id": 1, "color": "red"}, "parts": []}""", true)]
    [InlineData("""{"lid": {"color": "red"}, "parts": []}""", false)]
    [InlineData("""{"lid": {"id": null, "color": "red"}, "parts": []}""", false)]
    [InlineData("""{"id": 7, "lid": {"id": 1, "color": "red"}, "parts": []}""", false)]
    public void Record_within_an_answer_is_there_always(string answer, bool always) =>
        Assert.Equal(always, FieldOf(Import("open", answer), "open", "lid").IsAlwaysAnswered);

    [Fact]
    public void Field_that_may_be_given_at_creation_is_answered_and_not_demanded()
    {
        var docs = Docs.Import(
            (Docs.FileOf("shop.box.add"), Docs.Text("shop.box.add", Row("fields", "object") + Fields, """{"fields": {"title": "a"}}""", """{"result": {"id": 1, "title": "a", "boxId": 5}}""")),
            (Docs.FileOf("shop.box.get"), Docs.Text("shop.box.get", Row("boxId"), """{"boxId": 1}""", """{"result": {"id": 1, "title": "a", "boxId": 5}}""")));
        var box = docs.Type(docs.Method("shop.box.get").Result!.Type).Fields.Single(static f => f.Name == "boxId");

        Assert.Equal((true, false), (box.Answered, box.Required));
    }

    [Fact]
    public void Types_that_become_one_are_sure_of_what_all_of_them_have()
    {
        var docs = Docs.Import(
            (Docs.FileOf("shop.box.close"), Docs.Text("shop.box.close", Row("boxId"), """{"boxId": 1}""", """{"result": {"boxId": 5, "size": 3, "mark": "a"}}""")),
            (Docs.FileOf("shop.box.open"), Docs.Text("shop.box.open", Row("boxId"), """{"boxId": 1}""", """{"result": {"boxId": null, "size": 3, "mark": "a"}}""")));

        Assert.False(FieldOf(docs, "close", "boxId").IsAlwaysAnswered);
    }

    private static string Fields => $"\n\n### Parameter fields {{#fields}}\n\n{Header}|| **title***\n[`string`](t.md) | Text ||\n|| **boxId**\n[`integer`](t.md) | Text ||\n|#\n";

    private static string Row(string name, string type = "integer") => $"{Header}|| **{name}***\n[`{type}`](t.md) | Text ||\n|#";

    private static Docs Import(string verb, string answer) => Docs.Import(
        (Docs.FileOf("shop.box." + verb), Docs.Text("shop.box." + verb, "No parameters.", "{}", $$"""{"result": {{answer}}}""")),
        (Docs.FileOf("shop.box.close"), Docs.Text("shop.box.close", Row("boxId"), """{"boxId": 1}""")),
        (Docs.FileOf("shop.box.move"), Docs.Text("shop.box.move", Row("parentId"), """{"parentId": 1}""")));

    private static FieldSpec FieldOf(Docs docs, string verb, string field) =>
        AllFields(docs, docs.Method("shop.box." + verb).Result!.Type).First(f => f.Name == field);

    private static IEnumerable<FieldSpec> AllFields(Docs docs, TypeRef type) => type.Element is { } element ? AllFields(docs, element)
        : type.Kind != TypeKind.Named ? []
        : docs.Type(type).Fields.SelectMany(f => AllFields(docs, f.Type).Prepend(f));
}
