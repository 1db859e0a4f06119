using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Validation.Tests;

public class ResponseTests
{
    private static readonly SpecSet Set = TestSpecs.Set(
        """
        { "Thing": { "fields": { "id": { "type": "int" }, "on": { "type": "bool" }, "yes": { "type": "yn" }, "at": { "type": "datetime" },
              "price": { "type": "double" }, "part": { "type": "Part" }, "parts": { "type": "Part[]" }, "words": { "type": "map<string>" },
              "either": { "type": "int|Part" }, "any": { "type": "json" }, "kind": { "type": "string", "enum": ["a"] } } },
          "Part": { "open": true, "fields": { "n": { "type": "int" } } } }
        """,
        """{ "result": { "type": "Thing", "at": "item" }, "errors": { "GONE": "Gone." } }""",
        """{ "errors": { "BUSY": { "message": "Busy", "status": 503 } } }""");

    [Theory]
    [InlineData("""{ "id": "5", "on": "Y", "yes": true, "at": "2026-01-01", "price": "0.5", "part": [], "parts": { "3": { "n": "1" } }, "words": [], "kind": "new" }""")]
    [InlineData("""{ "id": 5, "on": 1, "yes": "N", "at": false, "price": 5, "part": null, "parts": false, "words": { "a": "b" }, "either": { "n": 1, "x": 2 }, "any": [1] }""")]
    [InlineData("""{ "id": "", "on": "", "part": false, "words": null, "either": "7", "parts": [{ "more": 1 }] }""")]
    public void Sloppy_answers_are_right(string item) => Assert.Empty(Validate($$"""{ "result": { "item": {{item}} }, "time": {} }"""));

    [Theory]
    [InlineData("""{ "id": "five" }""", "type result.item.id")]
    [InlineData("""{ "on": "maybe", "at": 5, "price": {} }""", "type result.item.on; type result.item.at; type result.item.price")]
    [InlineData("""{ "part": 5, "parts": [{ "n": "x" }, 7] }""", "type result.item.part; type result.item.parts[0].n; type result.item.parts[1]")]
    [InlineData("""{ "words": { "a": {} }, "either": [1] }""", "type result.item.words.a; type result.item.either")]
    [InlineData("""{ "colour": "red" }""", "unknown result.item.colour")]
    [InlineData("5", "type result.item")]
    public void Answers_that_cannot_be_read_are_named(string item, string expected) =>
        Assert.Equal(expected, Validate($$"""{ "result": { "item": {{item}} } }""").Short());

    [Theory]
    [InlineData("""{ "result": {} }""", "required result.item")]
    [InlineData("""{ "items": [] }""", "required result")]
    [InlineData("[]", "required result")]
    [InlineData("""{ "error": "GONE", "error_description": "Gone." }""", "")]
    [InlineData("""{ "error": "BUSY" }""", "")]
    [InlineData("""{ "result": { "error": { "error": "GONE" } } }""", "")]
    [InlineData("""{ "error": { "code": "GONE" } }""", "")]
    [InlineData("""{ "error": "GNOE" }""", "error error")]
    [InlineData("""{ "result": { "error": { "error": "OTHER" } } }""", "error error")]
    public void Envelopes_and_errors_are_checked(string body, string expected) => Assert.Equal(expected, Validate(body).Short());

    [Fact]
    public void Violations_of_answers_carry_no_code()
    {
        var answer = """{ "result": { "item": { "id": "x", "title": 5 } } }""";

        Assert.All(
            SpecValidator.ValidateResponse(PackagedSpecs.Set, PackagedSpecs.Method("biconnector.dataset.get"), PackagedSpecs.Json(answer)),
            v => Assert.Null(v.Code));
    }

    private static IReadOnlyList<SpecViolation> Validate(string body) =>
        SpecValidator.ValidateResponse(Set, Set.FindMethod("test.call")!, PackagedSpecs.Json(body));
}
