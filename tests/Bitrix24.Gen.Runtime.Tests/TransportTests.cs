using System.IO.Compression;
using System.Net;
using System.Text;
using HandWritten.BiConnector;

namespace Bitrix24.Gen.Runtime.Tests;

public class TransportTests
{
    [Fact]
    public async Task Posts_json_to_the_webhooks_address()
    {
        await using var server = await LoopbackServer.StartAsync("""{"result":{"ok":true}}""");
        using var client = server.Client(credentials: server.Webhook);

        var answer = await client.CallAsync("landing.repowidget.debug", """{"enable":true}""");

        Assert.True(answer.GetProperty("ok").GetBoolean());
        Assert.Equal(($"/rest/1/{LoopbackServer.Secret}/landing.repowidget.debug", """{"enable":true}""", null), Assert.Single(server.Requests));
    }

    [Fact]
    public async Task Access_token_travels_as_bearer_and_not_in_the_address()
    {
        await using var server = await LoopbackServer.StartAsync("""{"result":{"id":5},"time":{"start":1,"duration":0.5,"operating_reset_at":1700000000}}""");
        using var client = server.Client();

        var response = await client.SendForResponseAsync(new DatasetAddRequest { Fields = Requests.Create });

        Assert.Equal(5, response.Result.Id);
        Assert.Equal((0.5, 1700000000L), (response.Time?.Duration, response.Time?.OperatingResetAt));
        var (path, _, authorization) = Assert.Single(server.Requests);
        Assert.Equal(("/rest/biconnector.dataset.add", $"Bearer {LoopbackServer.Secret}"), (path, authorization));
    }

    [Theory]
    [InlineData("""{"error":"DATASET_NOT_FOUND","error_description":"Dataset was not found."}""", 400)]
    [InlineData("""{"error":"DATASET_NOT_FOUND","error_description":"Dataset was not found."}""", 200)]
    [InlineData("""{"result":{"error":{"error":"DATASET_NOT_FOUND","error_description":"Dataset was not found."}},"time":{"start":1}}""", 200)]
    [InlineData("""{"result":null,"error":"DATASET_NOT_FOUND","error_description":"Dataset was not found."}""", 200)]
    [InlineData("""{"error":{"code":"DATASET_NOT_FOUND","message":"Dataset was not found."}}""", 404)]
    public async Task Every_error_envelope_becomes_one_exception(string body, int status)
    {
        await using var server = await LoopbackServer.StartAsync(body, status);
        using var client = server.Client();

        var e = await Assert.ThrowsAsync<Bitrix24ApiException>(() => client.BiConnector.Dataset.GetAsync(1));

        Assert.Equal(
            ("biconnector.dataset.get", "DATASET_NOT_FOUND", "Dataset was not found.", (HttpStatusCode)status),
            (e.Method, e.Code, e.Description, e.Status));
    }

    [Theory]
    [InlineData("", 200, "empty")]
    [InlineData("<html><body>502 Bad Gateway</body></html>", 502, "HTML")]
    [InlineData("""{"result":{"item":{"id":1""", 200, "not whole JSON")]
    [InlineData("""{"time":{}}""", 200, "no 'result.item'")]
    [InlineData("""{"result":{}}""", 200, "no 'result.item'")]
    [InlineData("""{"result":{"item":null}}""", 200, "expected an object")]
    [InlineData("""[1]""", 200, "expected an object")]
    [InlineData("""{"result":{"item":{"id":1}}} trailing""", 200, "not whole JSON")]
    [InlineData("""{"result":{"item":{"id":1}}}""", 500, "neither a result nor an error")]
    public async Task Body_that_is_no_answer_is_said_clearly(string body, int status, string what)
    {
        await using var server = await LoopbackServer.StartAsync(body, status, "text/html");
        using var client = server.Client();

        var e = await Assert.ThrowsAsync<Bitrix24ProtocolException>(() => client.BiConnector.Dataset.GetAsync(1));

        Assert.Contains(what, e.Message, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode)status, e.Status);
    }

    [Fact]
    public async Task Redirect_is_not_followed_with_credentials()
    {
        await using var elsewhere = await LoopbackServer.StartAsync("""{"result":true}""");
        await using var server = await LoopbackServer.StartAsync((context, _) =>
        {
            context.Response.Redirect($"{elsewhere.Address}rest/x");
            return Task.CompletedTask;
        });
        using var client = server.Client();

        await Assert.ThrowsAsync<Bitrix24ProtocolException>(() => client.BiConnector.Dataset.GetAsync(1));

        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task Connection_that_was_never_made_executed_nothing()
    {
        var server = await LoopbackServer.StartAsync("{}");
        using var client = server.Client();
        await server.DisposeAsync();

        var e = await Assert.ThrowsAsync<Bitrix24ConnectionException>(() => client.BiConnector.Dataset.GetAsync(1));

        Assert.False(e.MayHaveBeenExecuted);
    }

    [Fact]
    public async Task Connection_cut_after_the_request_may_have_executed_it()
    {
        await using var server = await LoopbackServer.StartAsync((context, _) =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        using var client = server.Client();

        var e = await Assert.ThrowsAsync<Bitrix24ConnectionException>(
            () => client.SendAsync(new DatasetAddRequest { Fields = Requests.Create }));

        Assert.True(e.MayHaveBeenExecuted);
    }

    [Fact]
    public async Task Gzip_cut_short_is_no_answer()
    {
        await using var server = await LoopbackServer.StartAsync(async (context, _) =>
        {
            var bytes = new MemoryStream();
            using (var gzip = new GZipStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
                gzip.Write(Encoding.UTF8.GetBytes("""{"result":{"item":{"id":1,"name":"%s"}}}""".Replace("%s", string.Concat(Enumerable.Range(0, 2000)), StringComparison.Ordinal)));
            context.Response.Headers.ContentEncoding = "gzip";
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(bytes.ToArray().AsMemory(0, (int)bytes.Length / 2));
        });
        using var client = server.Client();

        await Assert.ThrowsAnyAsync<Bitrix24Exception>(() => client.BiConnector.Dataset.GetAsync(1));
    }

    [Fact]
    public async Task Timeout_is_a_connection_exception_and_cancellation_is_not()
    {
        using var arrived = new SemaphoreSlim(0);
        await using var server = await LoopbackServer.StartAsync(async (context, _) =>
        {
            arrived.Release();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
        });
        var time = new FakeTime();
        using var client = server.Client(new() { TimeProvider = time, MaxRetries = 0 });

        var late = client.BiConnector.Dataset.GetAsync(1);
        await arrived.WaitAsync();
        time.Advance(TimeSpan.FromSeconds(71));
        Assert.Contains("70 s", (await Assert.ThrowsAsync<Bitrix24ConnectionException>(() => late)).Message, StringComparison.Ordinal);

        using var cancellation = new CancellationTokenSource();
        var cancelled = client.BiConnector.Dataset.GetAsync(1, cancellation.Token);
        await arrived.WaitAsync();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
    }

    [Fact]
    public async Task Unknown_members_around_the_value_are_kept()
    {
        await using var server = await LoopbackServer.StartAsync("""{"result":{"hint":"h","item":{"id":1}},"total":"7","next":50,"trace":[1]}""");
        using var client = server.Client();

        var response = await client.SendForResponseAsync(new DatasetGetRequest { Id = 1 });

        Assert.Equal((7L, 50L), (response.Total, response.Next));
        Assert.Equal(["hint", "trace"], response.Extra.Keys.Order());
    }

    [Fact]
    public async Task Answer_longer_than_allowed_is_refused()
    {
        await using var server = await LoopbackServer.StartAsync($$"""{"result":"{{new string('x', 100_000)}}"}""");
        using var client = server.Client(new() { MaxResponseSize = 50_000 });

        await Assert.ThrowsAsync<Bitrix24ProtocolException>(() => client.CallAsync("app.info"));
    }
}

internal static class Requests
{
    public static DatasetCreate Create => new()
    {
        SourceId = 3,
        Name = "sales",
        Fields = [new() { Type = DatasetFieldType.Int, Name = "ID", ExternalCode = "ID" }],
    };
}
