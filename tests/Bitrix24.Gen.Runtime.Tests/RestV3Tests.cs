using System.Buffers;
using System.Text.Json;
using Bitrix24.Descriptors;

namespace Bitrix24.Gen.Runtime.Tests;

public class RestV3Tests
{
    private static readonly ApiDescriptor s_api = new() { Envelope = EnvelopeKind.Bitrix24V3 };

    private static readonly MethodDescriptor s_add = new("tasks.task.add", static () => []) { Api = s_api, OpenParameters = true };

    private static readonly MethodDescriptor s_list = new("tasks.task.list", static () => [new("filter", ValueKind.Object, FieldFlags.Conditions) { As = FieldView.Filter }])
    {
        Api = s_api,
        OpenParameters = true,
        Idempotency = MethodIdempotency.Read,
        Paging = PagingKind.Offset,
        ResultPath = "items",
    };

    [Fact]
    public async Task Methods_have_an_address_of_their_own_and_the_token_stays_a_bearer()
    {
        // b24phpsdk#544: a repeat after a refresh went to the older API; b24jssdk#455: "auth" in the body.
        await using var server = await LoopbackServer.StartAsync("""{"result":{"item":{"id":1}}}""");
        using var hook = server.Client(credentials: server.Webhook);
        using var app = server.Client();

        await hook.SendAsync(Add());
        await app.SendAsync(Add());

        Assert.Equal(
            [
                ($"/rest/api/1/{LoopbackServer.Secret}/tasks.task.add", """{"fields":{}}""", null),
                ("/rest/api/tasks.task.add", """{"fields":{}}""", $"Bearer {LoopbackServer.Secret}"),
            ],
            server.Requests);
    }

    [Fact]
    public async Task Write_is_repeated_under_one_key()
    {
        var keys = new List<string?>();
        await using var server = await LoopbackServer.StartAsync((context, _) =>
        {
            keys.Add(context.Request.Headers["Idempotency-Key"]);
            if (keys.Count == 1)
                context.Abort();
            return keys.Count == 1 ? Task.CompletedTask : LoopbackServer.Answer(context, """{"result":{"item":{"id":1}}}""");
        });
        using var client = server.Client(new() { RetryDelay = TimeSpan.FromMilliseconds(1) });

        await client.SendAsync(Add());
        await client.SendAsync(Add());

        Assert.Equal(3, keys.Count);
        Assert.Equal(keys[0], keys[1]);
        Assert.NotEqual(keys[1], keys[2]);
        Assert.True(Guid.TryParse(keys[0], out _));
    }

    [Fact]
    public async Task Error_object_is_read_with_its_findings()
    {
        await using var server = await LoopbackServer.StartAsync(
            """{"error":{"code":"BITRIX_REST_V3_EXCEPTION_VALIDATION_DTOVALIDATIONEXCEPTION","message":"Error","validation":[{"message":"The field is required","field":"title"}]}}""", 400);
        using var client = server.Client();

        var e = await Assert.ThrowsAsync<Bitrix24ApiException>(() => client.SendAsync(Add()));

        Assert.Equal("BITRIX_REST_V3_EXCEPTION_VALIDATION_DTOVALIDATIONEXCEPTION", e.Code);
        Assert.Equal(new Bitrix24ErrorDetail("title", null, "The field is required"), Assert.Single(e.Details));
    }

    [Fact]
    public async Task List_walks_by_offset()
    {
        // b24jssdk#253, #465, #531: tasks give 50 at once, whatever the limit.
        await using var server = await LoopbackServer.StartAsync((context, body) =>
        {
            var pagination = JsonDocument.Parse(body).RootElement.GetProperty("pagination");
            var (offset, limit) = (pagination.GetProperty("offset").GetInt32(), pagination.GetProperty("limit").GetInt32());
            Assert.Equal(1000, limit);
            var rows = Enumerable.Range(offset + 1, Math.Min(50, 120 - offset));
            return LoopbackServer.Answer(context, "{\"result\":{\"items\":[" + string.Join(',', rows) + "]}}");
        });
        using var client = server.Client();

        var ids = new List<int>();
        await foreach (var id in client.ListAsync(new TaskList()))
            ids.Add(id);

        Assert.Equal(Enumerable.Range(1, 120), ids);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public void Batches_take_calls_of_their_own_version()
    {
        using var client = new HandWritten.Portal(Bitrix24Credentials.AccessToken("https://x.bitrix24.com", "t"));

        Assert.Contains("CreateV3Batch", Assert.Throws<ArgumentException>(() => client.CreateBatch().Add(Add())).Message, StringComparison.Ordinal);
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
            : Answer(context, body));
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
    public async Task Batch_with_a_write_is_not_repeated_when_it_may_have_been_executed()
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
        var item = batch.Add(new Get("a.b.add", MethodIdempotency.Unsafe));

        await Assert.ThrowsAsync<Bitrix24ConnectionException>(() => batch.SendAsync());

        Assert.Equal([null], keys);
        Assert.Equal(BatchOutcome.Unknown, item.Outcome);
    }

    [Theory]
    [InlineData(1, "BITRIX_REST_V3_EXCEPTION_RATELIMITEXCEPTION", MethodIdempotency.Unsafe, 2, BatchOutcome.Succeeded)]
    [InlineData(2, "BITRIX_REST_V3_EXCEPTION_RATELIMITEXCEPTION", MethodIdempotency.Unsafe, 1, BatchOutcome.Unknown)]
    [InlineData(2, "BITRIX_REST_V3_EXCEPTION_RATELIMITEXCEPTION", MethodIdempotency.Read, 2, BatchOutcome.Succeeded)]
    [InlineData(2, "QUERY_LIMIT_EXCEEDED", MethodIdempotency.Unsafe, 2, BatchOutcome.Succeeded)]
    public async Task Limit_that_a_batch_may_have_met_half_way_does_not_execute_its_writes_twice(
        int calls, string code, MethodIdempotency idempotency, int sent, BatchOutcome outcome)
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
        await using var server = await LoopbackServer.StartAsync(Answer);
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
    public void Value_that_the_server_would_take_for_a_reference_is_refused()
    {
        using var client = new HandWritten.Portal(Bitrix24Credentials.AccessToken("https://x.bitrix24.com", "t"));
        var request = new RawRequest(s_add, static writer => JsonDocument.Parse("""{"fields":{"a":[{"$ref":"x.y"}]}}""").WriteTo(writer));

        Assert.Throws<InvalidOperationException>(() => client.CreateV3Batch().Add(request));
    }

    [Fact]
    public async Task Raw_call_says_that_it_is_of_this_version()
    {
        await using var server = await LoopbackServer.StartAsync("""{"result":{"item":{"id":1}}}""");
        using var client = server.Client(credentials: server.Webhook);

        await client.CallAsync("v3/some.new.method", new { id = 1 });

        Assert.Equal($"/rest/api/1/{LoopbackServer.Secret}/some.new.method", Assert.Single(server.Requests).Path);
        await Assert.ThrowsAsync<ArgumentException>(() => client.CallAsync("v3/"));
        await Assert.ThrowsAsync<ArgumentException>(() => client.CallAsync("v4/some.method"));
    }

    private static Task Answer(Microsoft.AspNetCore.Http.HttpContext context, string body) => LoopbackServer.Answer(
        context,
        "{\"result\":[" + string.Join(',', Enumerable.Repeat("{\"item\":{\"id\":1}}", JsonDocument.Parse(body).RootElement.GetArrayLength())) + "]}");

    private static RawRequest Add() => new(s_add, static writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartObject("fields"u8);
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    private sealed class TaskList() : ListRequest<int, NoFields, NoFields, NoFields>(
        s_list, static (ref FieldReader reader) => JsonRead.List(ref reader, JsonRead.Int))
    {
        protected override void WriteFields(ref FieldWriter writer) => writer.Filter(0, Bitrix24.Filter.Raw("@id", [5]));
    }

    /// <summary>A call by id that answers an item's id.</summary>
    private sealed class Get(string method, MethodIdempotency idempotency = MethodIdempotency.Read, string path = "item", ApiDescriptor? api = null) : IBitrix24Request<int>
    {
        public MethodDescriptor Method { get; } = new(method, static () => [])
        {
            Api = api ?? s_api, OpenParameters = true, Idempotency = idempotency, ResultPath = path,
        };

        public void WriteParameters(IBufferWriter<byte> buffer) => buffer.Write("""{"id":1}"""u8);

        public int ReadResult(ref FieldReader reader) => JsonRead.Json(ref reader).GetProperty("id").GetInt32();
    }
}
