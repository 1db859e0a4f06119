using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Validation.Tests;

/// <summary>Filters that are lists of conditions, as REST 3.0 reads them.</summary>
public class ConditionTests
{
    private const string Types = """
        { "Size": { "type": "int" },
          "User": { "fields": { "id": { "type": "int" }, "name": { "type": "string" }, "boss": { "type": "User" } } },
          "Task": { "fields": {
            "id": { "type": "int" }, "title": { "type": "string" }, "size": { "type": "Size" }, "responsible": { "type": "User" },
            "members": { "type": "User[]" }, "any": { "type": "json" }, "ids": { "type": "int[]" },
            "secret": { "type": "string", "filterable": false } } } }
        """;

    private const string Method = """
        { "params": { "filter": { "type": "Task", "as": "filter" }, "select": { "type": "Task", "as": "select" }, "order": { "type": "Task", "as": "order" } } }
        """;

    private static readonly SpecSet Set = TestSpecs.Set(Types, Method, """
        { "filterForm": "conditions", "ruleErrors": { "property": "UNKNOWN", "condition": "FILTER", "operator": "OPERATOR" },
          "filterOperators": { "=": "equals", "!=": "notEquals", ">": "greater", "in": "in", "between": "between" } }
        """);

    [Theory]
    [InlineData("[]", "")]
    [InlineData("""[["id", "=", 1], ["title", "x"], ["id", [1, 2]], ["id", "in", [1, "2"]], ["id", "between", [1, 5]], ["id", "=", null]]""", "")]
    [InlineData("""[{ "logic": "or", "conditions": [["id", 1], { "logic": "AND", "conditions": [["title", "!=", "x"]], "negative": true }] }]""", "")]
    [InlineData("""{ "0": ["id", 1], "1": ["id", 2] }""", "")]
    [InlineData("""[["idd", 1], ["title", "~", "x"], ["secret", "x"]]""", "property filter[0]; operator filter[1]; filterable filter[2]")]
    [InlineData("""{ ">id": 5 }""", "condition filter")]
    [InlineData("""["id", ">", 5]""", "condition filter")]
    [InlineData("\"id\"", "condition filter")]
    [InlineData("""[5, [], ["id"], ["id", "=", 1, 2], [5, "=", 1], {}]""", "condition filter[0]; condition filter[1]; condition filter[2]; condition filter[3]; condition filter[4]; condition filter[5]")]
    [InlineData("""[["id", "in", 1], ["id", "in", []], ["id", "between", [1]], ["id", "between", 1]]""", "condition filter[0]; condition filter[1]; condition filter[2]; condition filter[3]")]
    [InlineData("""[["id", "five"], ["size", ">", "x"], ["id", "in", [1, "x"]], ["ids", "x"], ["title", 5]]""", "type filter[0]; type filter[1]; type filter[2]")]
    [InlineData("""[{ "logic": "xor", "conditions": [["x", 1]] }]""", "logic filter[0].logic; property filter[0].conditions[0]")]
    [InlineData("""[{ "logic": "or" }, { "conditions": [], "negtive": true }, { "conditions": { "id": 1 } }]""", "condition filter[0]; condition filter[1].negtive; condition filter[2].conditions")]
    [InlineData("""[["responsible.name", "x"], ["responsible.boss.id", 1], ["any.x", 1], ["responsible.nam", "x"], ["members.x", 1], ["responsible.boss.x", 1]]""", "property filter[3]; property filter[4]; property filter[5]")]
    public void Conditions_are_checked_by_form_field_operator_and_number(string filter, string expected) =>
        Assert.Equal(expected, Set.Call($$"""{ "filter": {{filter}} }""").Short());

    [Fact]
    public void Unknown_field_of_the_object_is_omitted_and_that_of_a_related_one_is_refused()
    {
        var violations = Set.Call("""{ "select": ["id", "stageId", "responsible.name", "responsible.stageId"] }""");

        Assert.Equal("unknown select[1]; property select[3]", violations.Short());
        Assert.Equal([null, "UNKNOWN"], violations.Select(static v => v.Code));
        Assert.Equal("B24112", violations[1].RuleId);
    }

    [Fact]
    public void Unknown_field_to_sort_by_is_refused() =>
        Assert.Equal("property order.idd", Set.Call("""{ "order": { "id": "ASC", "idd": "ASC" } }""").Short());

    [Theory]
    [InlineData("""[["titel", "x"]]""", "title")]
    [InlineData("""[["responsible.nme", "x"]]""", "responsible.name")]
    [InlineData("""[["id", "beetween", [1, 2]]]""", "between")]
    [InlineData("""[{ "conditions": [], "negtive": true }]""", "negative")]
    public void Suggestions_are_names_that_may_stand_there(string filter, string expected) =>
        Assert.Equal(expected, Assert.Single(Set.Call($$"""{ "filter": {{filter}} }""")).Suggestion);
}
