using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.HttpApis.Tests;

public class EntityTests
{
    private const string Api = "vibecode";

    private static readonly string[] Operations =
        ["aggregate", "batch", "create", "delete", "fields", "get", "list", "search", "update"];

    [Theory]
    [InlineData("deals")]
    [InlineData("contacts")]
    [InlineData("items")]
    [InlineData("calendar-events")]
    [InlineData("files")]
    [InlineData("currencies")]
    public void Entity_has_all_operations_of_its_template(string entity)
    {
        var names = SpecSets.Of(Api).FindFile(entity, Api)!.Methods.Select(static m => m.Name);
        Assert.Equal(Operations.Select(o => $"{entity}.{o}"), names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void One_more_entity_is_one_more_file()
    {
        var file = SpecReader.Read("warehouses.b24.json", """
            {
              "api": "vibecode",
              "entities": { "warehouses": { "template": "entity", "type": "Warehouse" } },
              "types": { "Warehouse": { "fields": { "id": { "type": "int", "readOnly": true }, "title": { "type": "string" } } } }
            }
            """);
        var set = SpecSet.Create([.. SpecSets.Documents(Api), file]);
        Assert.Empty(file.Diagnostics);
        Assert.Empty(set.Diagnostics);

        var match = HttpRouteTable.Create(set, Api).Find("PATCH", "/v1/warehouses/7");
        Assert.Equal("warehouses.update", match?.Method.Name);
        var parameters = new HttpRequestReader(set).Read(match!, "", JsonReader.Read("""{ "titel": "North" }""").Root);
        var violation = Assert.Single(SpecValidator.Validate(set, match!.Method, parameters));
        Assert.Equal(("B24102", "title"), (violation.RuleId, violation.Suggestion));
    }

    [Theory]
    [InlineData("contacts.search", """{ "filter": { "name": "Ada" }, "sort": "-birthdate", "select": ["name"] }""", "")]
    [InlineData("contacts.create", """{ "fields": { "name": "Ada" } }""", "")]
    [InlineData("deals.search", """{ "filter": { "stageID": "NEW", "UF_CRM_1": 5 } }""", "B24111 filter.stageID")]
    [InlineData("deals.create", """{ "fields": { "titel": "Roof", "ufCrm_1": 5 } }""", "B24102 fields.titel")]
    public void Only_described_records_know_a_wrong_name(string method, string parameters, string violations)
    {
        var found = SpecValidator.ValidateCall(SpecSets.Of(Api), Api, method, JsonReader.Read(parameters).Root);
        Assert.Equal(violations, string.Join(", ", found.Select(static v => $"{v.RuleId} {v.Path}")));
    }

    [Fact]
    public void Own_method_changes_what_the_template_gives()
    {
        var set = SpecSets.Of(Api);
        Assert.Equal(TypeKind.String, set.FindMethod("currencies.get", Api)!.Params.Single(static p => p.Name == "id").Type.Kind);
        Assert.DoesNotContain(set.FindMethod("items.aggregate", Api)!.Params, static p => p.Name == "groupBy");
        Assert.Equal("/v1/items/{entityTypeId}/{id}", set.FindMethod("items.get", Api)!.Http!.Path);
    }

    [Fact]
    public void Fixed_segment_wins_over_a_parameter()
    {
        var routes = HttpRouteTable.Create(SpecSets.Of(Api), Api);
        Assert.Equal("deals.fields", routes.Find("get", "/v1/deals/fields")?.Method.Name);
        Assert.Equal("deals.get", routes.Find("GET", "/v1/deals/15/")?.Method.Name);
        Assert.Null(routes.Find("PUT", "/v1/deals/15"));
        Assert.Equal(["DELETE", "GET", "PATCH"], routes.Verbs("/v1/deals/15"));
    }

    [Theory]
    [InlineData("vibecode", "/v1/dealz/15", "dealz", "deals")]
    [InlineData("vibecode", "/v1/deals/15/fileds", "fileds", null)]
    [InlineData("vibecode", "/v1/items/1058/aggregat", null, null)]
    [InlineData("amocrm", "/api/v4/widgetz/sms_gate", "widgetz", "widgets")]
    [InlineData("amocrm", "/api/v4/salesbot/12/continue/345", null, null)]
    public void Stray_path_says_where_it_strays(string api, string path, string? segment, string? meant)
    {
        var stray = HttpRouteTable.Create(SpecSets.Of(api), api).Stray(path);
        Assert.Equal(segment, stray?.Segment);
        Assert.Equal(meant, stray is var (given, known) ? Suggestion.Nearest(given, known) : null);
    }

    [Theory]
    [InlineData("select=id,title", """{"select":["id","title"]}""")]
    [InlineData("?order%5BcreatedAt%5D=desc", """{"order":{"createdAt":"desc"}}""")]
    [InlineData("filter[>=amount]=100&filter[title]=A+%26+B", """{"filter":{">=amount":100,"title":"A & B"}}""")]
    [InlineData("filter%5B%3E%3Damount%5D=100", """{"filter":{">=amount":100}}""")]
    [InlineData("filter[stageId][]=NEW&filter[stageId][]=WON", """{"filter":{"stageId":["NEW","WON"]}}""")]
    [InlineData("filter[id][$gte]=5&limit=ten", """{"filter":{"id":{"$gte":5}},"limit":"ten"}""")]
    [InlineData("include=company,contact&limit=5", """{"include":["company","contact"],"limit":5}""")]
    [InlineData("order=-id", """{"order":"-id"}""")]
    [InlineData("limit=007&offset=5.", """{"limit":"007","offset":"5."}""")]
    [InlineData("limit=5%00&offset=-.5", """{"limit":"5\u0000","offset":"-.5"}""")]
    public void Query_is_read_by_the_types_of_the_spec(string query, string expected)
    {
        var set = SpecSets.Of(Api);
        var match = HttpRouteTable.Create(set, Api).Find("GET", "/v1/deals")!;
        Assert.Equal(expected, new HttpRequestReader(set).Read(match, query, null).ToJsonText());
    }

    [Theory]
    [InlineData("/v1/items/1058/search", "entityTypeId=2&limit=5", """{"entityTypeId":4,"limit":7}""", """{"entityTypeId":1058,"limit":7}""")]
    [InlineData("/v1/deals/search", "limit=5&offset=2", """{"limit":7}""", """{"offset":2,"limit":7}""")]
    public void Of_one_name_the_path_counts_then_the_body_then_the_query(string path, string query, string body, string expected)
    {
        var set = SpecSets.Of(Api);
        var match = HttpRouteTable.Create(set, Api).Find("POST", path)!;
        Assert.Equal(expected, new HttpRequestReader(set).Read(match, query, JsonReader.Read(body).Root).ToJsonText());
    }
}
