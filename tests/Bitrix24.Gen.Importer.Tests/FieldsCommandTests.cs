using Bitrix24.Gen.Importer.Commands;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Tests;

public class FieldsCommandTests
{
    private const string Box = """
        {
          "api": "bitrix24",
          "types": { "Box": { "open": true, "undescribed": true, "fields": { "id": { "type": "int", "readOnly": true }, "title": { "type": "string" } } } },
          "methods": { "shop.box.get": { "operation": "get", "of": "Box", "params": { "id": { "type": "int" } }, "result": { "type": "Box" } } }
        }
        """;

    private const string Profile = """
        {
          "api": "vibecode", "profile": { "envelope": { "style": "vibeCode" } },
          "templates": { "entity": { "methods": { "{entity}.get": { "operation": "get", "of": "{Type}", "http": "GET /v1/{path}/{id}", "params": { "id": { "type": "int", "in": "path" } } } } } }
        }
        """;

    private const string Answer = """
        {
          "result": {
            "ID": { "type": "integer", "isReadOnly": true },
            "UF_CRM_1": { "type": "money", "isRequired": true, "isImmutable": true, "title": "UF_CRM_1", "listLabel": "Budget" },
            "UF_CRM_2": { "type": "enumeration", "isMultiple": true, "items": [{ "ID": "1", "VALUE": "High" }] },
            "UF_CRM_3": { "type": "datetime", "isReadOnly": true },
            "UF_CRM_4": { "type": "rest_5_color" }
          },
          "time": { "start": 1, "type": "none" }
        }
        """;

    private static readonly SpecDocument[] SpecSets =
        [SpecReader.Read("bitrix24/shop.box.b24.json", Box), SpecReader.Read("vibecode/api.b24.json", Profile)];

    private static (int Code, string Output, string Errors) Run(string answer, FieldsRequest? request = null)
    {
        var (output, errors) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var code = FieldsCommand.Run("answer.json", answer, request ?? new("bitrix24", "shop.box"), SpecSets, output, errors);
        return (code, output.ToString(), errors.ToString());
    }

    private static IReadOnlyList<FieldSpec> FieldsOf(string overlay) =>
        SpecSet.Create([.. SpecSets, SpecReader.Read("shop.box.b24.json", overlay, user: true)]).FindFile("shop.box")!.Types.Single(static t => t.Name == "Box").Fields;

    [Fact]
    public void What_the_specs_do_not_know_is_added()
    {
        var (code, output, errors) = Run(Answer);
        Assert.Equal(0, code);
        Assert.Equal(
            """
            {
              "api": "bitrix24",
              "overlay": true,
              "types": {
                "Box": {
                  "fields": {
                    "UF_CRM_1": { "type": "string", "required": true, "immutable": true },
                    "UF_CRM_2": {
                      "type": "string[]",
                      "multiple": true,
                      "nullable": true,
                      "weak": ["enum"],
                      "enum": ["1"],
                      "labels": { "1": "High" }
                    },
                    "UF_CRM_3": { "type": "datetime", "readOnly": true, "nullable": true },
                    "UF_CRM_4": { "type": "json" }
                  },
                  "undescribed": false
                }
              }
            }

            """,
            output, ignoreLineEndingDifferences: true);
        Assert.Equal(
            "answer.json: UF_CRM_4: the type \"rest_5_color\" is not known; it is any JSON value.\nbitrix24/shop.box, type Box: 4 fields added, 1 known already.\n",
            errors);
        Assert.Equal(["id", "title", "UF_CRM_1", "UF_CRM_2", "UF_CRM_3", "UF_CRM_4"], FieldsOf(output).Select(static f => f.Name));
    }

    [Theory]
    [InlineData("""{ "success": true, "data": { "weight": { "type": "number", "readonly": true } } }""", "weight decimal read-only")]
    [InlineData("""{ "success": true, "data": { "fields": { "companyId": { "type": "number" } }, "aggregatable": ["id"] } }""", "companyId long")]
    [InlineData("""{ "result": { "fields": [{ "title": "weight", "type": "double", "isRequired": true }] } }""", "weight decimal required")]
    [InlineData("""{ "result": { "items": [{ "name": "weight", "type": "integer", "title": "Weight", "editable": false }] } }""", "weight int read-only")]
    [InlineData("""[{ "ID": "4", "FIELD_NAME": "UF_CRM_9", "USER_TYPE_ID": "string", "MULTIPLE": "Y", "MANDATORY": "N" }]""", "UF_CRM_9 string[]")]
    [InlineData("""{ "result": [{ "id": 4, "fieldName": "UF_CRM_9", "userTypeId": "boolean", "mandatory": "Y" }], "total": 1 }""", "UF_CRM_9 bool required")]
    public void Every_form_of_description_is_read(string answer, string expected)
    {
        var (code, output, errors) = Run(answer);
        Assert.True(code == 0, errors);
        var field = FieldsOf(output)[^1];
        Assert.Equal(expected, $"{field.Name} {field.Type}{(field.Required ? " required" : "")}{(field.ReadOnly ? " read-only" : "")}");
    }

    [Fact]
    public void Descriptions_and_open_records_are_asked_for()
    {
        var (_, output, _) = Run(Answer, new("bitrix24", "shop.box") { Descriptions = true, Open = true });
        Assert.Contains("\"description\": \"Budget\"", output, StringComparison.Ordinal);
        Assert.DoesNotContain("undescribed", output, StringComparison.Ordinal);
    }

    [Fact]
    public void List_of_custom_fields_does_not_close_the_record() =>
        Assert.DoesNotContain("undescribed", Run("""[{ "fieldName": "UF_CRM_9", "userTypeId": "string" }]""").Output, StringComparison.Ordinal);

    [Fact]
    public void Entity_that_no_spec_has_uses_the_template()
    {
        var (code, output, _) = Run(
            """{ "data": { "id": { "type": "number" }, "title": { "type": "string" } } }""", new("vibecode", "warehouses") { Type = "Warehouse" });
        Assert.Equal(0, code);
        var set = SpecSet.Create([.. SpecSets, SpecReader.Read("warehouses.b24.json", output, user: true)]);
        Assert.Equal("/v1/warehouses/{id}", set.FindMethod("warehouses.get", "vibecode")!.Http!.Path);
        Assert.Equal("autoIncrement", set.FindFile("warehouses", "vibecode")!.Types.Single().Fields[0].Server);
    }

    [Theory]
    [InlineData("{ \"result\": [", "bitrix24", "shop.box", null, "answer.json(1,14): not JSON")]
    [InlineData("""{ "error": "ACCESS_DENIED", "error_description": "No" }""", "bitrix24", "shop.box", null, "the answer is an error: ACCESS_DENIED No")]
    [InlineData("""{ "success": false, "error": { "code": "SCOPE_DENIED", "message": "No" } }""", "bitrix24", "shop.box", null, "the answer is an error: SCOPE_DENIED No")]
    [InlineData("""{ "result": { "id": 5 } }""", "bitrix24", "shop.box", null, "no field is described here")]
    [InlineData("[]", "bitrix24", "shop.box", null, "no field is described here")]
    [InlineData(Answer, "bitrix42", "shop.box", null, "did you mean \"bitrix24\"?")]
    [InlineData(Answer, "bitrix24", "shop.bix", null, "did you mean \"shop.box\"?")]
    [InlineData(Answer, "bitrix24", "shop.box", "some/other.b24.json", "must be shop.box.b24.json")]
    [InlineData(Answer, "bitrix24", "shop.box", "shop.box.json", "must be shop.box.b24.json")]
    public void Bad_input_says_what_is_wrong(string answer, string api, string entity, string? file, string problem)
    {
        var (code, output, errors) = Run(answer, new(api, entity) { Out = file });
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(problem, errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_clash_in_csharp_get_names_of_their_own()
    {
        var (code, output, errors) = Run("""{ "result": { "UF_A": { "type": "string" }, "UF__A": { "type": "string" }, "uf-A": { "type": "int" } } }""");
        Assert.Equal(0, code);
        Assert.DoesNotContain("B24007", errors, StringComparison.Ordinal);
        var fields = SpecReader.Read("shop.box.b24.json", output, user: true).File!.Types.Single().Fields;
        Assert.Equal(3, fields.Count);
        Assert.Equal(2, fields.Select(static f => f.CSharpName).OfType<string>().Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Answers_at_random_never_break_it()
    {
        var fuzz = new JsonFuzz(20261125);
        for (var round = 0; round < 2000; round++)
        {
            var (code, output, errors) = Run(round % 4 == 0 ? fuzz.Json() : fuzz.Mutate(Answer));
            Assert.True(code == 2 ? output.Length == 0 && errors.Length > 0 : SpecReader.Read("shop.box.b24.json", output, user: true).File is not null, errors);
        }
    }
}
