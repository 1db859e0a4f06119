using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Tests;

/// <summary>What is different on pages of REST 3.0: envelopes, conditions, descriptions of fields, tails.</summary>
public class RestV3PageTests
{
    private const string Api = "bitrix24-v3";
    private const string Header = "#|\n|| **Name**\n`type` | **Description** ||\n";
    private const string Record = """{"id": 1, "title": "A", "description": "B", "owner": {"id": 1, "name": "C"}}""";
    private const string Query = "|| **select**\n[`array`](t.md) | Fields ||\n|| **filter**\n[`array`](t.md) | Conditions ||\n";

    private static (string, string) Page(string name, string parameters, string request, string answer = """{"result": {"result": true}}""") =>
        (Docs.FileOf(name), Docs.Text(name, parameters, request, answer, url: "/rest/api/"));

    private static Docs Boxes(string filter = """[["id", ">", 5], {"logic": "or", "conditions": [["title", "A"], ["owner.name", "in", ["C"]]]}]""") => Docs.Import(
        Page("shop.box.get", Header + "|| **id***\n[`integer`](t.md) | Id ||\n|| **select**\n[`array`](t.md) | Fields ||\n|#", """{"id": 1, "select": ["id", "owner.name"]}""", "{\"result\": {\"item\": " + Record + "}}"),
        Page("shop.box.list", Header + Query + "|| **pagination**\n[`object`](t.md) | Page ||\n|#", "{\"select\": [\"id\"], \"filter\": " + filter + ", \"pagination\": {\"limit\": 5}}", "{\"result\": {\"items\": [" + Record + "]}}"),
        Page("shop.box.tail", Header + Query + "|| **cursor**\n[`object`](t.md) | Start ||\n|#", """{"filter": [], "cursor": {"field": "id", "value": 5, "order": "ASC"}}""", "{\"result\": {\"items\": [" + Record + "]}}"),
        Page("shop.box.delete", Header + "|| **id***\n[`integer`](t.md) | Id ||\n|#", """{"id": 1}"""),
        Page("shop.box.field.get", Header + "|| **name***\n[`string`](t.md) | Name ||\n|#", """{"name": "title"}""", """{"result": {"item": {"name": "title", "type": "string", "filterable": true, "sortable": true}}}"""),
        Page("shop.box.field.list", "No parameters.", "{}", """{"result": {"items": [{"name": "id", "type": "int", "filterable": true, "sortable": true}, {"name": "description", "type": "string", "filterable": false, "sortable": false}]}}"""));

    [Theory]
    [InlineData("shop.box.get", "item", "Box")]
    [InlineData("shop.box.list", "items", "Box[]")]
    [InlineData("shop.box.tail", "items", "Box[]")]
    [InlineData("shop.box.delete", "result", "bool")]
    public void Envelope_IsNoPartOfTheAnswer(string method, string at, string type)
    {
        var result = Boxes().Method(method, Api).Result!;

        Assert.Equal((at, type), (result.At, result.Type.ToString().Split('/')[^1]));
    }

    [Fact]
    public void DescriptionOfOneField_IsUnderItsOwnName()
    {
        var docs = Boxes();
        var box = docs.Set.ResolveType(docs.Method("shop.box.get", Api).Result!.Type, Api)!;

        Assert.DoesNotContain(box.Fields, static f => f.Name == "item");
        Assert.False(box.Fields.Single(static f => f.Name == "description").Filterable);
    }

    [Theory]
    [InlineData("shop.box.list")]
    [InlineData("shop.box.tail")]
    public void Conditions_AreAFilterOverTheRecord(string method)
    {
        var filter = Boxes().Method(method, Api).Params.Single(static p => p.Name == "filter");

        Assert.Equal(("Box", (View?)View.Filter), (filter.Type.Name, filter.As));
    }

    [Fact]
    public void FieldsThatAnOrderNames_AreSortable_WhateverTheDescriptionMarks()
    {
        var docs = Docs.Import(
            Page("shop.box.list", Header + "|| **order**\n[`object`](t.md) | Directions. Available fields for sorting: `id`, `title`, `description` ||\n|#", """{"order": {"id": "ASC"}}""", "{\"result\": {\"items\": [" + Record + "]}}"),
            Page("shop.box.field.list", "No parameters.", "{}", """{"result": {"items": [{"name": "title", "type": "string", "sortable": false}, {"name": "owner", "type": "object", "sortable": false}]}}"""));
        var box = docs.Set.ResolveType(docs.Method("shop.box.list", Api).Params.Single().Type, Api)!;

        Assert.True(box.Fields.Single(static f => f.Name == "title").Sortable);
        Assert.False(box.Fields.Single(static f => f.Name == "owner").Sortable);
        Assert.Contains(docs.Notes, static n => n == "'title' is not sortable by the API's own description, yet listed among what is sorted by.");
    }

    [Fact]
    public void ConditionsOnUnknownFields_AreAnyJson()
    {
        var filter = Boxes("""[["length", ">", 5]]""").Method("shop.box.list", Api).Params.Single(static p => p.Name == "filter");

        Assert.Equal(("json[]", (View?)null), (filter.Type.ToString(), filter.As));
    }

    [Fact]
    public void SelectionMayLeadIntoRelatedRecords() =>
        Assert.Equal(View.Select, Boxes().Method("shop.box.get", Api).Params.Single(static p => p.Name == "select").As);

    [Fact]
    public void TailIsAListThatPagesByCursor()
    {
        var tail = Boxes().Method("shop.box.tail", Api);

        Assert.Equal((Operation.List, Paging.Cursor, Idempotency.Read), (tail.Operation, tail.Paging, tail.Idempotency));
    }
}
