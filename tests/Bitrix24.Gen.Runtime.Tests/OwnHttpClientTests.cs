using System.Net;
using HandWritten.BiConnector;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Bitrix24.Gen.Runtime.Tests;

/// <summary>An <see cref="HttpClient"/> of the application's own, with what it may bring.</summary>
public class OwnHttpClientTests
{
    public static TheoryData<string> Clients => ["a loop", "a loop with a reading log", "a factory with AddStandardResilienceHandler", "a factory with hedging"];

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
            ? new HttpClient(new Loop(kind.EndsWith("log", StringComparison.Ordinal)) { InnerHandler = new SocketsHttpHandler() })
            : services.GetRequiredService<IHttpClientFactory>().CreateClient();
        using var client = server.Client(new() { HttpClient = http, MaxRetries = 0 });

        var e = await Assert.ThrowsAnyAsync<Bitrix24Exception>(() => client.SendAsync(new DatasetAddRequest { Fields = Requests.Create }));

        Assert.Equal(1, executed);
        Assert.True(e is Bitrix24ConnectionException { MayHaveBeenExecuted: true } or Bitrix24ProtocolException { Status: HttpStatusCode.InternalServerError }, e.ToString());
    }

    [Theory]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Redirect_that_keeps_the_body_carries_nothing_to_another_host(int status)
    {
        await using var other = await LoopbackServer.StartAsync("""{"result":1}""");
        await using var server = await LoopbackServer.StartAsync((context, _) =>
        {
            context.Response.Headers.Location = $"{other.Address}rest/crm.deal.add";
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        // As it is by default: it follows redirects.
        using var http = new HttpClient();
        using var client = server.Client(new() { HttpClient = http, MaxRetries = 0 });

        await Assert.ThrowsAnyAsync<Bitrix24Exception>(() => client.CallAsync("crm.deal.add", new { fields = new { TITLE = "x" } }));

        Assert.Empty(other.Requests);
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

    private sealed class Loop(bool isLogged) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            for (var attempt = 1; ; attempt++)
            {
                if (isLogged)
                    await request.Content!.CopyToAsync(new MemoryStream(), cancellationToken);
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
    }
}
