using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Validation.Tests;

public class ValueTests
{
    private const string Loose = """{ "looseTypes": true }""";

    [Theory]
    [InlineData("int", "5|\"5\"|-5|5.0|5e2|\" 5\"|\"5.0\"", "5.5|\"5.5\"|\"five\"|\"\"|true|[]|{}|\"0x5\"|\"5a\"")]
    [InlineData("long", "5|\"123456789012345\"|99999999999999999999", "1.5|\"x\"|false")]
    [InlineData("double", "5|5.5|\"5.5\"|\"1e3\"|1e400", "\"5,5\"|\"NaN\"|\"Infinity\"|true|[]")]
    [InlineData("decimal", "0.1|\"0.1\"", "\"\"|{}")]
    [InlineData("string", "\"\"|\"x\"|\"5\"", "5|true|[]|{}")]
    [InlineData("bool", "true|false", "\"Y\"|\"true\"|1|0|\"1\"|[]")]
    [InlineData("yn", "\"Y\"|\"N\"", "true|\"y\"|\"\"|1")]
    [InlineData("date", "\"2026-01-01\"|\"\"", "20260101|true")]
    [InlineData("datetime", "\"2026-01-01T00:00:00+03:00\"", "1767225600|{}")]
    [InlineData("json", "1|\"x\"|[]|{}|true", "")]
    [InlineData("file", "[\"a.png\",\"aGk=\"]|\"n12\"|{\"fileData\":[]}", "")]
    [InlineData("int[]", "[]|[1,\"2\"]|{\"0\":1,\"1\":2}|{}", "1|\"1\"|{\"a\":1}|{\"1\":1}|true")]
    [InlineData("map<int>", "{}|[]|{\"a\":1}", "[1]|\"a\"|1")]
    [InlineData("int|bool", "1|\"1\"|true", "\"x\"|[]|{}")]
    [InlineData("string|string[]", "\"x\"|[\"x\"]|[]", "5|{\"a\":\"x\"}")]
    [InlineData("Thing", "{}|[]", "[1]|\"x\"|5|true")]
    public void Types_take_what_a_server_takes_for_them(string type, string right, string wrong)
    {
        var set = TestSpecs.Set("""{ "Thing": { "fields": { "a": { "type": "int" } } } }""", $$"""{ "params": { "p": { "type": "{{type}}", "errors": { "type": "BAD_TYPE" } } } }""");

        Assert.All(Values(right), value => Assert.Equal("", set.Call($$"""{ "p": {{value}} }""").Short()));
        Assert.All(Values(wrong), value => Assert.Equal("type p", set.Call($$"""{ "p": {{value}} }""").Short()));
    }

    [Theory]
    [InlineData("int", "\"\"", "true|\"five\"")]
    [InlineData("decimal", "\"\"", "true|{}")]
    [InlineData("string", "5|5.5", "true|[]|{}")]
    [InlineData("bool", "0|1|\"0\"|\"1\"|\"Y\"|\"N\"|\"true\"|\"false\"", "2|\"yes\"|[]")]
    [InlineData("yn", "\"Y\"", "true|\"y\"|1")]
    [InlineData("string|string[]", "5", "true|{\"a\":\"x\"}")]
    [InlineData("int|bool", "\"\"|\"Y\"", "\"x\"")]
    [InlineData("Thing[]", "[]|{\"n0\":{\"a\":1},\"n1\":{}}", "{\"n0\":1}|\"x\"")]
    [InlineData("Thing", "\"\"|false|[]", "\"x\"|true|[1]")]
    [InlineData("map<int>", "\"\"|false|[]", "\"x\"|true")]
    [InlineData("json[]", "\"\"|[1]|{\"U\":[\"U1\"],\"a\":1}", "\"x\"|5")]
    public void Types_take_what_PHP_makes_of_a_value_where_the_server_has_no_error_for_it(string type, string right, string wrong)
    {
        var set = TestSpecs.Set("""{ "Thing": { "fields": { "a": { "type": "int" } } } }""", $$"""{ "params": { "p": { "type": "{{type}}" } } }""", Loose);

        Assert.All(Values(right), value => Assert.Equal("", set.Call($$"""{ "p": {{value}} }""").Short()));
        Assert.All(Values(wrong), value => Assert.Equal("type p", set.Call($$"""{ "p": {{value}} }""").Short()));
    }

    [Fact]
    public void What_must_be_given_is_not_empty()
    {
        var set = TestSpecs.Set("""{ "Thing": { "fields": { "a": { "type": "int" } } } }""", """{ "params": { "p": { "type": "Thing", "required": true }, "q": { "type": "Thing[]" } } }""", Loose);

        Assert.Equal("type p; type q[0]", set.Call("""{ "p": "", "q": [""] }""").Short());
    }

    [Fact]
    public void Objects_in_place_of_a_list_have_their_names_in_the_path()
    {
        var set = TestSpecs.Set("""{ "Thing": { "fields": { "a": { "type": "int" } } } }""", """{ "params": { "p": { "type": "Thing[]" } } }""", Loose);

        Assert.Equal("type p.n0.a", set.Call("""{ "p": { "n0": { "a": "x" } } }""").Short());
    }

    [Theory]
    [InlineData("""{ "a": 1 }""", "")]
    [InlineData("""{ "b": 1 }""", "")]
    [InlineData("""[{ "b": 1 }]""", "")]
    [InlineData("\"x\"", "")]
    [InlineData("""{ "a": "x" }""", "type p.a")]
    [InlineData("""[{ "b": "x" }]""", "type p[0].b")]
    [InlineData("true", "type p")]
    public void Unions_take_the_alternative_that_nothing_is_wrong_with(string value, string expected) => Assert.Equal(
        expected,
        TestSpecs.Validate(
            """{ "p": { "type": "A|B|B[]|string" } }""",
            $$"""{ "p": {{value}} }""",
            """{ "A": { "fields": { "a": { "type": "int", "required": true } } }, "B": { "fields": { "b": { "type": "int", "required": true } } } }""").Short());

    [Theory]
    [InlineData("""{ "type": "int[]" }""", "[1,\"x\",null]", "type p[1]; type p[2]")]
    [InlineData("""{ "type": "map<map<string>>" }""", """{ "de": { "a": "b", "c": true } }""", "type p.de.c")]
    [InlineData("""{ "type": "(int|bool)[]" }""", "[1,true,[]]", "type p[2]")]
    [InlineData("""{ "type": "string", "enum": ["a", "b"] }""", "\"c\"", "enum p")]
    [InlineData("""{ "type": "int", "enum": ["1", "2"] }""", "2", "")]
    [InlineData("""{ "type": "int", "enum": ["1", "2"] }""", "\"3\"", "enum p")]
    [InlineData("""{ "type": "string[]", "enum": ["a"] }""", "[\"a\",\"b\"]", "enum p[1]")]
    [InlineData("""{ "type": "string[]", "pattern": "^a" }""", "[\"ab\",\"b\"]", "pattern p[1]")]
    [InlineData("""{ "type": "string", "minLength": 2, "maxLength": 3 }""", "\"a\"", "minLength p")]
    [InlineData("""{ "type": "string", "minLength": 2, "maxLength": 3 }""", "\"abcd\"", "maxLength p")]
    [InlineData("""{ "type": "string", "maxLength": 2 }""", "\"\\ud83d\\ude00\\ud83d\\ude00\"", "")]
    [InlineData("""{ "type": "int", "min": 1, "max": 9 }""", "\"0\"", "min p")]
    [InlineData("""{ "type": "double", "min": 1, "max": 9 }""", "9.01", "max p")]
    [InlineData("""{ "type": "int[]", "min": 1 }""", "[1,0]", "min p[1]")]
    [InlineData("""{ "type": "int[]", "minItems": 1, "maxItems": 2 }""", "[]", "minItems p")]
    [InlineData("""{ "type": "int[]", "minItems": 1, "maxItems": 2 }""", "[10,20,30]", "maxItems p")]
    [InlineData("""{ "type": "int", "maxItems": 50 }""", "51", "maxItems p")]
    [InlineData("""{ "type": "string", "multiple": true }""", "[\"a\",true]", "type p[1]")]
    [InlineData("""{ "type": "string", "multiple": true }""", "\"a\"", "type p")]
    public void Rules_check_values_and_items(string field, string value, string expected) =>
        Assert.Equal(expected, TestSpecs.Validate($$"""{ "p": {{field}} }""", $$"""{ "p": {{value}} }""").Short());

    [Fact]
    public void Named_scalars_bring_their_rules_and_codes()
    {
        const string Types = """{ "Sku": { "type": "string", "maxLength": 3, "pattern": "^[A-Z]+$", "errors": { "maxLength": "LONG", "pattern": "FORM" } } }""";

        var violations = TestSpecs.Validate("""{ "p": { "type": "Sku[]", "errors": { "pattern": "OWN" } } }""", """{ "p": ["ABCD", "abc"] }""", Types);

        Assert.Equal("maxLength p[0]; pattern p[1]", violations.Short());
        Assert.Equal(["LONG", "OWN"], violations.Select(v => v.Code));
    }

    [Fact]
    public void Repeated_members_are_named_at_each_later_item()
    {
        const string Params = """{ "p": { "list": true, "fields": { "n": { "type": "string" }, "c": { "type": "int" } }, "uniqueBy": ["n", "c"], "errors": { "uniqueBy.c": "TWICE" } } }""";

        var violations = TestSpecs.Validate(Params, """{ "p": [{ "n": "a", "c": 1 }, { "n": "A", "c": 1 }, { "n": "a", "c": "1" }, { "n": null }, {}] }""");

        Assert.Equal("uniqueBy.n p[2].n; uniqueBy.c p[1].c; uniqueBy.c p[2].c", violations.Short());
        Assert.Equal([null, "TWICE", "TWICE"], violations.Select(v => v.Code));
        Assert.All(violations, v => Assert.Equal("B24110", v.RuleId));
    }

    [Fact]
    public void A_pattern_that_backtracks_without_end_is_given_up()
    {
        const string Params = """{ "p": { "type": "string", "pattern": "^(([a-z])+.)+[A-Z]([a-z])+$" } }""";

        Assert.Empty(TestSpecs.Validate(Params, $$"""{ "p": "{{new string('a', 60)}}" }"""));
    }

    private static string[] Values(string text) => text.Split('|', StringSplitOptions.RemoveEmptyEntries);
}
