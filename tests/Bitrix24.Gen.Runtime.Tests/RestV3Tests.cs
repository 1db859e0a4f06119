using System.Buffers;
using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24.Gen.Runtime.Tests;

public class RestV3Tests
{
    [Fact]
    public async Task Methods_have_an_address_of_their_own_and_the_token_stays_a_bearer()
    {
        // b24phpsdk#544: a retry after a refresh went to the older API; b24jssdk#455: "auth" in the body.
        await using var server = await LoopbackServer.StartAsync("""{"result":{"item":{"id":1}}}""");
        using var hook = server.Client(credentials: server.Webhook);
        using var app = server.Client();

        await hook.SendAsync(V3Calls.Add());
        await app.SendAsync(V3Calls.Add());

        Assert.Equal(
            [
                ($"/rest/api/1/{LoopbackServer.Secret}/tasks.task.add", """{"fields":{}}""", null),
                ("/rest/api/tasks.task.add", """{"fields":{}}""", $"Bearer {LoopbackServer.Secret}"),
            ],
            server.Requests);
    }

    [Fact]
    public async Task Write_is_retried_under_one_key()
    {
        var keys = new List<string?>();
        await using var server = await LoopbackServer.StartAsync((context, _) =>
        {
            keys.Add(context.Request.Headers["Idempotency-Key"]);
            return keys.Count == 1
                ? LoopbackServer.Answer(context, "", 500)
                : LoopbackServer.Answer(context, """{"result":{"item":{"id":1}}}""");
        });
        using var client = server.Client(new() { RetryDelay = TimeSpan.FromMilliseconds(1) });

        await client.SendAsync(V3Calls.Add());
        await client.SendAsync(V3Calls.Add());

        Assert.Equal(3, keys.Count);
        Assert.Equal(keys[0], keys[1]);
        Assert.NotEqual(keys[1], keys[2]);
        Assert.True(Guid.TryParse(keys[0], out _));
    }

    // Two requests that run at the same time under one key may both be executed.
    [Theory]
    [InlineData(999, "", 65)]
    [InlineData(502, "<html>", 65)]
    [InlineData(500, "", 0)]
    public async Task Write_is_not_retried_while_the_portal_may_be_at_work_on_it(int status, string body, int seconds)
    {
        var times = new List<DateTimeOffset>();
        StubPortal portal = null!;
        portal = new()
        {
            Answer = (_, _) =>
            {
                times.Add(portal.Time.GetUtcNow());
                return times.Count == 1 ? (status, body) : (200, """{"result":{"item":{"id":1}}}""");
            },
        };
        using var client = portal.Client();

        await portal.Run(client.SendAsync(V3Calls.Add()));

        Assert.InRange((times[1] - times[0]).TotalSeconds, seconds, seconds + 2);
    }

    [Fact]
    public async Task Error_object_is_read_with_its_findings()
    {
        await using var server = await LoopbackServer.StartAsync(
            """{"error":{"code":"BITRIX_REST_V3_EXCEPTION_VALIDATION_DTOVALIDATIONEXCEPTION","message":"Error","validation":[{"message":"The field is required","field":"title"}]}}""", 400);
        using var client = server.Client();

        var e = await Assert.ThrowsAsync<Bitrix24ApiException>(() => client.SendAsync(V3Calls.Add()));

        Assert.Equal("BITRIX_REST_V3_EXCEPTION_VALIDATION_DTOVALIDATIONEXCEPTION", e.Code);
        Assert.Equal(new Bitrix24ErrorDetail("title", null, "The field is required"), Assert.Single(e.Details));
    }

    [Fact]
    public async Task List_is_paged_by_offset()
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
    public async Task Raw_call_says_that_it_is_of_this_version()
    {
        await using var server = await LoopbackServer.StartAsync("""{"result":{"item":{"id":1}}}""");
        using var client = server.Client(credentials: server.Webhook);

        await client.CallAsync("v3/some.new.method", new { id = 1 });

        Assert.Equal($"/rest/api/1/{LoopbackServer.Secret}/some.new.method", Assert.Single(server.Requests).Path);
        await Assert.ThrowsAsync<ArgumentException>(() => client.CallAsync("v3/"));
        await Assert.ThrowsAsync<ArgumentException>(() => client.CallAsync("v4/some.method"));
    }
}
