using Bitrix24.Gen.Specs;
using Bitrix24.Gen.Specs.Contract;

namespace Bitrix24.Gen.Validation.Tests;

public class ErrorTests
{
    [Theory]
    [InlineData("""{ "type": "OWN", "*.type": "ITEM" }""", """{ "*.type": "P" }""", """{ "type": "T" }""", """{ "type": "M" }""", """{ "type": "API" }""", "OWN")]
    [InlineData("""{ "*.type": "ITEM" }""", """{ "*.type": "P" }""", """{ "type": "T" }""", """{ "type": "M" }""", """{ "type": "API" }""", "P")]
    [InlineData("{}", """{ "type": "P" }""", """{ "type": "T" }""", """{ "type": "M" }""", """{ "type": "API" }""", "T")]
    [InlineData("{}", "{}", "{}", """{ "type": "M" }""", """{ "type": "API" }""", "M")]
    [InlineData("{}", "{}", "{}", "{}", """{ "type": "API" }""", "API")]
    [InlineData("{}", "{}", "{}", "{}", "{}", null)]
    public void The_nearest_code_counts(string field, string parameter, string type, string method, string profile, string? expected)
    {
        var set = TestSpecs.Set(
            $$"""{ "Thing": { "fields": { "a": { "type": "int", "errors": {{field}} } }, "errors": {{type}} } }""",
            $$"""{ "params": { "p": { "type": "Thing", "errors": {{parameter}} } }, "ruleErrors": {{method}} }""",
            $$"""{ "ruleErrors": {{profile}} }""");

        Assert.Equal(expected, Assert.Single(set.Call("""{ "p": { "a": "x" } }""")).Code);
    }

    [Fact]
    public void Items_have_codes_of_their_own()
    {
        var violations = TestSpecs.Validate("""{ "p": { "type": "int[]", "errors": { "type": "LIST", "*.type": "ITEM" } } }""", """{ "p": ["x"] }""");

        Assert.Equal("ITEM", Assert.Single(violations).Code);
        Assert.Equal("LIST", Assert.Single(TestSpecs.Validate("""{ "p": { "type": "int[]", "errors": { "type": "LIST" } } }""", """{ "p": 5 }""")).Code);
    }

    [Fact]
    public void The_nearest_of_the_places_around_counts()
    {
        const string Types = """
            { "Outer": { "fields": { "inner": { "type": "Inner", "errors": { "*.required": "NEAR" } } } },
              "Inner": { "fields": { "a": { "type": "int", "required": true } }, "errors": { "required": "TYPE" } } }
            """;

        var violations = TestSpecs.Validate("""{ "p": { "type": "Outer", "errors": { "*.required": "FAR" } } }""", """{ "p": { "inner": {} } }""", Types);

        Assert.Equal("NEAR", Assert.Single(violations).Code);
    }

    [Theory]
    [InlineData("""{ "code": "C", "message": "own {field}" }""", "own a")]
    [InlineData("\"C\"", "of the method {no} a: integer, test.call")]
    [InlineData("\"S\"", "of the system")]
    [InlineData("\"N\"", "\"a\" must be of type int.")]
    public void Texts_are_the_servers_where_there_are_any(string error, string expected)
    {
        var set = TestSpecs.Set(
            "{}",
            $$$"""{ "params": { "a": { "type": "int", "errors": { "type": {{{error}}} } } }, "errors": { "C": "of the method {no} {field}: {type}, {method}" } }""",
            """{ "errors": { "S": { "message": "of the system", "status": 500 } } }""");

        Assert.Equal(expected, Assert.Single(set.Call("""{ "a": "x" }""")).Message);
    }

    [Fact]
    public void Violations_come_in_the_order_of_checks()
    {
        var set = TestSpecs.Set(
            "{}",
            """
            { "params": { "a": { "type": "string", "pattern": "^a", "maxLength": 1 }, "b": { "type": "int", "required": true },
                          "c": { "list": true, "fields": { "d": { "type": "int", "min": 1 } } } },
              "order": ["c.d.min", "b.required", "*.pattern"] }
            """);

        Assert.Equal("maxLength a; min c[1].d; required b; pattern a", set.Call("""{ "a": "bb", "c": [{ "d": 1 }, { "d": 0 }] }""").Short());
    }

    [Theory]
    [InlineData("fields.name", "pattern", 0)]
    [InlineData("fields.sourceId", "reference", 1)]
    [InlineData("fields.fields[3].externalCode", "uniqueBy.externalCode", 6)]
    [InlineData("fields.fields[3].name", "required", 7)]
    [InlineData("fields.description", "type", -1)]
    public void Ranks_serve_rules_that_only_the_server_knows(string path, string rule, int expected) =>
        Assert.Equal(expected, CheckOrder.Rank(PackagedSpecs.Method("biconnector.dataset.add").CheckOrder, path, rule));

    [Fact]
    public void Ranges_show_the_value_the_name_or_the_object_around()
    {
        const string Json = """{ "p": { "id": 1, "n": "x", "y": 2 } }""";
        const string Types = """{ "Thing": { "fields": { "id": { "type": "int", "readOnly": true }, "n": { "type": "int" }, "r": { "type": "int", "required": true } } } }""";

        var violations = TestSpecs.Validate("""{ "p": { "type": "Thing" } }""", Json, Types);

        Assert.Equal(
            [("unknown", "\"y\""), ("readOnly", "\"id\""), ("type", "\"x\""), ("required", """{ "id": 1, "n": "x", "y": 2 }""")],
            violations.Select(v => (v.Rule, Json.Substring(v.Range.Start, v.Range.Length))));
    }

    [Fact]
    public void Unknown_and_deprecated_methods_are_violations_of_a_call()
    {
        var set = TestSpecs.Set("{}", """{ "deprecated": true, "replacement": "test.call" }""", """{ "ruleErrors": { "method": "NO_METHOD" } }""");

        var unknown = Assert.Single(SpecValidator.ValidateCall(set, "bitrix24", "test.cal", null));
        var deprecated = Assert.Single(set.Call("{}"));

        Assert.Equal(("B24101", "NO_METHOD", "test.call"), (unknown.RuleId, unknown.Code, unknown.Suggestion));
        Assert.Equal(("B24114", RuleSeverity.Warning, "test.call"), (deprecated.RuleId, deprecated.Severity, deprecated.Suggestion));
        Assert.DoesNotContain(SpecValidator.ValidateCall(set, "bitrix24", "TEST.CALL", null), v => v.RuleId == "B24101");
    }
}
