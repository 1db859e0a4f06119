using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Bitrix24.Gen.Emulator;
using VibeCode.Batch;
using VibeCode.Deals;

namespace Bitrix24.Gen.HttpApis.Tests;

/// <summary>VibeCode's aggregates and batches with types: what the server would refuse cannot be written, or is held back.</summary>
public sealed class TypedBatchTests : VibeCodeTest
{
    [Fact]
    public async Task Records_are_made_changed_and_deleted_as_typed_items_of_a_batch()
    {
        var made = await Vibe.Deals.CreateManyAsync([new() { Title = "Roof", Amount = 10 }, new() { Title = "Wall", Amount = 20 }]);
        Assert.Equal([(1, "Roof"), (2, "Wall")], made.Select(static d => (d.Record!.Id, d.Record.Title)));
        var changed = await Vibe.Deals.UpdateManyAsync(new Dictionary<long, DealUpdate> { [1] = new() { Title = "Dome" }, [77] = new() { Title = "Nowhere" } });
        Assert.Equal((true, false, "ENTITY_NOT_FOUND"), (changed[0].IsSuccess, changed[1].IsSuccess, changed[1].Error!.Code));
        Assert.Equal(("Dome", 10m), ((await Vibe.Deals.GetAsync(1)).Title, (await Vibe.Deals.GetAsync(1)).Amount));
        Assert.All(await Vibe.Deals.DeleteManyAsync([1, 2]), static d => Assert.True(d.IsSuccess));
        Assert.Equal(0, (await Vibe.Deals.AggregateAsync(static _ => { })).Count);
    }

#pragma warning disable B24102, B24103, B24104, B24106, B24112, B24116, B24117 // The analyzers say so too.
    [Fact]
    public async Task Items_are_held_back_by_the_rules_of_their_own_method()
    {
        var request = new DealsBatchRequest { Action = DealsBatchAction.Create, Items = [new() { ["titel"] = "Roof" }, new() { ["amount"] = "abc" }, new() { ["createdAt"] = "2026-01-01" }] };
        Assert.Equal(
            ["B24102 items[0].titel", "B24106 items[1].amount", "B24104 items[2].createdAt"],
            request.Validate().Select(static v => $"{v.Rule} {v.Path}"));
        await Assert.ThrowsAsync<Bitrix24ValidationException>(() => Vibe.SendAsync(request));
        var update = new DealsBatchRequest { Action = DealsBatchAction.Update, Items = [new() { ["title"] = "Roof" }] };
        Assert.Equal(["B24103 items[0].id"], update.Validate().Select(static v => $"{v.Rule} {v.Path}"));
        Assert.Equal(0, Server.RequestCount);
    }

    [Fact]
    public async Task Calls_are_held_back_by_the_rules_of_their_own_method()
    {
        var batch = new BatchSendRequest
        {
            Calls =
            [
                new() { Entity = "deals", Action = BatchCallAction.List, Params = new() { ["limt"] = 5 } },
                new() { Entity = "deals", Action = BatchCallAction.List, Params = new() { ["limit"] = 6000 } },
                new() { Entity = "deals", Action = BatchCallAction.Get },
                new() { Entity = "items", Action = BatchCallAction.List, Params = new() { ["entityTypeId"] = 2 } },
            ],
        };
        Assert.Equal(
            ["B24103 calls[2].entityId", "B24102 calls[0].params.limt", "B24117 calls[1].params.limit", "B24116 calls[3].params.entityTypeId"],
            batch.Validate().Select(static v => $"{v.Rule} {v.Path}"));
        await Assert.ThrowsAsync<Bitrix24ValidationException>(() => Vibe.SendAsync(batch));
    }

    [Fact]
    public async Task Aggregates_are_written_with_fields_that_can_be_summed()
    {
        await Vibe.Deals.CreateManyAsync(Enumerable.Range(1, 4).Select(static i => new DealCreate { Title = $"Deal {i}", Amount = i, StageId = i % 2 == 0 ? "WON" : "NEW" }));
        var sums = await Vibe.Deals.AggregateAsync(q => q.Sum(d => d.Amount).Max(d => d.Amount).Where(d => d.Amount > 1).GroupBy(d => d.StageId));
        Assert.Equal((3, 9m, 4m), (sums.Count, sums.Aggregates["amount"]["sum"], sums.Aggregates["amount"]["max"]));
        Assert.Equal(2, sums.Groups.Count);
    }

    [Theory]
    [InlineData("amout", "B24102", "Available fields: id, title")]
    [InlineData("title", "B24106", "has type string")]
    public void Aggregates_of_what_is_no_number_are_held_back(string field, string rule, string text)
    {
        var found = Assert.Single(new DealsAggregateRequest { Aggregate = [new() { Function = "sum", Field = field }] }.Validate());
        Assert.Equal((rule, "aggregate[0].field", "INVALID_PARAMS"), (found.Rule, found.Path, found.Code));
        Assert.Contains(text, found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_by_a_field_that_there_is_not_are_held_back()
    {
        var found = Assert.Single(new DealsAggregateRequest { GroupBy = [new("foo")] }.Validate());
        Assert.Equal(("B24112", "groupBy[0]", "INVALID_PARAMS"), (found.Rule, found.Path, found.Code));
        Assert.Contains("Available fields: id, title", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sums_over_5000_records_say_that_they_are_of_a_part()
    {
        for (var i = 0; i < 5010; i++)
            Server.Seed("deals/Deal", """{ "title": "Deal", "amount": 1 }""");
        var sums = await Vibe.Deals.AggregateAsync(q => q.Sum(d => d.Amount));
        Assert.Equal((5010, 5000m, 5000, true), (sums.Count, sums.Aggregates["amount"]["sum"], sums.Meta!.RecordsProcessed, sums.Meta.Truncated));
        var count = await Vibe.Deals.AggregateAsync(static _ => { });
        Assert.Equal((5010, false), (count.Count, count.Meta!.Truncated));
    }

    [Fact]
    public async Task Descriptions_of_fields_are_typed()
    {
        var fields = await Vibe.Deals.FieldsAsync();
        Assert.Equal("string", fields["title"].Type);
        Assert.All(await Vibe.UserFields.ListAsync("deals"), static f => Assert.NotNull(f.FieldName));
    }

    [Theory]
    [InlineData("users", "user", """{ "ID": 7, "NAME": "Ada", "LAST_NAME": "L" }""", "LAST_NAME")]
    [InlineData("departments", "department", """{ "ID": 9, "NAME": "Sales" }""", "NAME")]
    public async Task Some_entities_answer_undeclared_fields_in_upper_case(string entity, string store, string record, string name)
    {
        Server.Seed(store, record);
        using var client = new HttpClient { BaseAddress = new Uri(Server.PortalUrl) };
        client.DefaultRequestHeaders.Add("X-Api-Key", Server.ApiKey);
        var id = JsonNode.Parse(record)!["ID"]!.ToJsonString();
        var data = (await client.GetFromJsonAsync<JsonObject>($"/v1/{entity}/{id}"))!["data"]!.AsObject();
        Assert.Equal(id, data["id"]!.ToJsonString());
        Assert.True(data.ContainsKey(name), data.ToJsonString());
        Assert.DoesNotContain(data, static m => m.Key != "id" && m.Key.Any(char.IsLower) && !m.Key.StartsWith("uf", StringComparison.Ordinal));
    }

    [Fact]
    public void An_operator_that_the_API_lacks_does_not_compile()
    {
        Assert.Equal(typeof(PlainTextField), new DealFilter().Title.GetType());
        Assert.DoesNotContain(typeof(PlainTextField).GetMethods(), static m => m.Name.Contains("Like", StringComparison.Ordinal));
        Assert.DoesNotContain(typeof(DealFilter).GetProperties(), static p => p.PropertyType == typeof(TextField));
    }

    [Fact]
    public async Task Names_in_upper_case_are_a_finding_of_the_emulator_too()
    {
        using var client = new HttpClient { BaseAddress = new Uri(Server.PortalUrl) };
        client.DefaultRequestHeaders.Add("X-Api-Key", Server.ApiKey);
        using var deal = await client.PostAsync("/v1/deals", new StringContent("""{ "TITLE": "Roof" }""", System.Text.Encoding.UTF8, "application/json"));
        using var users = await client.PostAsync("/v1/users/search", new StringContent("""{ "filter": { "LAST_NAME": "L" } }""", System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal((true, true), (deal.IsSuccessStatusCode, users.IsSuccessStatusCode));
        Assert.Equal(
            ["B24102 fields.TITLE", "B24111 filter.LAST_NAME"],
            Server.Requests.SelectMany(static r => r.Findings).Select(static f => $"{f.RuleId} {f.Path}"));
    }

    [Fact]
    public void A_batch_of_500_records_takes_ten_permits()
    {
        var credentials = Bitrix24Credentials.VibeCode("vibe_api_key");
        var request = new DealsBatchRequest { Action = DealsBatchAction.Delete, Ids = [.. Enumerable.Range(1, 500)] };
        using var body = new PooledBuffer();
        ((IBitrix24Request)request).WriteParameters(body);
        Assert.Equal(10, credentials.PermitsOf(request.Method, body.Memory));
    }

    [Fact]
    public async Task The_limit_of_a_second_is_shared_by_the_keys_of_a_portal()
    {
        await using var portal = await PortalEmulator.StartAsync(new() { Limits = Bitrix24.Gen.Emulator.PortalLimits.Standard });
        using var client = new HttpClient { BaseAddress = new Uri(portal.PortalUrl) };
        var refused = 0;
        for (var i = 0; i < 24; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/deals");
            request.Headers.Add("X-Api-Key", i % 2 == 0 ? portal.ApiKey : portal.ReadOnlyKey);
            using var answer = await client.SendAsync(request);
            refused += (int)answer.StatusCode == 429 ? 1 : 0;
        }

        Assert.True(refused > 0);
    }
}
