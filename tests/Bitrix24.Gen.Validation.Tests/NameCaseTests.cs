using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Validation.Tests;

public class NameCaseTests
{
    private const string Types = """
        { "Thing": { "fields": { "NAME": { "type": "string", "required": true }, "SIZE": { "type": "int" }, "KEY": { "type": "int", "readOnly": true } } } }
        """;

    private const string Method = """
        { "params": { "id": { "type": "int", "required": true }, "fields": { "type": "Thing", "as": "create", "required": true },
          "a": { "type": "int", "oneOf": ["b"] }, "b": { "type": "int" }, "x": { "type": "int" }, "X": { "type": "string", "csharp": "BigX" } } }
        """;

    [Theory]
    [InlineData("""{ "id": 1, "fields": { "NAME": "n" }, "b": 1 }""", "")]
    [InlineData("""{ "ID": 1, "Fields": { "name": "n" }, "B": 1 }""", "unknown ID; unknown Fields; unknown B; unknown Fields.name")]
    [InlineData("""{ "ID": "five", "fields": { "NAME": "n", "Size": true, "key": 1 }, "b": 1 }""", "unknown ID; type ID; unknown fields.Size; unknown fields.key; type fields.Size; readOnly fields.key")]
    [InlineData("""{ "ID": null, "fields": { "NAME": "n" }, "b": 1 }""", "unknown ID; required ID")]
    [InlineData("""{ "id": 1, "ID": "five", "fields": { "NAME": "n" }, "b": 1, "x": 1, "X": "1" }""", "unknown ID")]
    public void Where_names_may_be_in_any_case_a_slip_is_one_warning(string parameters, string expected) =>
        Assert.Equal(expected, TestSpecs.Set(Types, Method, """{ "nameCase": "any" }""").Call(parameters).Short());

    [Fact]
    public void A_slip_names_what_was_meant()
    {
        var violation = Assert.Single(TestSpecs.Set(Types, """{ "params": { "id": { "type": "int", "required": true } } }""", """{ "nameCase": "any" }""").Call("""{ "ID": 1 }"""));

        Assert.Equal(("B24102", RuleSeverity.Warning, "id"), (violation.RuleId, violation.Severity, violation.Suggestion));
    }

    [Fact]
    public void Where_the_server_turns_all_names_into_one_case_no_case_is_a_slip()
    {
        var set = TestSpecs.Set(Types, """{ "params": { "id": { "type": "int", "required": true }, "fields": { "type": "Thing[]" } } }""", """{ "nameCase": "deep" }""");

        Assert.Equal("unknown Fields[0].mane; type Fields[0].Size", set.Call("""{ "ID": 1, "Fields": [{ "name": "n", "Size": "x", "mane": 1 }] }""").Short());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "nameCase": "exact" }""")]
    public void Exact_names_are_unknown_in_another_case(string profile) =>
        Assert.Equal(
            "unknown ID; required id; unknown fields.name; required fields.NAME; oneOf a",
            TestSpecs.Set(Types, Method, profile).Call("""{ "ID": 1, "fields": { "name": "n" } }""").Short());

    [Fact]
    public void A_file_knows_better_than_its_api()
    {
        var set = SpecSet.Create(
        [
            SpecReader.Read("bitrix24/api.b24.json", """{ "api": "bitrix24", "profile": { "nameCase": "any" } }"""),
            SpecReader.Read("bitrix24/test.b24.json", """{ "api": "bitrix24", "methods": { "test.call": { "params": { "id": { "type": "int", "required": true } } } } }"""),
            SpecReader.Read("test.b24.json", """{ "api": "bitrix24", "overlay": true, "nameCase": "exact" }""", user: true),
        ]);

        Assert.Equal("unknown ID; required id", set.Call("""{ "ID": 1 }""").Short());
    }

    [Theory]
    [InlineData("biconnector.dataset.get")]
    [InlineData("biconnector.source.get")]
    [InlineData("biconnector.connector.get")]
    public void Methods_that_are_known_to_be_exact_stay_so(string method) =>
        Assert.Contains(Validate(method), static v => v.RuleId == "B24103");

    [Theory]
    [InlineData("crm.deal.get")]
    [InlineData("crm.company.get")]
    public void Methods_that_documentation_spells_both_ways_take_both(string method) =>
        Assert.Empty(Validate(method));

    private static IReadOnlyList<SpecViolation> Validate(string method) =>
        SpecValidator.Validate(PackagedSpecs.Set, PackagedSpecs.Method(method), PackagedSpecs.Json("""{ "ID": 1 }"""));
}
