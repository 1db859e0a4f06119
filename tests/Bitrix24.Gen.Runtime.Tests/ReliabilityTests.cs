using System.Text;
using System.Text.Json;
using Bitrix24.Infrastructure;
using HandWritten.BiConnector;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Bitrix24.Gen.Runtime.Tests;

/// <summary>Plays every fault with every kind of call over HTTP, and holds docs/reliability.md to what happened.</summary>
public class ReliabilityTests
{
    private static readonly FaultCase[] Faults =
    [
        new("connection refused", Mishap.Refused),
        new("connection reset before the request was read", Mishap.ResetBefore),
        new("connection reset after the request was sent", Mishap.ResetAfter),
        new("connection closed after the request was sent", Mishap.CloseAfter),
        new("the same on a connection that was used before", Mishap.CloseAfter) { Warm = true },
        new("connection cut inside the answer", Mishap.CutInAnswer),
        new("timeout", Mishap.Timeout),
        new("500 without a body", Mishap.Answer, 500),
        new("500 with an error", Mishap.Answer, 500, """{"error":"INTERNAL_SERVER_ERROR"}"""),
        new("502 with HTML", Mishap.Answer, 502, "<html>"),
        new("503 without a body", Mishap.Answer, 503),
        new("503 QUERY_LIMIT_EXCEEDED", Mishap.Answer, 503, """{"error":"QUERY_LIMIT_EXCEEDED"}"""),
        new("503 OVERLOAD_LIMIT", Mishap.Answer, 503, """{"error":"OVERLOAD_LIMIT"}"""),
        new("429 without a body", Mishap.Answer, 429),
        new("429 OPERATION_TIME_LIMIT", Mishap.Answer, 429, """{"error":"OPERATION_TIME_LIMIT"}"""),
        new("200 without a body", Mishap.Answer),
        new("200 with truncated JSON", Mishap.Answer, 200, """{"result":{"i"""),
        new("200 with gzip cut short", Mishap.GzipCutShort),
        new("200 with an error", Mishap.Answer, 200, """{"error":"ACCESS_DENIED"}"""),
        new("400 with an error", Mishap.Answer, 400, """{"error":"ACCESS_DENIED"}"""),
        new("401 for an expired token", Mishap.ExpiredToken),
        new("redirect to another host", Mishap.Redirect),
    ];

    private static readonly ApiDescriptor V3Api = new() { Envelope = EnvelopeKind.Bitrix24V3 };

    // In what they are called, "read" stands for calls that may be executed twice.
    private static readonly (string Name, Func<HandWritten.Portal, Task> Send)[] Kinds =
    [
        ("read", static client => client.BiConnector.Dataset.GetAsync(1)),
        ("safe write", static client => client.BiConnector.Dataset.UpdateAsync(1, new())),
        ("unsafe write", static client => client.SendAsync(new DatasetAddRequest { Fields = Requests.Create })),
        ("batch of reads", static client => SendBatchAsync(client, new DatasetGetRequest { Id = 1 })),
        ("batch with a write", static client => SendBatchAsync(client, new DatasetAddRequest { Fields = Requests.Create })),
        ("v3 read", static client => client.SendAsync(V3("tasks.task.get", Idempotency.Read))),
        ("v3 write", static client => client.SendAsync(V3("tasks.task.add", Idempotency.Unsafe))),
        ("v3 batch of reads", static client => SendV3BatchAsync(client, Idempotency.Read)),
        ("v3 batch with a write", static client => SendV3BatchAsync(client, Idempotency.Unsafe)),
        ("VibeCode DELETE", static client => client.CallAsync(HttpMethod.Delete, "/v1/deals/1")),
    ];

    [Fact]
    public async Task Reliability_page_says_what_happens()
    {
        // b24jssdk#24: a retry after a timeout made three documents.
        var page = new StringBuilder(
            """
            # Reliability

            What happens to a call whose first attempt fails while later ones would succeed. Each cell: the outcome,
            how often the call was sent, and how often the portal executed it. A test runs every cell over HTTP and compares
            this page with what happened (`ReliabilityTests`; with `BITRIX24_WRITE_DOCS=1` it writes the page).

            - A call that changes something is retried only if the portal certainly did not execute it: the connection was
              never made, the portal refused the call for its limits (429 means nothing else), or for its token.
            - That includes safe writes, whose second execution has no further effect: between the two executions somebody else
              may have changed the record, and the second would undo that.
            - REST 3.0 executes a call once however often it arrives with the same `Idempotency-Key`, so its writes are retried.
              Two that run at the same time under one key may both be executed, so if the portal may still be working (no answer,
              or a gateway's), the call waits until 65 seconds after it was sent: the portal ends a request after 60.
              The documentation does not promise this for batches: a batch is retried only if every call in it may be.
            - Calls of a batch that may have been executed have the outcome `Unknown`.
            - A proxy that makes no connection to the portal (407, 403, 502 to `CONNECT`) has passed nothing on: the call is retried.
            - A connection that is reset before the portal reads the request cannot be distinguished from one that is reset afterwards.
            - A `Bitrix24ConnectionException` says whether the call may have been executed. A `Bitrix24ProtocolException` to a
              write means that an answer came but could not be read: the call may have been executed.
            - A call whose token could not be refreshed was not sent; it is retried as after a refused connection.
            - The table holds in any host: beside `ConfigureHttpClientDefaults(b => b.AddStandardResilienceHandler())`, a standard
              hedging handler, .NET Aspire's defaults (resilience and service discovery) and a resilience handler of the client's own,
              each cell is the same. A handler that sends everything three times executes no write twice, also in an `HttpClient` of
              your own (`IHttpClientFactory.CreateClient()`): the body of a call is sent once. The exception is an `HttpClient` of your
              own with a handler that retries with a copy of the body ([security](security.md)).
            - A wait that the portal asks for (`Retry-After` in seconds, or a date by the portal's own clock) is observed up to `MaxLimitWait`; a
              longer one fails the call. A wait of zero, in the past or in another form is ignored.
            - A call that a resilience handler ends (a timeout, an open circuit breaker) throws `Bitrix24ConnectionException`, as does any call
              without an answer. Over HTTP/2, a stream that the portal resets after it has read the call executes no write twice.
            - [Several machines](#several-machines) share tokens and limits by Redis; what happens when Redis fails is below.


            """.ReplaceLineEndings("\n"));
        page.Append($"| fault | {string.Join(" | ", Kinds.Select(static k => k.Name))} |\n|{string.Concat(Kinds.Select(static _ => " --- |"))} --- |\n");
        await using var portal = await FaultyPortal.StartAsync();
        foreach (var fault in Faults)
        {
            page.Append($"| {fault.Name} |");
            foreach (var (name, send) in Kinds)
                page.Append($" {await PlayAsync(portal, fault, name, send)} |");
            page.Append('\n');
        }

        page.Append(
            """

            ## Several machines

            Drills of `tests/Bitrix24.Gen.Redis.Tests`, on Garnet in the process of the tests and on redis-server 7.0.15
            (`BITRIX24_REDIS_SERVER=1 dotnet test tests/Bitrix24.Gen.Redis.Tests`). Each asserts what the table says; the promoted replica needs redis-server.

            | drill | what happens |
            | --- | --- |
            | 8 processes, 50 callers each, one portal (50 at once, 2 a second) | 400 calls get 400 moments: 49 at once, one every 500 ms after that, the last after 175.5 s. All of the bucket is used but the place that each client leaves free |
            | 8 processes, 25 callers each, a portal that counts by the real clock | no refusal reaches a caller |
            | 8 real processes, 50 callers each, at one emulated portal with its limits on (50 at once, 20 a second) | 400 calls are executed, at least 95 % of what the bucket takes in that time; no refusal reaches a caller |
            | Redis slow (nothing passes) or gone (connections break) | within `Timeout` each of 4 processes goes by a quarter of the rate, spaced out; one warning each, `bitrix24.limiter.fallbacks` counts |
            | Redis comes back | it decides again within `AwayTime`; the bucket is taken to be used up |
            | Redis restarted without its data (flushed, or ended and started on its port) | the next decision waits as long as before |
            | another Redis takes over without the last writes | no place in the bucket is given twice |
            | Redis lost the tokens of a portal | processes that hold them refresh once and save the new ones |
            | another Redis takes over in the middle of a refresh, with the tokens, with older ones, or with none | the new tokens are saved there, without a second refresh |
            | another Redis takes over with tokens that were used | 100 calls get `invalid_grant` by one request to the authorization server |
            | clock of a process wrong by an hour or by a year | no difference: the clock of Redis counts |
            | a call is cancelled while it waits, or while Redis decides about it | others get its permit |
            | a call had a permit and was not sent (no token, no connection) | others get its permit, unless the limit has already released it |
            | Redis answers, but refuses (replica, full, no right, loading, another node of a cluster, unknown script) or answers something else | as when it is gone; the stores throw `RedisException` |
            | scripts are flushed | they are sent again |
            | 8 processes need a new token at once | one refresh |
            | clocks of processes that share tokens differ by 10 minutes, an hour, or a year | no call fails; at most one refresh a process and hour (`ClockSkewTests`) |
            | two processes die in a step of a refresh: with the lease, after loading, after saving, before ending the lease | a third gets working tokens once the lease has ended |
            | the same between the answer of the authorization server and saving | the tokens died with the process: `invalid_grant`, the user lets the application in again |
            | two real processes killed (`kill -9`) in a step of a refresh over a folder of tokens: under the lock, after loading, after saving | a third process, started at once, gets working tokens with one refresh; killed between answer and saving: `invalid_grant` (`tests/Bitrix24.Gen.Trust.Tests`) |
            | two real processes killed (`kill -9`) in a step of a refresh over Redis: under the lease, after loading, after saving | a third gets working tokens with one refresh in all, once the lease has ended; killed between answer and saving: `invalid_grant` |
            | a real process paused (`SIGSTOP`) beyond its lease in each of these steps | others go on, unless it holds the only good tokens; when it goes on it takes theirs or saves its own: one refresh in all, and the kept tokens are good |
            | Redis hangs for two seconds (`SIGSTOP`), is killed and started without data, or is killed and a replica that copied it is promoted, while 4 real processes with 40 callers each call an emulated portal | all calls are executed; no refusal reaches a caller |
            | Redis is full and throws out keys (`maxmemory`, `allkeys-lru`) while 4 real processes with 40 callers each call an emulated portal | all calls are executed; no refusal reaches a caller |
            | the lease and the tokens are thrown out in the middle of a refresh, and others take the lease | their refresh is refused; they look into the store again for half a second, and take the new tokens: no call fails |
            | a process is paused beyond its lease while another saves | the paused one cannot overwrite the newer tokens, and takes them |
            | the same, while the portal was removed and installed anew | the paused one cannot overwrite the tokens of the installation |
            | a process is paused beyond its lease, and nobody has saved | its tokens are saved: they are the only good ones |
            | Redis breaks off between refresh and saving | the call fails; the next one saves the tokens that came, without a second refresh |
            | one event reaches 4 machines 20 times | one handles it |
            | 5,000 portals send 11,000 events, 64 at a time, to two machines; every tenth event to both | each is handled once, by the client of its portal |

            A failover of Redis that loses the last write (asynchronous replication) brings a refresh token back that was used: the
            refresh is refused, and the user lets the application in again. `min-replicas-to-write` keeps Redis from taking writes
            that no replica has. Limits and events may be thrown out; tokens and portals belong in a Redis with `noeviction`: a portal that was
            thrown out is unknown until its next installation or page.

            """.ReplaceLineEndings("\n"));
        var path = RepositoryRoot.PathTo("docs", "reliability.md");
        if (Environment.GetEnvironmentVariable("BITRIX24_WRITE_DOCS") == "1")
            await File.WriteAllTextAsync(path, page.ToString());
        Assert.Equal(page.ToString(), await File.ReadAllTextAsync(path));
    }

    /// <summary>What a host may put around all of its HTTP clients; the page holds beside each of them.</summary>
    public static TheoryData<string> Hosts => ["ConfigureHttpClientDefaults(AddStandardResilienceHandler)", "Aspire", "its own client's handler", "hedging"];

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Page_holds_beside_a_hosts_resilience_handlers(string host)
    {
        await using var portal = await FaultyPortal.StartAsync();
        var page = await File.ReadAllTextAsync(RepositoryRoot.PathTo("docs", "reliability.md"));
        foreach (var fault in Faults)
        {
            var row = $"| {fault.Name} |";
            foreach (var (name, send) in Kinds)
                row += $" {await PlayAsync(portal, fault, name, send, services => Surround(services, host))} |";
            Assert.Contains("\n" + row + "\n", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Handler_that_sends_everything_three_times_executes_nothing_twice()
    {
        await using var portal = await FaultyPortal.StartAsync();
        foreach (var fault in Faults)
        {
            foreach (var (name, send) in Kinds)
                await PlayAsync(portal, fault, name, send, static services => services.ConfigureHttpClientDefaults(static b => b.AddHttpMessageHandler(static () => new Stubborn())));
        }
    }

    private static void Surround(IServiceCollection services, string host)
    {
        switch (host)
        {
            case "Aspire":
                services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddServiceDiscovery();
                services.ConfigureHttpClientDefaults(static b =>
                {
                    b.AddStandardResilienceHandler();
                    b.AddServiceDiscovery();
                });
                break;
            case "hedging":
                services.ConfigureHttpClientDefaults(static b => b.AddStandardHedgingHandler());
                break;
            case "its own client's handler":
                services.AddHttpClient("Bitrix24").AddStandardResilienceHandler();
                break;
            default:
                services.ConfigureHttpClientDefaults(static b => b.AddStandardResilienceHandler());
                break;
        }
    }

    private static async Task<string> PlayAsync(
        FaultyPortal portal, FaultCase fault, string kind, Func<HandWritten.Portal, Task> send, Action<IServiceCollection>? surround = null)
    {
        portal.Prepare(fault);
        using var counter = new Counter(portal.NewHandler());
        var (credentials, options) = await ClientAsync(portal, kind);
        await using var services = new ServiceCollection()
            .AddBitrix24<HandWritten.Portal>(s => (s.Credentials, s.Client) = (credentials, options))
            .AddHttpClient("Bitrix24").ConfigurePrimaryHttpMessageHandler(() => counter).Services
            .With(surround)
            .BuildServiceProvider();
        using var http = new HttpClient(counter, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        using var client = surround is null
            ? new HandWritten.Portal(credentials, options with { HttpClient = http })
            : services.GetRequiredService<HandWritten.Portal>();
        if (fault.Warm)
            await portal.RunAsync(send(client));
        counter.Sent = 0;
        var error = await Record.ExceptionAsync(() => portal.RunAsync(send(client)));

        var executed = portal.Executed;
        if (!kind.EndsWith("read", StringComparison.Ordinal) && !kind.EndsWith("reads", StringComparison.Ordinal))
            Assert.True(executed is 0 or 1, $"{fault.Name}, {kind}: a write was executed {executed} times");
        if (error is null)
            Assert.True(executed > 0, $"{fault.Name}, {kind}: a lost call was reported as done");
        else
            Assert.True(error is Bitrix24Exception, $"{fault.Name}, {kind}: {error}");
        if (error is Bitrix24ConnectionException { MayHaveBeenExecuted: false })
            Assert.True(executed == 0, $"{fault.Name}, {kind}: an executed call was reported as not executed");
        Assert.InRange(portal.Refreshes, 0, fault.Mishap == Mishap.ExpiredToken ? 1 : 0);
        return $"{(error is null ? "done" : "failed")}, {counter.Sent} sent, {executed} executed";
    }

    private static async Task<(Bitrix24Credentials Credentials, Bitrix24ClientOptions Options)> ClientAsync(FaultyPortal portal, string kind)
    {
        var address = portal.Address.ToString();
        var options = new Bitrix24ClientOptions { TimeProvider = portal.Time };
        if (kind.StartsWith("VibeCode", StringComparison.Ordinal))
            return (Bitrix24Credentials.VibeCode("vibe_api_key", url: address), options);
        var store = new MemoryTokenStore();
        await store.SaveAsync(portal.Address.Authority, new() { AccessToken = "access-1", RefreshToken = "refresh-1", ExpiresAt = DateTimeOffset.MaxValue });
        return (Bitrix24Credentials.OAuth(address, new("app", "secret-of-app") { OAuthServer = portal.Address }, store), options);
    }

    private static async Task SendBatchAsync<T>(HandWritten.Portal client, IBitrix24Request<T> request)
    {
        var batch = client.CreateBatch();
        var item = batch.Add(request);
        await batch.SendAsync();
        _ = item.Result;
    }

    private static async Task SendV3BatchAsync(HandWritten.Portal client, Idempotency idempotency)
    {
        var batch = client.CreateV3Batch();
        var item = batch.Add(V3("tasks.task.any", idempotency));
        try
        {
            await batch.SendAsync();
        }
        finally
        {
            Assert.NotEqual(BatchOutcome.Pending, item.Outcome);
        }

        _ = item.Result;
    }

    private static RawRequest V3(string method, Idempotency idempotency) =>
        new(new(method, static () => []) { Api = V3Api, Idempotency = idempotency }, static (Utf8JsonWriter writer) => writer.WriteRawValue("{}"));

    private sealed class Counter(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        public int Sent { get; set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Sent += request.RequestUri!.AbsolutePath == "/oauth/token/" ? 0 : 1;
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class Stubborn : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            for (var i = 0; i < 2; i++)
            {
                try
                {
                    var response = await base.SendAsync(request, cancellationToken);
                    if (response.IsSuccessStatusCode)
                        return response;
                    response.Dispose();
                }
                catch (HttpRequestException)
                {
                    // Again.
                }
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}

file static class Services
{
    public static IServiceCollection With(this IServiceCollection services, Action<IServiceCollection>? more)
    {
        more?.Invoke(services);
        return services;
    }
}
