using System.Net;
using System.Text.Json.Nodes;
using Bitrix24.Gen.Emulator;
using VibeCode.Api;
using VibeCode.Batch;
using VibeCode.CalendarEvents;
using VibeCode.Deals;

namespace Bitrix24.Gen.HttpApis.Tests;

public sealed class VibeCodeEmulatorTests : VibeCodeTest
{
    [Fact]
    public async Task Record_lives_from_create_to_delete()
    {
        var created = await Vibe.Deals.CreateAsync(new() { Title = "Roof garden", Amount = 150, StageId = "NEW" });
        Assert.Equal(("Roof garden", 150m, 2), (created.Title, created.Amount, created.EntityTypeId));
        await Vibe.Deals.UpdateAsync(created.Id, new() { StageId = "WON" });
        var read = await Vibe.Deals.GetAsync(created.Id);
        Assert.Equal(("WON", "Roof garden"), (read.StageId, read.Title));
        await Vibe.Deals.DeleteAsync(created.Id);
        var error = await Assert.ThrowsAsync<Bitrix24ApiException>(() => Vibe.Deals.GetAsync(created.Id));
        Assert.Equal((DealsErrors.EntityNotFound, HttpStatusCode.NotFound), (error.Code, error.Status));
    }

    [Fact]
    public async Task List_and_search_filter_sort_and_page()
    {
        await Fill(120);
        var ids = new List<long>();
        await foreach (var deal in Vibe.Deals.ListAsync(q => q.Where(d => d.Amount > 10 & d.StageId == "NEW").OrderByDescending(d => d.Id).Select(d => d.Id)))
            ids.Add(deal.Id);
        Assert.Equal(Enumerable.Range(1, 120).Where(static i => i > 10 && i % 2 == 0).Select(static i => (long)i).Reverse(), ids);

        ids.Clear();
        await foreach (var deal in Vibe.Deals.SearchAsync(q => q.Where(d => d.StageId.In("NEW", "LOSE")).OrderBy(d => d.Amount), limit: 25))
            ids.Add(deal.Id);
        Assert.Equal(Enumerable.Range(1, 60).Select(static i => i * 2L), ids);
        Assert.Equal(2 + 3, Server.RequestCount - 120);
    }

    [Theory]
    [InlineData("""{ "filter": { "amount": { "$gte": 118, "$lt": 120 } }, "sort": "-id" }""", "119,118")]
    [InlineData("""{ "filter": { "amount": { ">=": 119 } }, "sort": ["id"] }""", "119,120")]
    [InlineData("""{ "filter": { ">=amount": 119 }, "sort": { "id": -1 } }""", "120,119")]
    [InlineData("""{ "filter": { "amount": [3, 5], "!title": "Deal 3" } }""", "5")]
    public async Task Raw_search_understands_every_way_to_filter_and_sort(string body, string expected)
    {
        await Fill(120);
        var found = await Vibe.CallAsync(HttpMethod.Post, "/v1/deals/search", JsonNode.Parse(body));
        Assert.Equal(expected, string.Join(',', found.EnumerateArray().Select(static d => d.GetProperty("id").GetInt32())));
    }

    [Fact]
    public async Task Aggregate_sums_all_and_by_group()
    {
        await Fill(10);
        var sums = await Vibe.Deals.AggregateAsync(
            [new() { Function = AggregationFunction.Sum, Field = "amount" }, new() { Function = AggregationFunction.Max, Field = "amount" }],
            groupBy: [new("stageId")]);
        Assert.Equal((10, 55m, 10m), (sums.Count, sums.Aggregates["amount"]["sum"], sums.Aggregates["amount"]["max"]));
        Assert.Equal(["25", "30"], sums.Groups.Select(static g => g.Aggregates["amount"]["sum"].ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Batches_run_over_one_entity_and_over_several()
    {
        await Vibe.Deals.BatchAsync(DealsBatchAction.Create, items: [new() { ["title"] = "A" }, new() { ["title"] = "B" }]);
        await Vibe.Deals.BatchAsync(DealsBatchAction.Update, items: [new() { ["id"] = 1, ["title"] = "C" }]);
        await Vibe.Deals.BatchAsync(DealsBatchAction.Delete, ids: [2]);
        var batch = await Vibe.Batch.SendAsync(
        [
            new() { Id = "list", Entity = "deals", Action = BatchCallAction.List },
            new() { Entity = "deals", Action = BatchCallAction.Get, EntityId = 2 },
            new() { Id = "item", Entity = "items", Action = BatchCallAction.Create, Params = new() { ["entityTypeId"] = 1058, ["title"] = "Site" } },
        ]);
        Assert.Equal("C", Assert.Single(batch.Results["list"].EnumerateArray()).GetProperty("title").GetString());
        Assert.Equal("ENTITY_NOT_FOUND", batch.Errors["1"].Code);
        Assert.Equal(1058, batch.Results["item"].GetProperty("entityTypeId").GetInt32());
    }

    [Fact]
    public async Task Entities_with_required_parameters_refuse_calls_without_them()
    {
        var events = Vibe.CalendarEvents.ListAsync(CalendarEventsListType.User, ownerId: 1);
        await foreach (var _ in events)
            Assert.Fail("There are no events.");
#pragma warning disable B24103 // The analyzers say so too.
        var error = await Assert.ThrowsAsync<Bitrix24ApiException>(() => Vibe.CallAsync(HttpMethod.Get, "/v1/calendar-events?type=user"));
#pragma warning restore B24103
        Assert.Equal(("INVALID_PARAMS", HttpStatusCode.BadRequest), (error.Code, error.Status));
    }

    [Fact]
    public async Task Credentials_are_checked_as_documented()
    {
        await Refused("INVALID_API_KEY", Bitrix24Credentials.VibeCode("vibe_api_wrong", url: Server.PortalUrl));
        await Refused("INVALID_APP_KEY", Bitrix24Credentials.VibeCode(Server.ApplicationKey, url: Server.PortalUrl));
        await Refused("INVALID_SESSION", Bitrix24Credentials.VibeCode(Server.ApplicationKey, "vibe_session_wrong", Server.PortalUrl));
        await Refused("INVALID_SESSION", Bitrix24Credentials.VibeCode(Server.ApplicationKey, Server.AccessToken, Server.PortalUrl));
    }

    [Fact]
    public async Task Key_that_may_only_read_reads()
    {
        await Fill(1);
        using var vibe = Client(Bitrix24Credentials.VibeCode(Server.ReadOnlyKey, url: Server.PortalUrl));
        Assert.Equal(1, (await vibe.Deals.GetAsync(1)).Id);
        await foreach (var deal in vibe.Deals.SearchAsync(q => q.Where(d => d.Id == 1)))
            Assert.Equal(1, deal.Id);
        Assert.Equal(1, (await vibe.Deals.AggregateAsync()).Count);
        foreach (var write in new Func<Task>[]
        {
            () => vibe.Deals.CreateAsync(new() { Title = "A" }),
            () => vibe.Deals.UpdateAsync(1, new() { Title = "A" }),
            () => vibe.Deals.DeleteAsync(1),
            () => vibe.Deals.BatchAsync(DealsBatchAction.Delete, ids: [1]),
        })
        {
            var error = await Assert.ThrowsAsync<Bitrix24ApiException>(write);
            Assert.Equal(("WRITE_BLOCKED_READONLY_KEY", HttpStatusCode.Forbidden), (error.Code, error.Status));
        }

        var batch = await vibe.Batch.SendAsync(
        [
            new() { Id = "read", Entity = "deals", Action = BatchCallAction.Get, EntityId = 1 },
            new() { Id = "write", Entity = "deals", Action = BatchCallAction.Delete, EntityId = 1 },
        ]);
        Assert.Equal(("1", "WRITE_BLOCKED_READONLY_KEY"), (batch.Results["read"].GetProperty("id").ToString(), batch.Errors["write"].Code));
        Assert.Single(Server.Records("deals/Deal"));
    }

    [Fact]
    public async Task Management_key_reaches_no_entities()
    {
        using var vibe = Client(Bitrix24Credentials.VibeCode(Server.ManagementKey, url: Server.PortalUrl));
        await vibe.Me.GetAsync();
        foreach (var call in new Func<Task>[] { () => vibe.Deals.GetAsync(1), () => vibe.Batch.SendAsync([new() { Entity = "deals", Action = BatchCallAction.Fields }]) })
        {
            var error = await Assert.ThrowsAsync<Bitrix24ApiException>(call);
            Assert.Equal(("MANAGEMENT_KEY_NO_ENTITY_ACCESS", HttpStatusCode.Forbidden), (error.Code, error.Status));
        }
    }

    [Fact]
    public async Task Search_without_a_total_still_says_whether_there_is_more()
    {
        await Fill(3);
        using var http = new HttpClient { DefaultRequestHeaders = { { "X-Api-Key", Server.ApiKey } } };
        foreach (var (body, total, more) in new[] { ("""{ "limit": 2 }""", "3", true), ("""{ "limit": 2, "withTotal": false }""", null, true), ("""{ "limit": 2, "offset": 2, "start": -1 }""", null, false) })
        {
            using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(Server.PortalUrl + "/v1/deals/search", content);
            var meta = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["meta"]!;
            Assert.Equal((total, more), (meta["total"]?.ToString(), meta["hasMore"]!.GetValue<bool>()));
        }
    }

    [Fact]
    public async Task Related_records_come_along_where_they_are_included()
    {
        Server.Seed("companies/Company", """{ "id": 5, "title": "Northwind" }""");
        Server.Seed("contacts/Contact", """{ "id": 8, "name": "Ada" }""");
        Server.Seed("contacts/Contact", """{ "id": 9, "name": "Bob" }""");
        Server.Seed("deals/Deal", """{ "id": 1, "title": "Roof", "companyId": 5, "contactIds": [9, 8] }""");
        Server.Seed("deals/Deal", """{ "id": 2, "title": "Attic" }""");
        var roof = await Vibe.Deals.GetAsync(1, include: ["company", "contact"]);
        Assert.Equal("Northwind", roof.Included["company"].GetProperty("title").GetString());
        Assert.Equal(["Bob True 10", "Ada False 20"], roof.Included["contacts"].EnumerateArray()
            .Select(static c => $"{c.GetProperty("name")} {c.GetProperty("isPrimary").GetBoolean()} {c.GetProperty("sort")}"));
        await foreach (var deal in Vibe.Deals.SearchAsync(q => q.Where(d => d.Id == 2).Select(d => d.Title), include: ["company", "contact"]))
            Assert.Equal((System.Text.Json.JsonValueKind.Null, 0), (deal.Included["company"].ValueKind, deal.Included["contacts"].GetArrayLength()));
        Assert.Empty((await Vibe.Deals.GetAsync(1)).Included);

        // What is not asked for is no member, not even null; neither in the records that are included.
        using var http = new HttpClient { DefaultRequestHeaders = { { "X-Api-Key", Server.ApiKey } } };
        Assert.DoesNotContain("_included", await http.GetStringAsync(Server.PortalUrl + "/v1/deals/1"), StringComparison.Ordinal);
        var text = await http.GetStringAsync(Server.PortalUrl + "/v1/deals?include=company,contact");
        Assert.Equal(2, text.Split("_included").Length - 1);
    }

    [Fact]
    public async Task Custom_fields_of_an_entity_that_is_not_there_are_not_there()
    {
        Assert.Empty(await Vibe.UserFields.ListAsync("deals"));
        var error = await Assert.ThrowsAsync<Bitrix24ApiException>(() => Vibe.UserFields.ListAsync("dealz"));
        Assert.Equal(("ENTITY_NOT_FOUND", HttpStatusCode.NotFound), (error.Code, error.Status));
    }

    private static Vibe Client(Bitrix24Credentials credentials) => new(credentials, TestOptions.Impatient);

    private static async Task Refused(string code, Bitrix24Credentials credentials)
    {
        using var vibe = new Vibe(credentials, TestOptions.Impatient);
        var error = await Assert.ThrowsAsync<Bitrix24ApiException>(() => vibe.Deals.FieldsAsync());
        Assert.Equal((code, HttpStatusCode.Unauthorized), (error.Code, error.Status));
    }

    private async Task Fill(int count)
    {
        for (var i = 1; i <= count; i++)
            await Vibe.CallAsync(HttpMethod.Post, "/v1/deals", new JsonObject { ["title"] = $"Deal {i}", ["amount"] = i, ["stageId"] = i % 2 == 0 ? "NEW" : "WON" });
    }
}
