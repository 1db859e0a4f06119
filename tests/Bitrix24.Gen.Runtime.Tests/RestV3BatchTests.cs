using System.Buffers;
using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24.Gen.Runtime.Tests;

public class RestV3BatchTests
{
    [Fact]
    public void Batches_take_calls_of_their_own_version()
    {
        using var client = new HandWritten.Portal(Bitrix24Credentials.AccessToken("https://x.bitrix24.com", "t"));

        Assert.Contains("CreateV3Batch", Assert.Throws<ArgumentException>(() => client.CreateBatch().Add(V3Calls.Add())).Message, StringComparison.Ordinal);
        Assert.Contains("CreateBatch", Assert.Throws<ArgumentException>(() => client.CreateV3Batch().Add(new HandWritten.BiConnector.DatasetGetRequest { Id = 1 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Batch_is_a_bare_array_and_the_token_a_bearer()
    {
        // b24jssdk#455 -> #491: a bare array has no place for "auth", and "auth" in the body kills the batch.
        await using var server = await LoopbackServer.StartAsync("""{"result":[{"item":{"id":7}},{"items":[1,2]},{"items":[3]}],"time":{"start":1}}""");
        using var client = server.Client();
        var batch = client.CreateV3Batch();
        var added = batch.Add(new Get("tasks.task.add"));
        var list = batch.Add(new TaskList(), b => b.Set("filter.0.2", added.Reference("id")));
        batch.Add(new TaskList(), b => b.Set("filter.0.2", list.References("id")));

        await batch.SendAsync();

        var (path, body, authorization) = Assert.Single(server.Requests);
        Assert.Equal(("/rest/api/batch", $"Bearer {LoopbackServer.Secret}"), (path, authorization));
        Assert.Equal(
            """[{"method":"tasks.task.add","query":{"id":1},"as":"c0"},{"method":"tasks.task.list","query":{"filter":[["id","in",{"$ref":"c0.item.id"}]]},"as":"c1"},{"method":"tasks.task.list","query":{"filter":[["id","in",{"$refArray":"c1.items.id"}]]}}]""",
            body);
        Assert.Equal((7, 2), (added.Result, list.Result.Count));
    }

    [Theory]
    [InlineData("""{"0":{"item":{"id":1}},"1":{"item":{"id":2}}}""")]
    [InlineData("""{"c1":{"item":{"id":2}},"c0":{"item":{"id":1}}}""")]
    public async Task Results_that_arrive_as_a_map_are_read(string results)
    {
        await using var server = await LoopbackServer.StartAsync($$"""{"result":{{results}} }""");
        using var client = server.Client();
        var batch = client.CreateV3Batch();
        var (one, two) = (batch.Add(new Get("a.b.get")), batch.Add(new Get("a.b.get")));

        await batch.SendAsync();

        Assert.Equal((1, 2), (one.Result, two.Result));
    }

    [Fact]
    public async Task First_error_fails_the_request_and_what_became_of_its_calls_is_not_known()
    {
        // b24jssdk#80: the batch of REST 3.0 is all or nothing; its error does not say which call.
        var calls = 0;
        await using var server = await LoopbackServer.StartAsync((context, body) => ++calls == 2
            ? LoopbackServer.Answer(context, """{"error":{"code":"BITRIX_REST_V3_EXCEPTION_ENTITYNOTFOUNDEXCEPTION","message":"No."}}""", 400)
            : V3Calls.Answer(context, body));
        using var client = server.Client();
        var batch = client.CreateV3Batch();
        var items = Enumerable.Range(0, 120).Select(_ => batch.Add(new Get("a.b.get"))).ToList();

        var e = await Assert.ThrowsAsync<Bitrix24ApiException>(() => batch.SendAsync());

        Assert.Equal("BITRIX_REST_V3_EXCEPTION_ENTITYNOTFOUNDEXCEPTION", e.Code);
        Assert.Equal(
            [BatchOutcome.Succeeded, BatchOutcome.Unknown, BatchOutcome.Unknown, BatchOutcome.Pending],
            new[] { 49, 50, 99, 100 }.Select(i => items[i].Outcome));
        Assert.Same(e, Assert.Throws<Bitrix24ApiException>(() => items[50].Result));
        Assert.Throws<InvalidOperationException>(() => items[100].Result);
    }

    [Fact]
    public async Task Error_of_a_batch_of_one_is_that_calls()
    {
        await using var server = await LoopbackServer.StartAsync("""{"error":{"code":"X","message":"No."}}""", 400);
        using var client = server.Client();
        var batch = client.CreateV3Batch();
        var item = batch.Add(new Get("a.b.get"));

        await Assert.ThrowsAsync<Bitrix24ApiException>(() => batch.SendAsync());

        Assert.Equal(BatchOutcome.Failed, item.Outcome);
    }

    [Fact]
    public async Task Batch_with_a_write_is_not_retried_when_it_may_have_been_executed()
    {
        // Nothing says that the server looks at the Idempotency-Key of a batch.
        var keys = new List<string?>();
        await using var server = await LoopbackServer.StartAsync((context, _) =>
        {
            keys.Add(context.Request.Headers["Idempotency-Key"]);
            context.Abort();
            return Task.CompletedTask;
        });
        using var client = server.Client(new() { RetryDelay = TimeSpan.FromMilliseconds(1) });
        var batch = client.CreateV3Batch();
        var item = batch.Add(new Get("a.b.add", Idempotency.Unsafe));

        await Assert.ThrowsAsync<Bitrix24ConnectionException>(() => batch.SendAsync());

        Assert.Equal([null], keys);
        Assert.Equal(BatchOutcome.Unknown, item.Outcome);
    }

    [Theory]
    [InlineData(1, "BITRIX_REST_V3_EXCEPTION_RATELIMITEXCEPTION", Idempotency.Unsafe, 2, BatchOutcome.Succeeded)]
    [InlineData(2, "BITRIX_REST_V3_EXCEPTION_RATELIMITEXCEPTION", Idempotency.Unsafe, 1, BatchOutcome.Unknown)]
    [InlineData(2, "BITRIX_REST_V3_EXCEPTION_RATELIMITEXCEPTION", Idempotency.Read, 2, BatchOutcome.Succeeded)]
    [InlineData(2, "QUERY_LIMIT_EXCEEDED", Idempotency.Unsafe, 2, BatchOutcome.Succeeded)]
    public async Task Limit_that_a_batch_may_have_met_half_way_does_not_execute_its_writes_twice(
        int calls, string code, Idempotency idempotency, int sent, BatchOutcome outcome)
    {
        var requests = 0;
        var portal = new StubPortal
        {
            Answer = (_, body) => ++requests == 1
                ? (429, $$$"""{"error":{"code":"{{{code}}}","message":"Too many requests"}}""")
                : (200, "{\"result\":[" + string.Join(',', Enumerable.Repeat("{\"item\":{\"id\":1}}", JsonDocument.Parse(body).RootElement.GetArrayLength())) + "]}"),
        };
        using var client = portal.Client();
        var batch = client.CreateV3Batch();
        for (var i = 0; i < calls; i++)
            batch.Add(new Get("a.b.add", idempotency));

        await Record.ExceptionAsync(() => portal.Run(Send()));

        Assert.Equal((sent, outcome), (requests, batch.Items[0].Outcome));

        async Task<bool> Send()
        {
            await batch.SendAsync();
            return true;
        }
    }

    [Fact]
    public async Task Requests_are_as_long_as_the_spec_says_and_keep_together_what_belongs_together()
    {
        await using var server = await LoopbackServer.StartAsync(V3Calls.Answer);
        using var client = server.Client();
        var batch = client.CreateV3Batch();
        var api = new ApiDescriptor { Envelope = EnvelopeKind.Bitrix24V3, BatchLimit = 3 };
        var items = Enumerable.Range(0, 2).Select(_ => batch.Add(new Get("a.b.get", api: api))).ToList();
        batch.Add(new Get("a.b.get", api: api));
        batch.Add(new Get("a.b.get", api: api), b => b.Set("id", items[1].Reference("id")));

        await batch.SendAsync();

        Assert.Equal([3, 1], server.Requests.Select(static r => JsonDocument.Parse(r.Body).RootElement.GetArrayLength()));
        Assert.Contains("$ref", server.Requests.First().Body, StringComparison.Ordinal);
    }

    [Fact]
    public void References_that_the_server_cannot_follow_are_refused()
    {
        using var client = new HandWritten.Portal(Bitrix24Credentials.AccessToken("https://x.bitrix24.com", "t"));
        var batch = client.CreateV3Batch();
        var deleted = batch.Add(new Get("a.b.delete", path: "result"));
        var list = batch.Add(new TaskList());

        Refused(b => b.Set("id", deleted.Reference()), "neither");
        Refused(b => b.Set("id", list.NextReference()), "REST 3.0");
        Refused(b => b.Set("id", list.References("")), "neither");
        Refused(b => b.Set("id.x.0", list.Reference("0.id")).Set("list.5.x", list.Reference("0.id")), null);
        Assert.Throws<ArgumentException>(() => batch.Add(new TaskList(), b => b.Set("filter.7", list.References("id"))));

        void Refused(Action<BatchBindings> bind, string? why)
        {
            if (why is null)
                Assert.Equal(why, Record.Exception(() => batch.Add(new Get("a.b.get"), bind))?.Message);
            else
                Assert.Contains(why, Assert.Throws<ArgumentException>(() => batch.Add(new Get("a.b.get"), bind)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Value_that_the_server_would_take_for_a_reference_travels_in_a_request_of_its_own()
    {
        await using var server = await LoopbackServer.StartAsync(static (context, _) => LoopbackServer.Answer(context, context.Request.Path.Value!.EndsWith("batch", StringComparison.Ordinal)
            ? """{"result":[{"item":{"id":7}}]}"""
            : """{"result":{"item":{"id":8}}}"""));
        using var client = server.Client();
        var batch = client.CreateV3Batch();
        var got = batch.Add(new Get("tasks.task.get"));
        var added = batch.Add(
            new RawRequest(V3Calls.AddMethod, static writer => JsonDocument.Parse("""{"fields":{"a":[{"$ref":"x.y"}]}}""").WriteTo(writer)),
            b => b.Set("fields.parentId", got.Reference("id")));

        await batch.SendAsync();

        Assert.Equal(["/rest/api/batch", "/rest/api/" + V3Calls.AddMethod.Name], server.Requests.Select(static r => r.Path));
        Assert.Equal("""{"fields":{"a":[{"$ref":"x.y"}],"parentId":7}}""", server.Requests.Last().Body);
        Assert.Equal((BatchOutcome.Succeeded, BatchOutcome.Succeeded), (got.Outcome, added.Outcome));
    }
}
