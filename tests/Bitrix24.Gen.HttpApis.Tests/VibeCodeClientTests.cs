using System.Net;
using VibeCode.Api;
using VibeCode.Batch;
using VibeCode.CalendarEvents;
using VibeCode.Deals;
using VibeCode.Items;

namespace Bitrix24.Gen.HttpApis.Tests;

public class VibeCodeClientTests
{
    [Fact]
    public async Task List_reads_pages_while_there_are_more()
    {
        var (vibe, handler) = Client(
            """{"success":true,"data":[{"id":1},{"id":2}],"meta":{"total":3,"hasMore":true}}""",
            """{"success":true,"data":[{"id":3}],"meta":{"total":3,"hasMore":false}}""");
        var ids = new List<long>();
        await foreach (var deal in vibe.Deals.ListAsync(
            q => q.Where(d => d.StageId == "NEW" & d.Amount >= 5).OrderByDescending(d => d.CreatedAt).Select(d => d.Id), limit: 2))
        {
            ids.Add(deal.Id);
        }

        Assert.Equal([1, 2, 3], ids);
        Assert.Equal(
            "/v1/deals?filter[stageId]=NEW&filter[%3E%3Damount]=5&order[createdAt]=desc&select=id&limit=2&offset=0", handler.Requests[0].Target);
        Assert.EndsWith("&offset=2", handler.Requests[1].Target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_is_the_body_of_a_create_and_what_was_assigned_of_an_update()
    {
        var (vibe, handler) = Client(Answer("vibecode/deals.create"), Answer("vibecode/deals.update"));
        var deal = await vibe.Deals.CreateAsync(new() { Title = "Roof garden", Amount = 150000, Extra = { ["UF_CRM_PRIORITY"] = "high" } });
        Assert.Equal(("Roof garden", 150000m, DealStageSemanticId.InProgress), (deal.Title, deal.Amount, deal.StageSemanticId));
        Assert.Equal("high", deal.Extra["UF_CRM_PRIORITY"].GetString());
        await vibe.Deals.UpdateAsync(13, new() { StageId = "WON", Currency = null });

        Assert.Equal(("POST", "/v1/deals", """{"title":"Roof garden","amount":150000,"UF_CRM_PRIORITY":"high"}"""), Sent(handler, 0));
        Assert.Equal("PATCH", handler.Requests[1].Verb);
        Assert.Equal("/v1/deals/13", handler.Requests[1].Target);
        Assert.Contains("\"currency\":null", handler.Requests[1].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("title", handler.Requests[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_and_aggregate_post_what_they_look_for()
    {
        var (vibe, handler) = Client(Answer("vibecode/deals.search"), Answer("vibecode/deals.aggregate.user-fields"));
        await foreach (var deal in vibe.Deals.SearchAsync(q => q.Where(d => d.Amount > 100000).OrderBy(d => d.Id), limit: 200))
            Assert.Equal(11, deal.Id);
        var sums = await vibe.Deals.AggregateAsync(
            [new() { Function = AggregationFunction.Sum, Field = "amount" }], groupBy: [new("UF_CRM_PRIORITY")]);

        Assert.Equal(("POST", "/v1/deals/search", """{"filter":{">amount":100000},"sort":{"id":"asc"},"limit":200,"offset":0}"""), Sent(handler, 0));
        Assert.Equal(30m, sums.Aggregates["amount"]["sum"]);
        Assert.Equal(20m, sums.Groups[0].Aggregates["amount"]["sum"]);
        Assert.Equal("high", sums.Groups[0].Extra["UF_CRM_PRIORITY"].GetString());
    }

    [Fact]
    public async Task Entities_with_parameters_of_their_own_have_them_in_path_and_query()
    {
        var (vibe, handler) = Client(Answer("vibecode/items.list"), Answer("vibecode/calendar-events.list"), Answer("vibecode/files.list"));
        await foreach (var item in vibe.Items.ListAsync(1058, limit: 10))
            Assert.Equal("north", item.Extra["ufCrm_1700000001"].GetString());
        await foreach (var item in vibe.CalendarEvents.ListAsync(CalendarEventsListType.User, ownerId: 1))
            Assert.Equal((31, 1), (item.Id, item.OwnerId));
        await foreach (var file in vibe.Files.ListAsync(14))
            Assert.Equal((88, 14), (file.Id, file.FolderId));

        Assert.Equal("/v1/items/1058?limit=10&offset=0", handler.Requests[0].Target);
        Assert.Equal("/v1/calendar-events?type=user&ownerId=1&offset=0", handler.Requests[1].Target);
    }

    [Fact]
    public async Task Records_whose_fields_nobody_described_take_any_name()
    {
        var (vibe, handler) = Client("""{"success":true,"data":{"id":7,"name":"Ada"}}""", """{"success":true,"data":[{"ID":"7","NAME":"Ada"}],"total":1}""");
        var contact = await vibe.Contacts.CreateAsync(new() { Extra = { ["name"] = "Ada" } });
        Assert.Equal((7, "Ada"), (contact.Id, contact.Extra["name"].GetString()));
        await foreach (var found in vibe.Contacts.SearchAsync(q => q.Where(_ => Filter.Raw("name", "Ada"))))
            Assert.Equal((7, "Ada"), (found.Id, found.Extra["NAME"].GetString()));
        Assert.Equal("""{"name":"Ada"}""", handler.Requests[0].Body);
        Assert.Equal("""{"filter":{"name":"Ada"},"offset":0}""", handler.Requests[1].Body);
    }

    [Fact]
    public async Task Batch_over_entities_answers_results_and_errors_by_id()
    {
        var (vibe, _) = Client(Answer("vibecode/batch.send"));
        var batch = await vibe.Batch.SendAsync(
        [
            new() { Id = "deals", Entity = "deals", Action = BatchCallAction.List },
            new() { Entity = "tasks", Action = BatchCallAction.Get, EntityId = 9 },
        ]);
        Assert.Equal(11, batch.Results["deals"][0].GetProperty("id").GetInt32());
        Assert.Equal("ENTITY_NOT_FOUND", batch.Errors["1"].Code);
    }

    // What the analyzers refuse to compile, the runtime refuses to send.
#pragma warning disable B24103, B24106, B24108, B24117
    [Fact]
    public async Task Calls_over_a_limit_are_not_sent()
    {
        var (vibe, handler) = Client("{}");
        var limit = await Assert.ThrowsAsync<Bitrix24ValidationException>(
            async () => await vibe.SendAsync(new DealsListRequest { Limit = 5001 }));
        Assert.Equal(("B24117", "limit", "INVALID_PARAMS"), (limit.Violations[0].Rule, limit.Violations[0].Path, limit.Violations[0].Code));
        var calls = Enumerable.Range(0, 51).Select(static _ => new BatchCallCreate { Entity = "deals", Action = BatchCallAction.Fields }).ToList();
        var many = await Assert.ThrowsAsync<Bitrix24ValidationException>(() => vibe.Batch.SendAsync(calls));
        Assert.Equal(("B24117", "BATCH_LIMIT_EXCEEDED"), (many.Violations[0].Rule, many.Violations[0].Code));
        var groups = await Assert.ThrowsAsync<Bitrix24ValidationException>(() => vibe.Deals.AggregateAsync(groupBy: [new("title"), new("stageId"), new("currency"), new("categoryId"), new("closed"), new("amount")]));
        Assert.Equal("B24117", groups.Violations[0].Rule);
        var sum = await Assert.ThrowsAsync<Bitrix24ValidationException>(
            () => vibe.Deals.AggregateAsync([new() { Function = AggregationFunction.Sum, Field = "title" }]));
        Assert.Equal(("B24106", "aggregate[0].field", "INVALID_PARAMS"), (sum.Violations[0].Rule, sum.Violations[0].Path, sum.Violations[0].Code));
        // Not a constant: the compiler would refuse it.
        var deals = calls.Count - 49;
        var reserved = await Assert.ThrowsAsync<Bitrix24ValidationException>(() => vibe.Items.GetAsync(deals, 1));
        Assert.Equal("entityTypeId", reserved.Violations[0].Path);
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public async Task Refusal_has_code_and_status()
    {
        var handler = new CannedHandler((404, Answer("vibecode/deals.get.not-found")));
        using var vibe = new Vibe(Bitrix24Credentials.VibeCode("vibe_api_key"), TestOptions.For(handler));
        var error = await Assert.ThrowsAsync<Bitrix24ApiException>(() => vibe.Deals.GetAsync(999));
        Assert.Equal((DealsErrors.EntityNotFound, HttpStatusCode.NotFound, "deals.get"), (error.Code, error.Status, error.Method));
    }

    [Fact]
    public async Task Raw_call_by_name_is_checked_and_routed()
    {
        var (vibe, handler) = Client(Answer("vibecode/items.list"));
        await Assert.ThrowsAsync<Bitrix24ValidationException>(() => vibe.CallAsync("items.list", """{ "limit": 5 }"""));
        await vibe.CallAsync("items.list", """{ "entityTypeId": 1058, "limit": 5 }""");
        Assert.Equal("/v1/items/1058?limit=5", Assert.Single(handler.Requests).Target);
    }

#pragma warning restore B24103, B24106, B24108, B24117

    private static string Answer(string exchange) => Exchange.Load(exchange).Answer!.ToJsonText();

    private static (string Verb, string Target, string? Body) Sent(CannedHandler handler, int index) =>
        (handler.Requests[index].Verb, handler.Requests[index].Target, handler.Requests[index].Body);

    private static (Vibe Client, CannedHandler Handler) Client(params string[] answers)
    {
        var handler = new CannedHandler([.. answers.Select(static a => (200, (string?)a))]);
        return (new Vibe(Bitrix24Credentials.VibeCode("vibe_api_key"), TestOptions.For(handler)), handler);
    }
}
