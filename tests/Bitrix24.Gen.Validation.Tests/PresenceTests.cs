using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Validation.Tests;

public class PresenceTests
{
    private const string Type = """
        { "Thing": { "fields": {
            "id": { "type": "int", "readOnly": true },
            "name": { "type": "string", "required": true },
            "code": { "type": "string", "required": true, "immutable": true },
            "note": { "type": "string", "required": true, "nullable": true },
            "rows": { "type": "string[]", "use": "test.call" },
            "part": { "type": "Part" } } },
          "Part": { "fields": { "a": { "type": "int", "required": true }, "b": { "type": "int", "readOnly": true } } } }
        """;

    [Theory]
    [InlineData("create", """{}""", "required p.name; required p.code; required p.note")]
    [InlineData("create", """{ "name": null, "code": "", "note": null }""", "required p.name")]
    [InlineData("create", """{ "name": "n", "code": "c", "note": "", "rows": ["r"], "part": {} }""", "required p.part.a")]
    [InlineData("create", """{ "name": "n", "code": "c", "note": "", "id": null }""", "readOnly p.id")]
    [InlineData("update", """{}""", "")]
    [InlineData("update", """{ "name": null, "part": null }""", "")]
    [InlineData("update", """{ "id": 1, "code": "c", "rows": 5 }""", "readOnly p.id; immutable p.code; use p.rows")]
    [InlineData("update", """{ "part": { "b": 1 } }""", "required p.part.a; readOnly p.part.b")]
    public void Views_decide_what_may_and_what_must_stand(string view, string value, string expected) =>
        Assert.Equal(expected, TestSpecs.Validate($$"""{ "p": { "type": "Thing", "as": "{{view}}" } }""", $$"""{ "p": {{value}} }""", Type).Short());

    [Theory]
    [InlineData("""{ "kind": "file" }""", "requiredIf path")]
    [InlineData("""{ "kind": "file", "path": "/" }""", "")]
    [InlineData("""{ "kind": "url" }""", "")]
    [InlineData("""{ "kind": 1 }""", "requiredIf path; type kind")]
    [InlineData("""{ "size": 5 }""", "requiredIf unit")]
    [InlineData("""{ "size": null }""", "")]
    public void Fields_may_be_required_because_of_others(string value, string expected)
    {
        const string Params = """
            { "path": { "type": "string", "requiredIf": { "field": "kind", "values": ["file", 1] } },
              "unit": { "type": "string", "requiredIf": { "field": "size" } },
              "kind": { "type": "string" }, "size": { "type": "int" } }
            """;

        Assert.Equal(expected, TestSpecs.Validate(Params, value).Short());
    }

    [Fact]
    public void One_of_several_is_asked_for_once()
    {
        const string Both = """{ "b": { "type": "int", "oneOf": ["a"] }, "a": { "type": "int", "oneOf": ["b"] } }""";
        const string One = """{ "b": { "type": "int", "oneOf": ["a"] }, "a": { "type": "int" } }""";

        Assert.Equal("oneOf b", TestSpecs.Validate(Both, "{}").Short());
        Assert.Equal("oneOf b", TestSpecs.Validate(One, """{ "a": null }""").Short());
        Assert.Empty(TestSpecs.Validate(Both, """{ "a": 1 }"""));
        Assert.Equal("One of \"b\", \"a\" is required.", TestSpecs.Validate(Both, "{}")[0].Message);
    }

    [Theory]
    [InlineData("null", "required p")]
    [InlineData("[]", "required p")]
    [InlineData("{}", "required p")]
    [InlineData("5", "type")]
    [InlineData("[5]", "type")]
    [InlineData("\"p\"", "type")]
    public void Parameters_are_an_object(string value, string expected) =>
        Assert.Equal(expected, TestSpecs.Validate("""{ "p": { "type": "int", "required": true } }""", value).Short());

    [Fact]
    public void Unknown_names_are_warnings_with_a_suggestion()
    {
        var violation = Assert.Single(TestSpecs.Validate("""{ "name": { "type": "string" } }""", """{ "nmae": 1 }"""));

        Assert.Equal(("B24102", RuleSeverity.Warning, "name"), (violation.RuleId, violation.Severity, violation.Suggestion));
    }

    [Theory]
    [InlineData("RESPONSIBLE_ID", null)]
    [InlineData("CREATD", null)]
    [InlineData("OWNR_ID", "OWNER_ID")]
    public void What_only_the_server_sets_is_not_suggested(string given, string? meant)
    {
        var violation = Assert.Single(TestSpecs.Validate(
            """{ "fields": { "type": "Note", "as": "create" } }""",
            $$"""{ "fields": { "{{given}}": 1 } }""",
            """{ "Note": { "fields": { "ID": { "type": "int", "readOnly": true }, "CREATED": { "type": "datetime", "readOnly": true }, "OWNER_ID": { "type": "int" } } } }"""));

        Assert.Equal(("B24102", meant), (violation.RuleId, violation.Suggestion));
    }

    [Fact]
    public void Open_types_take_a_portals_own_fields()
    {
        const string Types = """{ "Thing": { "open": true, "fields": { "a": { "type": "int" } } } }""";
        const string Value = """{ "p": { "UF_CRM_1": 1, "ufCrm_1": 1, "parentId128": 1, "PARENT_ID_128": 1, "colour": 1, "parentIdea": 1 } }""";

        Assert.Equal("unknown p.colour; unknown p.parentIdea", TestSpecs.Validate("""{ "p": { "type": "Thing" } }""", Value, Types).Short());
    }

    [Fact]
    public void Open_parameters_and_common_ones_are_no_unknown_names()
    {
        Assert.Empty(TestSpecs.Set("{}", """{ "openParams": true }""").Call("""{ "x": 1 }"""));
        Assert.Equal("unknown x", TestSpecs.Set("{}", "{}", """{ "commonParams": ["auth"] }""").Call("""{ "auth": 1, "x": 1 }""").Short());
    }

    [Fact]
    public void What_source_code_does_not_tell_is_right()
    {
        const string Types = """{ "Row": { "fields": { "n": { "type": "int", "required": true } } } }""";
        const string Params = """{ "p": { "type": "int", "required": true }, "q": { "type": "Row" }, "r": { "type": "Row[]", "minItems": 2 } }""";
        var set = TestSpecs.Set(Types, $$"""{ "params": {{Params}} }""");
        JsonObject Partial(params JsonProperty[] properties) => new(default, properties) { Partial = true };
        IReadOnlyList<SpecViolation> Validate(JsonNode json) => SpecValidator.Validate(set, set.FindMethod("test.call")!, json);

        Assert.Empty(Validate(new JsonUnknown(default)));
        Assert.Empty(Validate(Partial()));
        Assert.Empty(Validate(Partial(new("p", default, new JsonUnknown(default)), new("q", default, Partial()))));
        Assert.Empty(Validate(Partial(new JsonProperty("r", default, new JsonArray(default, []) { Partial = true }))));
        Assert.Equal("unknown x", Validate(Partial(new JsonProperty("x", default, new JsonUnknown(default)))).Short());
    }

    [Fact]
    public void Types_that_lead_back_to_themselves_end_with_the_json()
    {
        const string Types = """{ "Tree": { "fields": { "children": { "type": "Tree[]" }, "name": { "type": "string" } } } }""";
        var deep = string.Concat(Enumerable.Repeat("""{ "children": [""", 50)) + """{ "name": true }""" + string.Concat(Enumerable.Repeat("] }", 50));

        Assert.StartsWith("type p.children[0].", TestSpecs.Validate("""{ "p": { "type": "Tree" } }""", $$"""{ "p": {{deep}} }""", Types).Short());
    }

    [Fact]
    public void Scalars_that_lead_back_to_themselves_are_no_types()
    {
        var document = SpecReader.Read(
            "bitrix24/test.b24.json",
            """{ "api": "bitrix24", "types": { "A": { "type": "B" }, "B": { "type": "A[]" } }, "methods": { "test.call": { "params": { "p": { "type": "A" } } } } }""");
        var set = SpecSet.Create([document]);

        Assert.NotEmpty(document.Diagnostics.Concat(set.Diagnostics));
        Assert.NotNull(SpecValidator.ValidateCall(set, "bitrix24", "test.call", PackagedSpecs.Json("""{ "p": "x" }""")));
    }

    [Theory]
    [InlineData("""[5, { "ID": "asc" }, { "ID": 1 }]""", "")]
    [InlineData("""[{ "ID": "asc" }, { "ID": 1 }]""", "")]
    [InlineData("""{ "ORDER": { "ID": "asc" }, "FILTER": { "X": 1 } }""", "unknown FILTER.X")]
    [InlineData("""[{ "ID": "up" }]""", "direction ORDER.ID")]
    [InlineData("""[5, 6]""", "type ORDER")]
    public void LeadingParameterThatIsLeftOut_MovesNoOther(string json, string expected) => Assert.Equal(expected, TestSpecs.Set(
        """{ "Row": { "fields": { "ID": { "type": "int" } } } }""",
        """{ "positional": true, "params": { "TASKID": { "type": "int" }, "ORDER": { "type": "Row", "as": "order" }, "FILTER": { "type": "Row", "as": "filter" } } }""",
        """{ "filterOperators": { "": "equals" }, "orderDirections": ["ASC", "DESC"] }""").Call(json).Short());
}
