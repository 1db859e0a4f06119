using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Bitrix24.Infrastructure;
using HandWritten.BiConnector;
using Microsoft.Extensions.Logging;

namespace Bitrix24.Gen.Runtime.Tests;

/// <summary>What a server, or somebody in its place, sends to harm the process that asks it.</summary>
public class HostileAnswerTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("{\"a\":1}")]
    [InlineData("[]")]
    public async Task Memory_of_an_answer_is_bounded_by_what_it_becomes(string item)
    {
        // A few hundred KB of gzip; 12 MiB of text; gigabytes of objects.
        var text = "{\"result\":[" + string.Join(',', Enumerable.Repeat(item, 12 * 1024 * 1024 / (item.Length + 1))) + "]}";
        await using var server = await LoopbackServer.StartAsync((context, _) =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            context.Response.ContentType = "application/json";
            return context.Response.Body.WriteAsync(Gzip(text)).AsTask();
        });
        using var client = server.Client(new() { MaxRetries = 0, MaxResponseMemory = 32 * 1024 * 1024 });

        var typed = await Assert.ThrowsAsync<Bitrix24ProtocolException>(() => client.SendAsync(new DatasetListRequest()));
        var raw = await Assert.ThrowsAsync<Bitrix24ProtocolException>(() => client.CallAsync("app.info"));

        Assert.Contains("MaxResponseMemory", typed.Message + raw.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_of_a_batch_share_the_memory_of_their_answer()
    {
        var list = "[" + string.Join(',', Enumerable.Repeat("{}", 20_000)) + "]";
        var results = string.Join(',', Enumerable.Range(0, 10).Select(i => $"\"c{i}\":{list}"));
        await using var server = await LoopbackServer.StartAsync("{\"result\":{\"result\":{" + results + "}}}");
        using var client = server.Client(new() { MaxRetries = 0, MaxResponseMemory = 32 * 1024 * 1024 });
        var batch = client.CreateBatch();
        var items = Enumerable.Range(0, 10).Select(_ => batch.Add(new DatasetListRequest())).ToList();

        await batch.SendAsync();

        Assert.Equal(BatchOutcome.Succeeded, items[0].Outcome);
        Assert.Contains("MaxResponseMemory", items[9].Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_longer_than_allowed_is_refused_and_tokens_have_a_limit_of_their_own()
    {
        await using var server = await LoopbackServer.StartAsync("{\"access_token\":\"" + new string('a', 2 * 1024 * 1024) + "\"}");
        using var client = server.Client(new() { MaxRetries = 0, MaxResponseSize = 1024 });

        Assert.Contains("1024 bytes", (await Assert.ThrowsAsync<Bitrix24ProtocolException>(() => client.CallAsync("app.info"))).Message, StringComparison.Ordinal);
        Assert.Contains("1048576 bytes", (await Assert.ThrowsAsync<Bitrix24ProtocolException>(() => Bitrix24Credentials.ExchangeCodeAsync(
            server.Address.ToString(), new Bitrix24Application("id", "secret-of-app") { OAuthServer = server.Address }, "c0de", new MemoryTokenStore()))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task Compressed_answer_is_bounded_by_what_it_is_after_decompression(string encoding)
    {
        using var bomb = new MemoryStream();
        await using (Stream packed = encoding switch
        {
            "gzip" => new GZipStream(bomb, CompressionLevel.Optimal, leaveOpen: true),
            "br" => new BrotliStream(bomb, CompressionLevel.Optimal, leaveOpen: true),
            _ => new ZLibStream(bomb, CompressionLevel.Optimal, leaveOpen: true),
        })
        {
            await packed.WriteAsync("{\"access_token\":\""u8.ToArray());
            for (var i = 0; i < 64; i++)
                await packed.WriteAsync(new byte[1024 * 1024]);
        }

        await using var server = await LoopbackServer.StartAsync(async (context, _) =>
        {
            context.Response.Headers.ContentEncoding = encoding;
            await context.Response.Body.WriteAsync(bomb.ToArray());
        });
        using var client = server.Client(new() { MaxRetries = 0, MaxResponseSize = 1024 * 1024 });
        Assert.InRange(bomb.Length, 1, 1024 * 1024);

        foreach (var call in (Func<Task>[])[() => client.CallAsync("app.info"), () => Bitrix24Credentials.ExchangeCodeAsync(
            server.Address.ToString(), new Bitrix24Application("id", "secret-of-app") { OAuthServer = server.Address }, "c0de", new MemoryTokenStore())])
        {
            Assert.Contains("1048576 bytes", (await Assert.ThrowsAsync<Bitrix24ProtocolException>(call)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("HTTP/1.1 ERR no route /rest/1/s3cr3tw3bh00k/profile\r\n\r\n")]
    [InlineData("/rest/1/s3cr3tw3bh00k/profile is not here\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n/rest/1/s3cr3tw3bh00k/profile: \u0001\r\nno header s3cr3tw3bh00k\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: s3cr3tw3bh00k\r\n\r\n{}")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: //[s3cr3tw3bh00k\r\nContent-Length: 0\r\n\r\n")]
    public async Task Secret_that_comes_back_in_what_is_no_http_is_in_no_exception(string answer)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serve = Task.Run(async () =>
        {
            using var peer = await listener.AcceptTcpClientAsync();
            var stream = peer.GetStream();
            _ = await stream.ReadAsync(new byte[4096]);
            await stream.WriteAsync(Encoding.UTF8.GetBytes(answer));
        });
        using var client = new HandWritten.Portal(
            Bitrix24Credentials.Webhook($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/rest/1/{LoopbackServer.Secret}/"), new() { MaxRetries = 0 });

        var e = await Record.ExceptionAsync(() => client.CallAsync("profile"));
        await serve;

        Assert.IsAssignableFrom<Bitrix24Exception>(e);
        Assert.DoesNotContain(LoopbackServer.Secret, e.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("""{"error":"A\r\nlevel=Error forged","error_description":"x\u001b[31m\u202egnp"}""")]
    [InlineData("""{"error":"\ud800","error_description":"\udc00"}""")]
    [InlineData("""{"error":["a"],"error_description":{}}""")]
    [InlineData("""{"error":{"code":{"a":1},"message":[1]}}""")]
    [InlineData("""{"error":1e400}""")]
    [InlineData("""{"result":{"error":{"error":null,"error_description":1}}}""")]
    public async Task Code_and_text_of_a_refusal_forge_no_line_and_break_no_tag(string body)
    {
        var logged = new ConcurrentQueue<string>();
        using var activities = new ActivityListener
        {
            ShouldListenTo = static s => s.Name == "Bitrix24",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = a => logged.Enqueue(string.Join('|', a.TagObjects.Select(static t => $"{t.Value}")) + a.StatusDescription),
        };
        ActivitySource.AddActivityListener(activities);
        await using var server = await LoopbackServer.StartAsync(body, 400);
        using var client = server.Client(new() { MaxRetries = 0, Logger = new Recorder(logged) });

        var e = await Record.ExceptionAsync(() => client.CallAsync("app.info"));

        logged.Enqueue(Assert.IsAssignableFrom<Bitrix24Exception>(e).Message);
        Assert.All(logged, static line => Assert.DoesNotContain(line, static c => char.IsControl(c) || c is '\u202e'));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("false")]
    [InlineData("\"\"")]
    [InlineData("[]")]
    [InlineData("{ }")]
    public async Task Error_that_is_none_does_not_fail_a_call_that_was_executed(string error)
    {
        foreach (var body in new[] { $$"""{"error":{{error}},"error_description":"","result":5}""", $$"""{"result":5,"error":{{error}}}""" })
        {
            await using var server = await LoopbackServer.StartAsync(body);
            using var client = server.Client();

            Assert.Equal(5, (await client.CallAsync("crm.deal.add")).GetInt32());
        }

        await using var empty = await LoopbackServer.StartAsync($$"""{"error":{{error}},"error_description":"x"}""", 401);
        using var refused = empty.Client();
        await Assert.ThrowsAnyAsync<Bitrix24Exception>(() => refused.CallAsync("crm.deal.add"));
    }

    [Fact]
    public async Task Code_of_a_million_characters_is_cut()
    {
        var logged = new ConcurrentQueue<string>();
        await using var server = await LoopbackServer.StartAsync($$"""{"error":"{{new string('A', 1_000_000)}}"}""", 400);
        using var client = server.Client(new() { MaxRetries = 0, Logger = new Recorder(logged) });

        var e = await Assert.ThrowsAsync<Bitrix24ApiException>(() => client.CallAsync("app.info"));

        Assert.InRange(e.Message.Length, 1, 500);
        Assert.All(logged, static line => Assert.InRange(line.Length, 1, 500));
    }

    [Theory]
    [InlineData("/v1/deals/17", "GET /v1/deals/{id}")]
    [InlineData("/v1/users/ann@example.com/deal-categories?token=x", "GET /v1/users/{id}/deal-categories")]
    [InlineData("/v1/keys/vibe_api_0123456789abcdef", "GET /v1/keys/{id}")]
    [InlineData("/v1/sessions/eyJhbGciOi", "GET /v1/sessions/{id}")]
    [InlineData("/v1/deals/a%0d%0ab", "GET /v1/deals/{id}")]
    public async Task Path_of_a_raw_call_keeps_no_address_and_no_token_in_tags(string path, string name)
    {
        var logged = new ConcurrentQueue<string>();
        await using var server = await LoopbackServer.StartAsync("""{"success":true,"data":{}}""");
        using var client = server.Client(new() { Logger = new Recorder(logged) }, Bitrix24Credentials.VibeCode("vibe_api_key", url: server.Address.ToString()));

        await client.CallAsync(HttpMethod.Get, path);

        Assert.StartsWith(name + " of", Assert.Single(logged), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\r\nX-Api-Key: mine")]
    [InlineData("a\nb")]
    [InlineData("тег")]
    [InlineData(" a")]
    public async Task Header_value_adds_no_headers(string value)
    {
        await using var server = await LoopbackServer.StartAsync("""{"success":true,"data":{}}""");
        using var client = server.Client(credentials: Bitrix24Credentials.VibeCode("vibe_api_key", url: server.Address.ToString()));
        var method = new MethodDescriptor("tagged", static () => [new("X-Tag", ValueKind.String) { In = ParameterLocation.Header }])
        {
            Api = new() { Envelope = EnvelopeKind.VibeCode },
            Verb = "GET",
            Path = "/v1/me",
        };

        var e = await Assert.ThrowsAsync<ArgumentException>(() => client.SendAsync(new RawRequest(method, w =>
        {
            w.WriteStartObject();
            w.WriteString("X-Tag", value);
            w.WriteEndObject();
        })));

        Assert.Contains("X-Tag", e.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    private static byte[] Gzip(string text)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return memory.ToArray();
    }

    private sealed class Recorder(ConcurrentQueue<string> logged) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            logged.Enqueue(formatter(state, exception));
    }
}
