using System.Collections.Concurrent;
using System.Net;
using HandWritten.BiConnector;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Bitrix24.Gen.Runtime.Tests;

/// <summary>An <see cref="HttpClient"/> of the application's own, with what it may bring.</summary>
public class OwnHttpClientTests
{
    public static TheoryData<string> Clients =>
    [
        "a loop", "a loop with CopyToAsync", "a loop with ReadAsStreamAsync", "a loop with ReadAsStringAsync", "a loop with ReadAsByteArrayAsync",
        "a loop with LoadIntoBufferAsync", "a factory with AddStandardResilienceHandler", "a factory with hedging",
    ];

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task Client_that_retries_by_itself_executes_a_write_once(string kind)
    {
        var executed = 0;
        await using var server = await LoopbackServer.StartAsync((context, _) =>
        {
            Interlocked.Increment(ref executed);
            return LoopbackServer.Answer(context, "", 500);
        });
        await using var services = new ServiceCollection()
            .ConfigureHttpClientDefaults(b => _ = kind.EndsWith("hedging", StringComparison.Ordinal) ? (object)b.AddStandardHedgingHandler() : b.AddStandardResilienceHandler())
            .AddHttpClient()
            .BuildServiceProvider();
        using var http = kind.StartsWith("a loop", StringComparison.Ordinal)
            ? new HttpClient(new Loop(kind.Split(' ')[^1]) { InnerHandler = new SocketsHttpHandler() })
            : services.GetRequiredService<IHttpClientFactory>().CreateClient();
        using var client = server.Client(new() { HttpClient = http, MaxRetries = 0 });

        var e = await Assert.ThrowsAnyAsync<Bitrix24Exception>(() => client.SendAsync(new DatasetAddRequest { Fields = Requests.Create }));

        Assert.Equal(1, executed);
        Assert.True(e is Bitrix24ConnectionException { MayHaveBeenExecuted: true } or Bitrix24ProtocolException { Status: HttpStatusCode.InternalServerError }, e.ToString());
    }

    public static TheoryData<int, string> Redirected
    {
        get
        {
            var all = new TheoryData<int, string>();
            foreach (var status in new[] { 301, 302, 303, 307, 308 })
            {
                foreach (var call in new[] { "write", "read", "batch", "delete", "authorized read", "read with a key", "head with a key", "amoCRM code", "VibeCode code" })
                {
                    all.Add(status, call);
                    all.Add(status, $"buffered {call}");
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Redirected))]
    public async Task Redirect_that_an_own_client_follows_carries_no_body_to_another_host_and_its_answer_is_not_taken(int status, string call)
    {
        var keys = new ConcurrentQueue<string>();
        await using var other = await LoopbackServer.StartAsync((context, _) =>
        {
            foreach (var key in context.Request.Headers["X-Api-Key"])
                keys.Enqueue(key!);
            return LoopbackServer.Answer(
                context, """{"result":{"result":{"c0":1}},"success":true,"data":{"id":1,"session_token":"s3ss10n"},"access_token":"a","refresh_token":"r"}""");
        });
        await using var server = await LoopbackServer.StartAsync((context, _) =>
        {
            context.Response.Headers.Location = $"{other.Address}rest/crm.deal.add";
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        // As it is by default: it follows redirects.
        using var http = call.StartsWith("buffered ", StringComparison.Ordinal) ? new HttpClient(new Buffer()) : new HttpClient();
        call = call.Replace("buffered ", "", StringComparison.Ordinal);
        var options = new Bitrix24ClientOptions { HttpClient = http, MaxRetries = 0 };
        var store = new MemoryTokenStore();
        using var client = server.Client(options, call switch
        {
            "delete" or "read with a key" or "head with a key" => Bitrix24Credentials.VibeCode("vibe_api_key", url: server.Address.ToString()),
            "authorized read" => Bitrix24Credentials.AmoCrm(server.Address.ToString(), "t0ken-of-a-user"),
            // Of its own client, whose activities show paths.
            "write" or "read" => Bitrix24Credentials.Webhook($"{server.Address}rest/1/an0ther-secret/"),
            _ => null,
        });
        await Assert.ThrowsAnyAsync<Bitrix24Exception>(() => call switch
        {
            "write" => client.CallAsync("crm.deal.add", new { fields = new { TITLE = "x" } }),
            "read" => client.CallAsync("crm.deal.list", new { filter = new { ID = 1 } }),
            "batch" => SendBatchAsync(client),
            "delete" => client.CallAsync(HttpMethod.Delete, "/v1/deals/1"),
            "read with a key" => client.CallAsync(HttpMethod.Get, "/v1/deals/1"),
            "head with a key" => client.CallAsync(HttpMethod.Head, "/v1/deals/1"),
            "authorized read" => client.CallAsync(HttpMethod.Get, "/api/v4/leads/1"),
            "amoCRM code" => Bitrix24Credentials.ExchangeCodeAsync(
                server.Address.ToString(), new AmoCrmApplication("id", "secret-of-app", new("https://app.example/back")), "c0de", store, options),
            _ => new VibeCodeApplication("id", "vibe_app_key", new("https://app.example/back"), server.Address.ToString()).ExchangeCodeAsync("c0de", options),
        });

        Assert.Empty(keys);
        Assert.All(other.Requests, static r => Assert.Equal(("", null), (r.Body, r.Authorization)));
        Assert.Null(await store.LoadAsync($"127.0.0.1:{server.Address.Port}"));
    }

    private static async Task SendBatchAsync(HandWritten.Portal client)
    {
        var batch = client.CreateBatch();
        var item = batch.Add(new DatasetGetRequest { Id = 1 });
        await batch.SendAsync();
        _ = item.Result;
    }

    [Fact]
    public async Task Download_that_an_own_client_takes_into_a_private_network_is_not_given_out()
    {
        await using var server = await LoopbackServer.StartAsync("of the network of this process");
        using var http = new HttpClient(new Follower(server.Address));
        using var client = new HandWritten.Portal(Bitrix24Credentials.AccessToken("https://x.bitrix24.com", "t0ken-of-a-user"), new() { HttpClient = http });

        await Assert.ThrowsAsync<Bitrix24ProtocolException>(() => client.DownloadAsync("https://cdn.bitrix24.com/signed"));
        await Assert.ThrowsAsync<Bitrix24ProtocolException>(() => client.DownloadAsync("/upload/of-the-portal-itself"));
    }

    [Fact]
    public async Task Client_that_was_disposed_is_said_to_be()
    {
        var http = new HttpClient();
        using var client = new HandWritten.Portal(Bitrix24Credentials.AccessToken("https://disposed.bitrix24.com", "t0ken-of-a-user"), new() { HttpClient = http });
        http.Dispose();

        Assert.Contains("HttpClient", (await Assert.ThrowsAsync<ObjectDisposedException>(() => client.CallAsync("app.info"))).ObjectName, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(502, "4000000")]
    [InlineData(503, "99999999")]
    [InlineData(429, "Fri, 31 Dec 9999 23:59:59 GMT")]
    [InlineData(502, "Fri, 31 Dec 9999 23:59:59 GMT")]
    public async Task Wait_of_years_that_the_options_allow_can_be_cancelled(int status, string retryAfter)
    {
        using var cancel = new CancellationTokenSource();
        await using var server = await LoopbackServer.StartAsync((context, _) =>
        {
            cancel.CancelAfter(TimeSpan.FromMilliseconds(500));
            context.Response.Headers.RetryAfter = retryAfter;
            return LoopbackServer.Answer(context, "", status);
        });
        using var client = server.Client(new() { MaxLimitWait = TimeSpan.MaxValue, MaxRetries = 5 });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.BiConnector.Dataset.GetAsync(1, cancel.Token));
        Assert.Single(server.Requests);
    }

    [Fact]
    public void Wait_that_no_timer_keeps_is_refused_at_once()
    {
        var credentials = Bitrix24Credentials.AccessToken("https://x.bitrix24.com", "t0ken-of-a-user");

        Assert.Contains("InfiniteTimeSpan", Assert.Throws<ArgumentException>(() => new HandWritten.Portal(credentials, new() { RequestTimeout = TimeSpan.MaxValue })).Message, StringComparison.Ordinal);
        Assert.Contains("RetryDelay", Assert.Throws<ArgumentException>(() => new HandWritten.Portal(credentials, new() { RetryDelay = TimeSpan.MaxValue })).Message, StringComparison.Ordinal);
        new HandWritten.Portal(credentials, new() { RequestTimeout = Timeout.InfiniteTimeSpan, MaxLimitWait = TimeSpan.MaxValue }).Dispose();
    }

    /// <summary>Does as the handler of an <see cref="HttpClient"/> does with a redirect.</summary>
    private sealed class Follower(Uri to) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = to;
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class Buffer() : DelegatingHandler(new HttpClientHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Content is not null)
                await request.Content.LoadIntoBufferAsync(cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class Loop(string reading) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            for (var attempt = 1; ; attempt++)
            {
                var length = reading switch
                {
                    "CopyToAsync" => await CopyAsync(request.Content!),
                    "ReadAsStreamAsync" => (await request.Content!.ReadAsStreamAsync(cancellationToken)).Length,
                    "ReadAsStringAsync" => (await request.Content!.ReadAsStringAsync(cancellationToken)).Length,
                    "ReadAsByteArrayAsync" => (await request.Content!.ReadAsByteArrayAsync(cancellationToken)).Length,
                    "LoadIntoBufferAsync" => await LoadAsync(request.Content!),
                    _ => 1,
                };
                Assert.InRange(length, 1, int.MaxValue);
                try
                {
                    var response = await base.SendAsync(request, cancellationToken);
                    if (response.IsSuccessStatusCode || attempt == 3)
                        return response;
                }
                catch (Exception) when (attempt < 3)
                {
                    // Once more.
                }
            }
        }

        private static async Task<long> CopyAsync(HttpContent content)
        {
            using var copy = new MemoryStream();
            await content.CopyToAsync(copy);
            return copy.Length;
        }

        private static async Task<long> LoadAsync(HttpContent content)
        {
            await content.LoadIntoBufferAsync();
            return (await content.ReadAsStringAsync()).Length;
        }
    }
}
