using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Validation.Tests;

public class QueryTests
{
    private const string Types = """
        { "Deal": { "open": true, "fields": {
            "id": { "type": "int" }, "title": { "type": "string" }, "contact": { "type": "json" },
            "rows": { "type": "json", "filterable": false, "sortable": false, "selectable": false } } },
          "Free": { "fields": {} } }
        """;

    private const string Method = """
        { "params": {
            "filter": { "type": "Deal", "as": "filter", "logic": true }, "plain": { "type": "Deal", "as": "filter" },
            "select": { "type": "Deal", "as": "select" }, "names": { "type": "Deal", "as": "select", "in": "query" },
            "order": { "type": "Deal", "as": "order" }, "any": { "type": "Free", "as": "filter" } },
          "http": "POST /deals" }
        """;

    private static readonly SpecSet Prefixes = TestSpecs.Set(
        Types, Method, """{ "filterOperators": { "": "equals", "=": "equals", ">=": "greaterOrEqual", "!%": "notContains" }, "orderDirections": ["ASC", "DESC"] }""");

    private static readonly SpecSet Keys = TestSpecs.Set(
        Types, Method, """{ "filterOperators": { "": "equals", ">=": "greaterOrEqual" }, "filterKeys": { "$gte": "greaterOrEqual", "$in": "in" }, "orderForms": ["object", "string", "array"] }""");

    [Theory]
    [InlineData("""{ "filter": { "id": 1, ">=id": "2", "!%title": "x", "UF_1": 1, "contact.name": "x", "=UF_2": [1] } }""", "")]
    [InlineData("""{ "filter": { "~id": 1, "<id": 1 } }""", "operator filter.~id; operator filter.<id")]
    [InlineData("""{ "filter": { ">=idd": 1, "": 1, "client.name": 1 } }""", "unknown filter.>=idd; unknown filter.; unknown filter.client.name")]
    [InlineData("""{ "filter": { "rows": 1 } }""", "filterable filter.rows")]
    [InlineData("""{ "filter": { "logic": "OR", "0": { "x": 1 }, "1": { "0": { "y": 1 } } } }""", "unknown filter.0.x; unknown filter.1.0.y")]
    [InlineData("""{ "filter": { "logic": "or" } }""", "logic filter.logic")]
    [InlineData("""{ "filter": { "::LOGIC": "OR", "::SUBFILTER-1": { "::logic": "AND", "id": 1, "x": 1 } } }""", "unknown filter.::SUBFILTER-1.x")]
    [InlineData("""{ "plain": { "::SUBFILTER-1": { "id": 1 } } }""", "operator plain.::SUBFILTER-1")]
    [InlineData("""{ "filter": { "id": { "x": 1, "id": 1 } } }""", "unknown filter.id.x")]
    [InlineData("""{ "filter": [{ "x": 1 }, [{ "y": 1 }], 5] }""", "unknown filter[0].x; unknown filter[1][0].y; condition filter[2]")]
    [InlineData("""{ "filter": "id" }""", "type filter")]
    [InlineData("""{ "plain": { "logic": "OR", "0": { "id": 1 } } }""", "unknown plain.logic; unknown plain.0")]
    [InlineData("""{ "any": { "x": 1, "~y": 1 } }""", "operator any.~y")]
    [InlineData("""{ "select": ["id", "*", "UF_*", "UF_1", "contact.name", "rows", "x", 5] }""", "selectable select[5]; unknown select[6]; type select[7]")]
    [InlineData("""{ "select": { "0": "id", "1": "x" } }""", "unknown select[1]")]
    [InlineData("""{ "select": "id,x" }""", "type select")]
    [InlineData("""{ "names": "id, x" }""", "unknown names")]
    [InlineData("""{ "order": { "id": "asc", "title": "DESC", "rows": "ASC", "x": "ASC", "UF_1": "ASC" } }""", "sortable order.rows; unknown order.x")]
    [InlineData("""{ "order": { "id": "up", "title": null, "contact": true } }""", "direction order.id; direction order.title; direction order.contact")]
    [InlineData("""{ "order": [] }""", "")]
    [InlineData("""{ "order": ["id"] }""", "type order")]
    [InlineData("""{ "order": "id" }""", "type order")]
    public void Queries_name_fields_operators_and_directions(string json, string expected) =>
        Assert.Equal(expected, Prefixes.Call(json).Short());

    [Theory]
    [InlineData("""{ "filter": { "id": { "$gte": 5, "$in": [1] }, ">=id": 5, "title": { ">=": 5 } } }""", "")]
    [InlineData("""{ "filter": { "id": { "$get": 5 } } }""", "operator filter.id.$get")]
    [InlineData("""{ "order": "id,-title,-x" }""", "unknown order")]
    [InlineData("""{ "order": ["id", "-x"] }""", "unknown order[1]")]
    [InlineData("""{ "order": { "id": "whatever" } }""", "")]
    public void Apis_may_have_operators_in_values_and_other_forms_of_order(string json, string expected) =>
        Assert.Equal(expected, Keys.Call(json).Short());

    [Theory]
    [InlineData("""{ "filter": { ">=titel": 1 } }""", ">=title")]
    [InlineData("""{ "select": ["titel"] }""", "title")]
    [InlineData("""{ "order": { "titel": "ASC" } }""", "title")]
    [InlineData("""{ "order": { "id": "DESCC" } }""", "DESC")]
    [InlineData("""{ "filter": { "row": 1 } }""", null)]
    public void Suggestions_are_names_that_may_stand_there(string json, string? expected) =>
        Assert.Equal(expected, Assert.Single(Prefixes.Call(json)).Suggestion);
}
