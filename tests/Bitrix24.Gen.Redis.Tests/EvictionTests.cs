using System.Net;
using System.Text;
using Bitrix24.Gen.Emulator;

namespace Bitrix24.Gen.Redis.Tests;

/// <summary>A Redis that throws out keys, as one with <c>maxmemory</c> and <c>allkeys-lru</c> does: limits, tokens and leases vanish at any moment.</summary>
public sealed class EvictionTests
{
    private const string Portal = "example.bitrix24.test";

    private readonly string _prefix = Server.NewPrefix();

    [Fact]
    public async Task Limits_that_redis_throws_out_under_load_bring_no_refusal_to_a_caller()
    {
        const int processes = 4, callers = 40, capacity = 50;
        const double perSecond = 20;
        using var server = new Server();
        await server.InitializeAsync();
        await using var portal = await PortalEmulator.StartAsync(new() { Limits = new() { Capacity = capacity, PerSecond = perSecond } });
        var orders = new DrillWorker.Orders(server.Line.Port, _prefix, portal.PortalUrl, portal.AccessToken, callers, capacity, perSecond);
        using var full = new CancellationTokenSource();
        var evicting = server.EvictAsync(_prefix, full.Token);
        try
        {
            Assert.All(await DrillWorker.RunAsync(orders, processes), static said => Assert.Equal("done", said));
        }
        finally
        {
            await full.CancelAsync();
        }

        Assert.InRange(await evicting, 1, long.MaxValue);
        Assert.Equal(processes * callers, portal.Requests.Count(static c => c is { Method: "app.info", Executed: true }));
    }

    [Fact]
    public async Task Lease_that_redis_throws_out_in_the_middle_of_a_refresh_costs_no_call_and_no_token()
    {
        using var server = new Server();
        await server.InitializeAsync();
        var authority = new Authority { OnFirst = () => server.ForgetAsync() };
        var clients = new List<OwnClient>();
        for (var i = 0; i < 4; i++)
            clients.Add(new(new RedisTokenStore(await server.ConnectAsync(), Settings()), authority));
        await new RedisTokenStore(await server.ConnectAsync(), Settings())
            .SaveAsync(Portal, new() { AccessToken = "access-1", RefreshToken = "refresh-1", ExpiresAt = DateTimeOffset.MaxValue });
        await Task.WhenAll(clients.Select(static c => c.CallAsync("app.info")));

        authority.Expire();
        var answers = await Task.WhenAll(clients.SelectMany(static c => Enumerable.Range(0, 10).Select(_ => c.CallAsync("app.info"))));

        Assert.All(answers, static a => Assert.Equal(1, a.GetInt32()));
        Assert.True(authority.Asked > 1, "Nobody else took the lease that was thrown out.");
        Assert.Equal("access-2", (await new RedisTokenStore(await server.ConnectAsync(), Settings()).LoadAsync(Portal))!.AccessToken);
        clients.ForEach(static c => c.Dispose());
    }

    private Bitrix24RedisOptions Settings() => new() { Prefix = _prefix, Timeout = TimeSpan.FromSeconds(5), LockTimeout = TimeSpan.FromSeconds(20) };

    private sealed class OwnClient(ITokenStore store, Authority authority) : Bitrix24Client(
        Bitrix24Credentials.OAuth("https://" + Portal, new Bitrix24Application("app", "secret-of-app"), store),
        new() { HttpClient = new(authority, disposeHandler: false), TimeProvider = new Own(), RateLimit = Bitrix24RateLimit.None, MaxRetries = 0 })
    {
        // Of each process its own, as it would be.
        private sealed class Own : TimeProvider;
    }

    /// <summary>The portal and its authorization server, whose first answer takes a while, during which Redis loses everything.</summary>
    private sealed class Authority : HttpMessageHandler
    {
        private int _asked;
        private volatile bool _isExpired;

        public required Func<Task> OnFirst { get; init; }

        public int Asked => _asked;

        public void Expire() => _isExpired = true;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.Host != "oauth.bitrix.info")
            {
                return _isExpired && request.Headers.Authorization?.Parameter == "access-1"
                    ? Answer(HttpStatusCode.Unauthorized, """{"error":"expired_token"}""")
                    : Answer(HttpStatusCode.OK, """{"result":1}""");
            }

            if (Interlocked.Increment(ref _asked) > 1)
                return Answer(HttpStatusCode.BadRequest, """{"error":"invalid_grant"}""");
            await OnFirst();
            await Task.Delay(250, cancellationToken);
            return Answer(HttpStatusCode.OK, """{"access_token":"access-2","refresh_token":"refresh-2","expires_in":3600}""");
        }

        private static HttpResponseMessage Answer(HttpStatusCode status, string body) =>
            new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
    }
}
