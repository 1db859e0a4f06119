using System.Net;
using System.Net.Http.Json;
using Bitrix24.Gen.Emulator;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.HttpApis.Tests;

using JsonObject = System.Text.Json.Nodes.JsonObject;

/// <summary>Batches: each item is checked as the call that it is, before it is sent and by the emulator.</summary>
public sealed class NestedCallTests
{
    private const string Api = "vibecode";

    [Theory]
    [InlineData("""{ "action": "create", "items": [{ "title": "Roof" }, { "titel": "Roof" }] }""", "B24102 items[1].titel title")]
    [InlineData("""{ "action": "create", "items": [{ "title": "Roof", "createdAt": "2026-01-01" }] }""", "B24104 items[0].createdAt ")]
    [InlineData("""{ "action": "create", "items": [{ "amount": "abc" }] }""", "B24106 items[0].amount ")]
    [InlineData("""{ "action": "create", "items": [{ "UF_CRM_1": "x", "ufCrm_2": 5 }] }""", "")]
    [InlineData("""{ "action": "update", "items": [{ "title": "Roof" }] }""", "B24103 items[0].id ")]
    [InlineData("""{ "action": "update", "items": [{ "id": 1, "title": "Roof" }, { "id": 0 }] }""", "B24108 items[1].id ")]
    [InlineData("""{ "action": "create", "ids": [1] }""", "B24103 items ")]
    [InlineData("""{ "action": "update", "ids": [1] }""", "B24103 items ")]
    [InlineData("""{ "action": "delete", "ids": [1, 0] }""", "B24108 ids[1] ")]
    [InlineData("""{ "action": "delete" }""", "B24103 items ")]
    [InlineData("""{ "action": "raze", "items": [{ "titel": "Roof" }] }""", "B24109 action ")]
    public void Items_are_views_of_their_entity(string parameters, string expected) => Check("deals.batch", parameters, expected);

    [Theory]
    [InlineData("""{ "entity": "deals", "action": "list", "params": { "limit": 5 } }""", "")]
    [InlineData("""{ "entity": "dealz", "action": "list" }""", "B24101 calls[0].entity deals")]
    [InlineData("""{ "entity": "deals", "action": "lst" }""", "B24109 calls[0].action list")]
    [InlineData("""{ "entity": "deals", "action": "list", "params": { "limt": 5 } }""", "B24102 calls[0].params.limt limit")]
    [InlineData("""{ "entity": "deals", "action": "list", "params": { "limit": 6000 } }""", "B24117 calls[0].params.limit ")]
    [InlineData("""{ "entity": "deals", "action": "create", "params": { "titel": "Roof" } }""", "B24102 calls[0].params.titel title")]
    [InlineData("""{ "entity": "deals", "action": "update", "params": { "title": "Roof" } }""", "B24103 calls[0].entityId ")]
    [InlineData("""{ "entity": "deals", "action": "get", "entityId": "x" }""", "B24106 calls[0].entityId ")]
    [InlineData("""{ "entity": "items", "action": "list", "params": { "entityTypeId": 2 } }""", "B24116 calls[0].params.entityTypeId deals.list")]
    [InlineData("""{ "entity": "calendar-events", "action": "list", "params": { "type": "user" } }""", "B24103 calls[0].params.ownerId ")]
    public void Calls_are_checked_by_their_own_method(string call, string expected) =>
        Check("batch.send", $$"""{ "calls": [{{call}}] }""", expected);

    [Theory]
    [InlineData(1, "leads.list")]
    [InlineData(2, "deals.list")]
    [InlineData(3, "contacts.list")]
    [InlineData(4, "companies.list")]
    [InlineData(7, "quotes.list")]
    [InlineData(31, "invoices.list")]
    public void Entity_types_with_an_entity_of_their_own_name_it(int type, string method) =>
        Check("items.list", $$"""{ "entityTypeId": {{type}} }""", $"B24116 entityTypeId {method}");

    [Fact]
    public void Ordinary_entity_types_pass() => Check("items.list", """{ "entityTypeId": 1058 }""", "");

    [Theory]
    [InlineData("deals/aggregate", """{ "aggregate": [{ "function": "sum", "field": "amout" }] }""", "INVALID_PARAMS", "amount, currency")]
    [InlineData("deals/aggregate", """{ "aggregate": [{ "function": "sum", "field": "UF_CRM_NOPE" }] }""", "INVALID_PARAMS", "\"UF_CRM_NOPE\" not found")]
    [InlineData("deals/aggregate", """{ "aggregate": [{ "function": "sum", "field": "UF_CRM_DAY" }] }""", "INVALID_PARAMS", "has type date")]
    [InlineData("deals/aggregate", """{ "groupBy": "foo" }""", "INVALID_PARAMS", "Available fields: id, title")]
    [InlineData("items/1058/aggregate", """{ "groupBy": "title" }""", "INVALID_PARAMS", "not supported")]
    [InlineData("requisites/aggregate", """{ "groupBy": "title" }""", "INVALID_PARAMS", "not supported")]
    [InlineData("deals/search", """{ "sort": ["id", 5] }""", "INVALID_SORT_TYPE", "a string, an object or an array")]
    [InlineData("deals/search", """{ "sort": 5 }""", "INVALID_SORT_TYPE", "a string, an object or an array")]
    [InlineData("deals/search", """{ "include": "company,nonsense" }""", "INVALID_PARAMS", "\"nonsense\"")]
    [InlineData("items/2/search", "{}", "INVALID_PARAMS", "deals.search")]
    public async Task Emulator_refuses_as_documented(string path, string body, string code, string text)
    {
        await using var portal = await PortalEmulator.StartAsync(new()
        {
            Specs = [new PortalSpec("vibecode/deals.b24.json", """
                { "api": "vibecode", "types": { "Deal": { "fields": { "UF_CRM_DAY": { "type": "date" }, "UF_CRM_BUDGET": { "type": "string" } } } } }
                """)],
        });
        using var client = Client(portal);
        using var answer = await client.PostAsync($"/v1/{path}", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        var error = (await answer.Content.ReadFromJsonAsync<JsonObject>())!["error"]!;
        Assert.Equal((HttpStatusCode.BadRequest, code), (answer.StatusCode, error["code"]!.GetValue<string>()));
        Assert.Contains(text, error["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UF_CRM_DAY", "B24106 aggregate[0].field INVALID_PARAMS", "has type date")]
    [InlineData("UF_CRM_NAMES", "B24106 aggregate[0].field INVALID_PARAMS", "has type array")]
    [InlineData("UF_CRM_BUDGET", "", "")]
    [InlineData("UF_CRM_SCORE", "", "")]
    [InlineData("UF_CRM_UNDECLARED", "", "")]
    public void Custom_fields_of_other_types_are_not_summed(string field, string expected, string text)
    {
        var set = SpecSet.Create([.. SpecSets.Documents(Api), SpecReader.Read("/project/deals.b24.json", user: true, text: """
            { "api": "vibecode", "types": { "Deal": { "fields": {
              "UF_CRM_DAY": { "type": "date" }, "UF_CRM_NAMES": { "type": "string[]" }, "UF_CRM_BUDGET": { "type": "string" }, "UF_CRM_SCORE": { "type": "decimal" } } } } }
            """)]);
        var found = SpecValidator.Validate(set, set.FindMethod("deals.aggregate", Api)!, JsonReader.Read($$"""{ "aggregate": [{ "function": "avg", "field": "{{field}}" }] }""").Root);
        Assert.Equal(expected, string.Join(", ", found.Select(static v => $"{v.RuleId} {v.Path} {v.Code}")));
        Assert.Contains(text, string.Join(", ", found.Select(static v => v.Message)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Related_records_are_included_by_a_text_of_names()
    {
        await using var portal = await PortalEmulator.StartAsync();
        portal.Seed("companies/Company", """{ "title": "Northwind" }""");
        portal.Seed("deals/Deal", """{ "title": "Roof", "companyId": 1 }""");
        using var client = Client(portal);
        var found = await client.GetFromJsonAsync<JsonObject>("/v1/deals/1?include=company");
        Assert.Equal("Northwind", found!["data"]!["_included"]!["company"]!["title"]!.GetValue<string>());
    }

    [Fact]
    public async Task Record_of_which_the_spec_names_few_fields_has_those_that_were_given()
    {
        await using var portal = await PortalEmulator.StartAsync();
        using var client = Client(portal);
        var added = await client.PostAsJsonAsync("/v1/companies", new { title = "Northwind", industry = "IT" });
        var id = (await added.Content.ReadFromJsonAsync<JsonObject>())!["data"]!["id"]!.GetValue<long>();
        var found = (await client.GetFromJsonAsync<JsonObject>($"/v1/companies/{id}"))!["data"]!;
        Assert.Equal(("Northwind", "IT"), (found["title"]!.GetValue<string>(), found["industry"]!.GetValue<string>()));
        var listed = (await client.GetFromJsonAsync<JsonObject>("/v1/companies"))!["data"]!.AsArray().Single(c => c!["id"]!.GetValue<long>() == id)!;
        Assert.Equal("Northwind", listed["title"]!.GetValue<string>());
    }

    private static HttpClient Client(PortalEmulator portal)
    {
        var client = new HttpClient { BaseAddress = new Uri(portal.PortalUrl) };
        client.DefaultRequestHeaders.Add("X-Api-Key", portal.ApiKey);
        return client;
    }

    private static void Check(string method, string parameters, string expected)
    {
        var set = SpecSets.Of(Api);
        var found = SpecValidator.Validate(set, set.FindMethod(method, Api)!, JsonReader.Read(parameters).Root);
        Assert.Equal(expected, string.Join(", ", found.Select(static v => $"{v.RuleId} {v.Path} {v.Suggestion}")));
    }
}
