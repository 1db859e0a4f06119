using System.Net;
using System.Text;
using Bitrix24.Gen.Emulator;

namespace Bitrix24.Gen.Redis.Tests;

/// <summary>Drills with real processes, and with a Redis that is ended, started and replaced.</summary>
public sealed class DrillTests
{
    private const string Portal = "example.bitrix24.test";

    private readonly string _prefix = Server.NewPrefix();

    [Fact]
    public async Task Eight_processes_with_fifty_callers_each_use_a_portals_bucket_and_no_caller_hears_of_a_refusal()
    {
        const int processes = 8, callers = 50, capacity = 50;
        const double perSecond = 20;
        using var server = new Server();
        await server.InitializeAsync();
        await using var portal = await PortalEmulator.StartAsync(new() { Limits = new() { Capacity = capacity, PerSecond = perSecond } });
        var orders = new DrillWorker.Orders(server.Line.Port, _prefix, portal.PortalUrl, portal.AccessToken, callers, capacity, perSecond);
        Assert.All(await DrillWorker.RunAsync(orders, processes), static said => Assert.Equal("done", said));

        var calls = portal.Requests.Where(static c => c is { Method: "app.info", Executed: true }).Select(static c => c.At).Order().ToList();
        Assert.Equal(processes * callers, calls.Count);
        var offered = capacity + (perSecond * (calls[^1] - calls[0]).TotalSeconds);
        Assert.True(calls.Count >= 0.95 * offered, $"{calls.Count} calls in {(calls[^1] - calls[0]).TotalSeconds:0.00} s, of {offered:0} that the portal takes; {portal.Requests.Count(static c => c.Status == 503)} refused.");
    }

    [Fact]
    public async Task Redis_that_is_restarted_empty_does_not_make_a_portal_refuse()
    {
        using var server = new Server();
        await server.InitializeAsync();
        var limiter = new RedisPortalLimiter(await server.ConnectAsync(), Settings() with { Processes = 1 });
        var call = new PortalCall(Portal, "", "caller", [new(5, TimeSpan.FromSeconds(100), IsWindow: false)], ["app.info"], 1);
        for (var i = 0; i < 5; i++)
            Assert.Equal(0, (await limiter.ReserveAsync(call)).Wait.TotalSeconds, 1.0);

        server.Stop();
        var alone = await limiter.ReserveAsync(call);
        Assert.True(limiter.IsAway);
        Assert.InRange(alone.Wait.TotalSeconds, alone.IsReserved ? 50 : 0, 1_000);

        await server.StartAgainAsync();
        var decision = await BackAsync(limiter, call);
        // The bucket was full, and whatever others took while Redis was away is not known.
        Assert.InRange(decision.Wait.TotalSeconds, 90, 1_000);
    }

    [Fact]
    public async Task Replica_that_takes_over_without_the_last_writes_grants_no_place_twice()
    {
        using var server = new Server();
        using var replica = new Server();
        await Task.WhenAll(server.InitializeAsync(), replica.InitializeAsync());
        var limiter = new RedisPortalLimiter(await server.ConnectAsync(), Settings());
        var call = new PortalCall(Portal, "", "caller", [new(3, TimeSpan.FromSeconds(100), IsWindow: false)], ["app.info"], 1);
        for (var i = 0; i < 3; i++)
            await limiter.ReserveAsync(call);

        server.FailOverTo(replica);
        await limiter.ReserveAsync(call);

        Assert.InRange((await BackAsync(limiter, call)).Wait.TotalSeconds, 90, 1_000);
    }

    [Fact]
    public async Task Tokens_outlive_a_redis_that_was_restarted_empty_in_the_processes_that_know_them()
    {
        using var server = new Server();
        await server.InitializeAsync();
        var store = new RedisTokenStore(await server.ConnectAsync(), Settings());
        await store.SaveAsync(Portal, Tokens("1"));
        var authority = new Authority("refresh-1");
        using var client = new OwnClient(store, authority);
        await client.CallAsync("app.info");

        await server.RestartAsync();
        authority.Expire("access-1");
        await UntilDoneAsync(() => client.CallAsync("app.info"));

        Assert.Equal(1, authority.Refreshes);
        Assert.Equal("access-2", (await store.LoadAsync(Portal))?.AccessToken);
    }

    [Fact]
    public async Task Replica_that_takes_over_with_used_tokens_costs_one_request_in_a_storm_and_says_why()
    {
        using var server = new Server();
        using var replica = new Server();
        await Task.WhenAll(server.InitializeAsync(), replica.InitializeAsync());
        var store = new RedisTokenStore(await server.ConnectAsync(), Settings());
        await new RedisTokenStore(await replica.ConnectAsync(), Settings()).SaveAsync(Portal, Tokens("1"));
        await store.SaveAsync(Portal, Tokens("2"));
        // The authorization server knows that the first refresh token was used.
        var authority = new Authority("refresh-2");
        authority.Expire("access-1");

        server.FailOverTo(replica);
        using var client = new OwnClient(store, authority);
        await UntilDoneAsync(async () => await store.LoadAsync(Portal));
        var errors = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Record.ExceptionAsync(() => client.CallAsync("app.info"))));

        Assert.All(errors, static e => Assert.Equal("invalid_grant", Assert.IsType<Bitrix24ApiException>(e).Code));
        Assert.Equal(1, authority.Asked);
    }

    [Fact]
    public async Task Redis_that_fails_over_in_the_middle_of_a_refresh_keeps_the_new_tokens()
    {
        using var server = new Server();
        using var replica = new Server();
        await Task.WhenAll(server.InitializeAsync(), replica.InitializeAsync());
        // The replica's version is no newer than that of the server it copies.
        await new RedisTokenStore(await replica.ConnectAsync(), Settings()).SaveAsync(Portal, Tokens("1"));
        var store = new RedisTokenStore(await server.ConnectAsync(), Settings());
        await store.SaveAsync(Portal, Tokens("1"));
        var authority = new Authority("refresh-1") { OnRefresh = () => server.FailOverTo(replica) };
        authority.Expire("access-1");
        using var client = new OwnClient(store, authority);

        await UntilDoneAsync(() => client.CallAsync("app.info"));

        Assert.Equal(1, authority.Refreshes);
        Assert.Equal("access-2", (await store.LoadAsync(Portal))?.AccessToken);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Redis_that_loses_tokens_in_the_middle_of_a_refresh_is_given_the_new_ones(int kept)
    {
        using var server = new Server();
        using var replica = new Server();
        await Task.WhenAll(server.InitializeAsync(), replica.InitializeAsync());
        var store = new RedisTokenStore(await server.ConnectAsync(), Settings());
        // The one that takes over is empty, or has not copied the last refresh.
        if (kept > 0)
            await new RedisTokenStore(await replica.ConnectAsync(), Settings()).SaveAsync(Portal, Tokens("0"));
        await store.SaveAsync(Portal, Tokens("0"));
        await store.SaveAsync(Portal, Tokens("1"));
        var authority = new Authority("refresh-1") { OnRefresh = () => server.FailOverTo(replica) };
        authority.Expire("access-0");
        authority.Expire("access-1");
        using var client = new OwnClient(store, authority);

        await UntilDoneAsync(() => client.CallAsync("app.info"));

        Assert.Equal(1, authority.Refreshes);
        Assert.Equal("access-2", (await store.LoadAsync(Portal))?.AccessToken);
    }

    private Bitrix24RedisOptions Settings() => new()
    {
        Prefix = _prefix,
        Timeout = TimeSpan.FromSeconds(5),
        AwayTime = TimeSpan.FromMilliseconds(10),
        LeaseTime = TimeSpan.FromMilliseconds(600),
        LockTimeout = TimeSpan.FromSeconds(20),
    };

    private static Bitrix24Token Tokens(string number) =>
        new() { AccessToken = "access-" + number, RefreshToken = "refresh-" + number, ExpiresAt = DateTimeOffset.MaxValue };

    /// <summary>The first decision of Redis after it was away.</summary>
    private static async Task<PortalDecision> BackAsync(RedisPortalLimiter limiter, PortalCall call)
    {
        var decision = await limiter.ReserveAsync(call);
        for (var i = 0; limiter.IsAway && i < 1_000; i++)
        {
            await Task.Delay(20);
            decision = await limiter.ReserveAsync(call);
        }

        Assert.False(limiter.IsAway);
        return decision;
    }

    /// <summary>Tries until Redis is reached again.</summary>
    private static async Task UntilDoneAsync(Func<Task> act)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                await act();
                return;
            }
            catch (Exception e) when (i < 200 && e is not Bitrix24ApiException)
            {
                await Task.Delay(50);
            }
        }
    }

    private sealed class OwnClient(ITokenStore store, Authority authority) : Bitrix24Client(
        Bitrix24Credentials.OAuth("https://" + Portal, new Bitrix24Application("app", "secret-of-app"), store),
        new() { HttpClient = new(authority), TimeProvider = new Own(), RateLimit = Bitrix24RateLimit.None, MaxRetries = 0 })
    {
        private sealed class Own : TimeProvider;
    }

    /// <summary>The portal and its authorization server: one refresh token is good, once.</summary>
    private sealed class Authority(string good) : HttpMessageHandler
    {
        private readonly HashSet<string> _expired = [];
        private int _refreshes;
        private int _asked;

        public int Refreshes => _refreshes;

        /// <summary>Refreshes that were tried.</summary>
        public int Asked => _asked;

        public Action? OnRefresh { get; init; }

        public void Expire(string token)
        {
            lock (_expired)
                _expired.Add(token);
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.Host == "oauth.bitrix.info")
            {
                Interlocked.Increment(ref _asked);
                var isGood = request.RequestUri.Query.Contains("refresh_token=" + good, StringComparison.Ordinal) && Interlocked.Increment(ref _refreshes) == 1;
                OnRefresh?.Invoke();
                return isGood
                    ? Answer(HttpStatusCode.OK, """{"access_token":"access-2","refresh_token":"refresh-2","expires_in":3600}""")
                    : Answer(HttpStatusCode.BadRequest, """{"error":"invalid_grant"}""");
            }

            lock (_expired)
            {
                return _expired.Contains(request.Headers.Authorization?.Parameter ?? "")
                    ? Answer(HttpStatusCode.Unauthorized, """{"error":"expired_token"}""")
                    : Answer(HttpStatusCode.OK, """{"result":1}""");
            }
        }

        private static Task<HttpResponseMessage> Answer(HttpStatusCode status, string body) =>
            Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
    }
}
