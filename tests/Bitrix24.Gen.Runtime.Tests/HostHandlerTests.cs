using System.Net;
using HandWritten.BiConnector;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;

namespace Bitrix24.Gen.Runtime.Tests;

/// <summary>What a host puts between the client and the portal, in its process and outside: handlers, HTTP/2, proxies.</summary>
public class HostHandlerTests
{
    public static TheoryData<Exception> Rejections => [new TimeoutRejectedException("30 s"), new BrokenCircuitException("open"), new RateLimiterRejectedException()];

    [Theory]
    [MemberData(nameof(Rejections))]
    public async Task Call_that_a_handler_of_the_host_ends_fails_as_one_without_an_answer(Exception rejection)
    {
        var sent = 0;
        using var http = new HttpClient(new Handler(_ => Interlocked.Increment(ref sent) == 1 ? throw rejection : new(HttpStatusCode.OK) { Content = new StringContent("""{"result":{"item":{"id":1}}}""") }));
        using var client = new HandWritten.Portal(
            Bitrix24Credentials.AccessToken($"https://h{Guid.NewGuid():N}.bitrix24.com", "t"), new() { HttpClient = http, RetryDelay = TimeSpan.Zero });

        var e = await Assert.ThrowsAsync<Bitrix24ConnectionException>(() => client.SendAsync(new DatasetAddRequest { Fields = Requests.Create }));
        Assert.Equal((true, 1), (e.MayHaveBeenExecuted, sent));
        sent = 0;
        Assert.Equal(1, (await client.BiConnector.Dataset.GetAsync(1)).Id);
        Assert.Equal(2, sent);
    }

    /// <summary>A retry handler that makes a request of its own for each try, from a copy of the body, as many do.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Handler_that_retries_with_requests_of_its_own_executes_a_write_once(bool isPerTry)
    {
        var executed = 0;
        await using var server = await LoopbackServer.StartAsync((context, body) =>
        {
            Assert.Contains("fields", body, StringComparison.Ordinal);
            Interlocked.Increment(ref executed);
            return LoopbackServer.Answer(context, "", 500);
        });
        await using var services = new ServiceCollection()
            .ConfigureHttpClientDefaults(b => b.AddHttpMessageHandler(() => new Cloning(isPerTry)))
            .AddBitrix24<HandWritten.Portal>(s => (s.Credentials, s.Client) = (server.Webhook, new() { MaxRetries = 0, ValidateBeforeSending = false }))
            .BuildServiceProvider();
        var client = services.GetRequiredService<HandWritten.Portal>();

        await Assert.ThrowsAnyAsync<Bitrix24Exception>(() => client.SendAsync(new DatasetAddRequest { Fields = Requests.Create }));
        Assert.Equal(1, executed);
        // Each call has its own turn, also where one handler sends several at once.
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Assert.ThrowsAnyAsync<Bitrix24Exception>(() => client.SendAsync(new DatasetAddRequest { Fields = Requests.Create }))));
        Assert.Equal(5, executed);
    }

    [Fact]
    public async Task Request_that_outlives_its_call_keeps_its_own_text()
    {
        Wire? outlives = null;
        using var http = new HttpClient(new Handler(request =>
        {
            if (outlives is not null)
                return new(HttpStatusCode.OK) { Content = new StringContent("""{"result":true}""") };
            // Completes at once.
            _ = request.Content!.CopyToAsync(outlives = new());
            throw new HttpRequestException(HttpRequestError.ResponseEnded);
        }));
        using var client = new HandWritten.Portal(Bitrix24Credentials.AccessToken($"https://h{Guid.NewGuid():N}.bitrix24.com", "t"), new() { HttpClient = http, MaxRetries = 0 });

        await Assert.ThrowsAsync<Bitrix24ConnectionException>(() => client.SendAsync(new DatasetUpdateRequest { Id = 1, Fields = new() { Description = "of the first portal" } }));
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => client.SendAsync(new DatasetUpdateRequest { Id = 2, Fields = new() { Description = "of another portal" } })));

        Assert.Equal("""{"id":1,"fields":{"description":"of the first portal"}}""", System.Text.Encoding.UTF8.GetString(outlives!.Given.Span));
    }

    [Fact]
    public async Task Batch_is_not_sent_while_it_is_being_sent()
    {
        var (come, go, sent) = (new TaskCompletionSource(), new TaskCompletionSource(), 0);
        await using var server = await LoopbackServer.StartAsync(async (context, body) =>
        {
            Interlocked.Increment(ref sent);
            come.TrySetResult();
            await go.Task;
            await BatchTests.Answer(context, body);
        });
        using var client = server.Client();
        var batch = client.CreateBatch();
        var item = batch.Add(new DatasetAddRequest { Fields = Requests.Create });

        var first = batch.SendAsync();
        await come.Task;
        await Assert.ThrowsAsync<InvalidOperationException>(() => batch.SendAsync());
        go.SetResult();
        await first;
        await batch.SendAsync();

        Assert.Equal((1, BatchOutcome.Succeeded), (sent, item.Outcome));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task Download_that_cannot_be_decompressed_fails_as_one_that_breaks_off(string encoding)
    {
        await using var server = await LoopbackServer.StartAsync((context, _) =>
        {
            context.Response.Headers.ContentEncoding = encoding;
            return context.Response.WriteAsync("no such thing, s3cr3tw3bh00k");
        });
        using var client = server.Client();
        await using var content = await client.DownloadAsync($"{server.Address}file");

        await Assert.ThrowsAsync<Bitrix24ConnectionException>(() => content.CopyToAsync(Stream.Null));
    }

    /// <summary>What ends a call of HTTP/2 after the portal has executed it.</summary>
    [Theory]
    [InlineData("abort")]
    [InlineData("reset 2")]
    [InlineData("reset 8")]
    [InlineData("reset 11")]
    [InlineData("reset 13")]
    [InlineData("cut")]
    [InlineData("502")]
    public async Task Write_over_http_2_that_may_have_been_executed_is_sent_once(string fault)
    {
        var executed = 0;
        await using var app = await StartHttp2Async(async context =>
        {
            Assert.Equal("HTTP/2", context.Request.Protocol);
            await new StreamReader(context.Request.Body).ReadToEndAsync();
            Interlocked.Increment(ref executed);
            if (fault == "abort")
                context.Abort();
            else if (fault.StartsWith("reset", StringComparison.Ordinal))
                context.Features.Get<IHttpResetFeature>()!.Reset(int.Parse(fault[6..], System.Globalization.CultureInfo.InvariantCulture));
            else if (fault == "502")
                context.Response.StatusCode = 502;
            else
            {
                await context.Response.WriteAsync("{\"resu");
                await context.Response.Body.FlushAsync();
                context.Abort();
            }
        });
        using var http = new HttpClient(new Version2 { InnerHandler = HttpTransport.NewHandler() });
        using var client = new HandWritten.Portal(Bitrix24Credentials.AccessToken(app.Urls.First(), "t"), new() { HttpClient = http, RetryDelay = TimeSpan.Zero });

        await Assert.ThrowsAnyAsync<Bitrix24Exception>(() => client.SendAsync(new DatasetAddRequest { Fields = Requests.Create }));
        Assert.Equal(1, executed);
        await Assert.ThrowsAnyAsync<Bitrix24Exception>(() => client.BiConnector.Dataset.GetAsync(1));
        Assert.Equal(5, executed);
    }

    [Fact]
    public async Task Calls_over_http_2_share_a_connection_and_its_end_executes_none_twice()
    {
        var executed = new System.Collections.Concurrent.ConcurrentBag<string>();
        await using var app = await StartHttp2Async(async context =>
        {
            var body = await new StreamReader(context.Request.Body).ReadToEndAsync();
            executed.Add(body);
            // Every tenth says GOAWAY to its connection.
            if (executed.Count % 10 == 0)
                context.Response.Headers.Connection = "close";
            await context.Response.WriteAsync("""{"result":true}""");
        });
        using var http = new HttpClient(new Version2 { InnerHandler = HttpTransport.NewHandler() });
        using var client = new HandWritten.Portal(Bitrix24Credentials.AccessToken(app.Urls.First(), "t"), new() { HttpClient = http, RateLimit = Bitrix24RateLimit.None });

        await Task.WhenAll(Enumerable.Range(1, 200).Select(i => client.SendAsync(new DatasetUpdateRequest { Id = i, Fields = new() })));

        Assert.Equal((200, 200), (executed.Count, executed.Distinct().Count()));
    }

    /// <summary>A proxy that shows the request that it could not pass on, as some do for their users' debugging.</summary>
    [Theory]
    [InlineData(502, "text/html")]
    [InlineData(200, "text/html")]
    [InlineData(407, "text/plain")]
    [InlineData(400, "application/json")]
    [InlineData(403, "application/problem+json")]
    public async Task Proxy_that_echoes_the_request_tells_no_secret(int status, string type)
    {
        await using var server = await LoopbackServer.StartAsync((context, body) =>
        {
            var request = $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {string.Join("; ", context.Request.Headers.Select(static h => $"{h.Key}: {h.Value}"))} {body}";
            var escaped = System.Text.Json.JsonEncodedText.Encode(request).ToString();
            context.Response.Headers["X-Request-Id"] = string.Concat(request.Where(static c => c is > ' ' and < '\x7f'));
            context.Response.Headers["Proxy-Status"] = string.Concat(request.Where(static c => c is > ' ' and < '\x7f'));
            return LoopbackServer.Answer(context, type.EndsWith("json", StringComparison.Ordinal) ? $$"""{"error":"{{escaped}}","error_description":"{{escaped}}","title":"{{escaped}}","detail":"{{escaped}}"}""" : $"<pre>{request}</pre>", status, type);
        });
        Bitrix24Credentials[] all =
        [
            server.Webhook, Bitrix24Credentials.AccessToken(server.Address.ToString(), LoopbackServer.Secret),
            Bitrix24Credentials.VibeCode(LoopbackServer.Secret, "session-" + LoopbackServer.Secret, server.Address.ToString()), Bitrix24Credentials.AmoCrm(server.Address.ToString(), LoopbackServer.Secret),
        ];
        foreach (var credentials in all)
        {
            using var client = server.Client(credentials: credentials);
            var isHttp = credentials.Access == MethodAccess.Any && credentials.ToString().Contains("VibeCode", StringComparison.Ordinal) | credentials.ToString().Contains("AmoCrm", StringComparison.Ordinal);
            var e = await Assert.ThrowsAnyAsync<Bitrix24Exception>(() => isHttp ? client.CallAsync(HttpMethod.Post, "/v1/deals") : client.CallAsync("crm.deal.add"));
            Assert.DoesNotContain(LoopbackServer.Secret, e + string.Join(';', e.Data.Values.Cast<object?>()) + (e as Bitrix24ApiException)?.RequestId, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static async Task<WebApplication> StartHttp2Async(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static o => o.Listen(IPAddress.Loopback, 0, static l => l.Protocols = HttpProtocols.Http2));
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return app;
    }

    private sealed class Version2 : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            (request.Version, request.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
            return base.SendAsync(request, cancellationToken);
        }
    }

    /// <summary>Keeps what it is given to send, as a socket does that is still sending.</summary>
    private sealed class Wire : MemoryStream
    {
        public ReadOnlyMemory<byte> Given { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Given = buffer;
            return default;
        }
    }

    private sealed class Cloning(bool isPerTry) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            for (var attempt = 1; ; attempt++)
            {
                var copy = isPerTry || attempt > 1 ? new HttpRequestMessage(request.Method, request.RequestUri) { Content = new ByteArrayContent(body) } : request;
                foreach (var (name, values) in request.Headers.Concat(request.Content.Headers))
                {
                    if (copy != request && !copy.Headers.TryAddWithoutValidation(name, values))
                        copy.Content!.Headers.TryAddWithoutValidation(name, values);
                }

                try
                {
                    var response = await base.SendAsync(copy, cancellationToken);
                    if (response.IsSuccessStatusCode || attempt == 3)
                        return response;
                }
                catch (Exception) when (attempt < 3)
                {
                    // Once more.
                }
            }
        }
    }

    private sealed class Handler(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer(request));
    }
}
