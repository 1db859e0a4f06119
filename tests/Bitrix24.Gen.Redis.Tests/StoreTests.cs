using System.Net;
using System.Text;

namespace Bitrix24.Gen.Redis.Tests;

/// <summary>Tokens, events and portals that machines share.</summary>
public sealed class StoreTests(Server server) : IClassFixture<Server>
{
    private const string Portal = "example.bitrix24.test";

    private readonly string _prefix = Server.NewPrefix();
    private int _refreshes;

    [Fact]
    public async Task Tokens_are_kept_whole_and_apart()
    {
        var store = await StoreAsync();
        var token = Tokens("1") with { MemberId = "m", Scope = "crm", UserId = 7, ExpiresAt = DateTimeOffset.UnixEpoch.AddDays(20_000) };
        await store.SaveAsync(Portal, token);

        Assert.Equal(token, await (await StoreAsync()).LoadAsync(Portal));
        Assert.Null(await store.LoadAsync("other.bitrix24.test"));
        await store.ForgetAsync(Portal);
        Assert.Null(await (await StoreAsync()).LoadAsync(Portal));
    }

    [Fact]
    public async Task Applications_that_share_limits_keep_tokens_portals_and_events_apart()
    {
        var connection = await server.ConnectAsync();
        var (one, two) = (new Bitrix24RedisOptions { Prefix = _prefix, Application = "one" }, new Bitrix24RedisOptions { Prefix = _prefix, Application = "two" });
        var (first, second) = (new RedisTokenStore(connection, one), new RedisTokenStore(connection, two));

        await first.SaveAsync("example.com", Tokens("first"));
        Assert.Null(await second.LoadAsync("example.com"));
        await using (await first.LockAsync("example.com"))
        await using (await second.LockAsync("example.com"))
            await second.SaveAsync("example.com", Tokens("second"));
        Assert.Equal("access-first", (await first.LoadAsync("example.com"))!.AccessToken);

        Assert.Equal(InboxClaim.Claimed, await new RedisEventInbox(connection, one).ClaimAsync("event"));
        Assert.Equal(InboxClaim.Claimed, await new RedisEventInbox(connection, two).ClaimAsync("event"));
        await new RedisPortalStore(connection, one).SaveAsync(new() { MemberId = "member", Url = new("https://example.com/"), ApplicationToken = "4ppl1c4t10n" });
        Assert.Null(await new RedisPortalStore(connection, two).FindAsync("member"));

        var call = new PortalCall("example.com", "", "caller", [new(1, TimeSpan.FromSeconds(100), IsWindow: false)], ["app.info"], 1);
        await new RedisPortalLimiter(connection, one with { Timeout = TimeSpan.FromSeconds(20) }).ReserveAsync(call);
        Assert.InRange((await new RedisPortalLimiter(connection, two with { Timeout = TimeSpan.FromSeconds(20) }).ReserveAsync(call)).Wait.TotalSeconds, 90, 100);
    }

    [Fact]
    public async Task Lease_is_one_processs_at_a_time_and_kept_up_while_it_lives()
    {
        var (one, two) = (await StoreAsync(), await StoreAsync(static s => s with { LockTimeout = TimeSpan.Zero }));
        await using (await one.LockAsync(Portal))
        {
            await Task.Delay(900);
            Assert.Contains(Portal, (await Assert.ThrowsAsync<TimeoutException>(() => two.LockAsync(Portal).AsTask())).Message, StringComparison.Ordinal);
        }

        await using (await two.LockAsync(Portal))
        {
        }
    }

    [Fact]
    public async Task Process_that_was_paused_beyond_its_lease_does_not_overwrite_newer_tokens()
    {
        // Its timers stand still with it.
        var (paused, other) = (await StoreAsync(static s => s with { TimeProvider = new Paused() }), await StoreAsync());
        await other.SaveAsync(Portal, Tokens("1"));
        var lease = await paused.LockAsync(Portal);

        await using (await other.LockAsync(Portal))
        {
            await other.SaveAsync(Portal, Tokens("2"));
            await Assert.ThrowsAsync<TokenConflictException>(() => paused.SaveAsync(Portal, Tokens("3")).AsTask());
            await lease.DisposeAsync();
            // The lease of the other is not the paused one's to end.
            var third = await StoreAsync(static s => s with { LockTimeout = TimeSpan.Zero });
            await Assert.ThrowsAsync<TimeoutException>(() => third.LockAsync(Portal).AsTask());
        }

        Assert.Equal("access-2", (await other.LoadAsync(Portal))?.AccessToken);
    }

    [Fact]
    public async Task Process_that_was_paused_does_not_overwrite_the_tokens_of_a_new_installation()
    {
        var (paused, other) = (await StoreAsync(static s => s with { TimeProvider = new Paused() }), await StoreAsync());
        await other.SaveAsync(Portal, Tokens("1"));
        await paused.LockAsync(Portal);
        await using (await other.LockAsync(Portal))
            await other.ForgetAsync(Portal);
        await using (await other.LockAsync(Portal))
            await other.SaveAsync(Portal, Tokens("new"));

        await Assert.ThrowsAsync<TokenConflictException>(() => paused.SaveAsync(Portal, Tokens("2")).AsTask());

        Assert.Equal("access-new", (await other.LoadAsync(Portal))?.AccessToken);
    }

    [Fact]
    public async Task Process_that_was_paused_saves_what_nobody_else_has_replaced()
    {
        var (paused, other) = (await StoreAsync(static s => s with { TimeProvider = new Paused() }), await StoreAsync());
        await other.SaveAsync(Portal, Tokens("1"));
        await paused.LockAsync(Portal);
        await using (await other.LockAsync(Portal))
            Assert.NotNull(await other.LoadAsync(Portal));

        // The only tokens that are good any more.
        await paused.SaveAsync(Portal, Tokens("2"));

        Assert.Equal("access-2", (await other.LoadAsync(Portal))?.AccessToken);
    }

    [Fact]
    public async Task Clients_of_many_processes_refresh_once()
    {
        await (await StoreAsync()).SaveAsync(Portal, Tokens("1"));
        var clients = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ => Client(await StoreAsync())));

        await Task.WhenAll(clients.SelectMany(static c => Enumerable.Range(0, 5).Select(_ => c.CallAsync("app.info"))));

        Assert.Equal((1, "access-2"), (_refreshes, (await (await StoreAsync()).LoadAsync(Portal))?.AccessToken));
    }

    [Theory]
    [InlineData(Step.Lock, true)]
    [InlineData(Step.Load, true)]
    [InlineData(Step.Exchange, true)]
    [InlineData(Step.Save, false)]
    [InlineData(Step.Unlock, true)]
    public async Task Two_processes_that_die_in_a_step_of_a_refresh_do_not_keep_a_third_out(Step step, bool isWhole)
    {
        await (await StoreAsync()).SaveAsync(Portal, Tokens("1"));
        for (var i = 0; i < 2; i++)
        {
            using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            var dies = new TaskCompletionSource();
            _ = Client(new Mortal(await StoreAsync(static s => s with { TimeProvider = new Paused() }), step, dies)).CallAsync("app.info", cancellation.Token);
            // After the first, a second may find nothing left to do.
            await Task.WhenAny(dies.Task, Task.Delay(2_000, cancellation.Token));
        }

        var error = await Record.ExceptionAsync(async () => await Client(await StoreAsync()).CallAsync("app.info"));

        // Tokens that had come and were not saved died with their process: the user has to authorize the application again.
        if (isWhole)
            Assert.Null(error);
        else
            Assert.Equal("invalid_grant", Assert.IsType<Bitrix24ApiException>(error).Code);
    }

    [Fact]
    public async Task Redis_that_is_away_for_a_moment_loses_no_tokens()
    {
        using var own = new Server();
        await own.InitializeAsync();
        var store = new RedisTokenStore(await own.ConnectAsync(), Settings());
        await store.SaveAsync(Portal, Tokens("1"));
        var client = Client(store, onRefresh: own.Line.Cut);

        await Assert.ThrowsAnyAsync<Exception>(() => client.CallAsync("app.info"));
        Assert.Equal(1, _refreshes);
        own.Line.Restore();
        Exception? error = null;
        for (var i = 0; i < 100; i++)
        {
            error = await Record.ExceptionAsync(() => client.CallAsync("app.info"));
            if (error is null)
                break;
            await Task.Delay(50);
        }

        Assert.Null(error);
        Assert.Equal((1, "access-2"), (_refreshes, (await store.LoadAsync(Portal))?.AccessToken));
    }

    [Fact]
    public async Task Lease_that_came_to_one_who_waits_no_more_is_free_at_once()
    {
        using var own = new Server();
        await own.InitializeAsync();
        var settings = Settings() with { LeaseTime = TimeSpan.FromMinutes(2), LockTimeout = TimeSpan.FromSeconds(20) };
        var store = new RedisTokenStore(await own.ConnectAsync(), settings);
        own.Line.Stall();
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.LockAsync("p.bitrix24.com", cancellation.Token));

        own.Line.Restore();

        await (await store.LockAsync("p.bitrix24.com")).DisposeAsync();
    }

    [Fact]
    public async Task Event_is_claimed_once_on_all_machines()
    {
        var inboxes = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ => new RedisEventInbox(await server.ConnectAsync(), Settings())));

        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => inboxes[i % 4].ClaimAsync("e1").AsTask()));
        Assert.Equal(1, claims.Count(static c => c == InboxClaim.Claimed));
        Assert.Equal(19, claims.Count(static c => c == InboxClaim.InProgress));
        await inboxes[Array.IndexOf(claims, InboxClaim.Claimed) % 4].CompleteAsync("e1");
        Assert.Equal(InboxClaim.Done, await inboxes[0].ClaimAsync("e1"));

        Assert.Equal(InboxClaim.Claimed, await inboxes[0].ClaimAsync("e2"));
        await inboxes[1].ReleaseAsync("e2");
        Assert.Equal(InboxClaim.InProgress, await inboxes[1].ClaimAsync("e2"));
        await inboxes[0].ReleaseAsync("e2");
        Assert.Equal(InboxClaim.Claimed, await inboxes[1].ClaimAsync("e2"));

        var hasty = new RedisEventInbox(await server.ConnectAsync(), Settings() with { ClaimTime = TimeSpan.FromMilliseconds(50) });
        Assert.Equal(InboxClaim.Claimed, await hasty.ClaimAsync("e3"));
        await Task.Delay(200);
        Assert.Equal(InboxClaim.Claimed, await inboxes[2].ClaimAsync("e3"));
    }

    [Fact]
    public async Task Portals_are_found_listed_and_forgotten()
    {
        var store = new RedisPortalStore(await server.ConnectAsync(), Settings());
        var portals = Enumerable.Range(0, 30).Select(static i => new InstalledPortal
        {
            MemberId = $"m{i}",
            Url = new Uri($"https://p{i}.bitrix24.test/"),
            ApplicationToken = i % 2 == 0 ? null : $"t{i}",
            InstalledAt = DateTimeOffset.UnixEpoch.AddDays(i),
        }).ToList();
        foreach (var portal in portals)
            await store.SaveAsync(portal);
        await store.RemoveAsync("m29");

        Assert.Equal(portals[7], await store.FindAsync("m7"));
        Assert.Null(await store.FindAsync("m29"));
        var all = new List<InstalledPortal>();
        await foreach (var portal in store.AllAsync())
            all.Add(portal);
        Assert.Equal(portals.Take(29), all.OrderBy(static p => p.InstalledAt));
    }

    private static Bitrix24Token Tokens(string number) =>
        new() { AccessToken = "access-" + number, RefreshToken = "refresh-" + number, ExpiresAt = DateTimeOffset.MaxValue };

    private Bitrix24RedisOptions Settings() => new()
    {
        Prefix = _prefix,
        LeaseTime = TimeSpan.FromMilliseconds(600),
        LockTimeout = TimeSpan.FromSeconds(20),
    };

    private async Task<RedisTokenStore> StoreAsync(Func<Bitrix24RedisOptions, Bitrix24RedisOptions>? change = null) =>
        new(await server.ConnectAsync(), change?.Invoke(Settings()) ?? Settings());

    private OwnClient Client(ITokenStore store, Action? onRefresh = null) => new(store, new(this, onRefresh));

    /// <summary>A step of a refresh, behind which a process dies.</summary>
    public enum Step
    {
        Lock,
        Load,
        Exchange,
        Save,
        Unlock,
    }

    /// <summary>A clock whose timers do not run, and which tells the real time.</summary>
    private sealed class Paused : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            period == Timeout.InfiniteTimeSpan ? base.CreateTimer(callback, state, dueTime, period) : base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A process that stops for good at a step.</summary>
    private sealed class Mortal(ITokenStore inner, Step step, TaskCompletionSource dies) : ITokenStore
    {
        public async ValueTask<Bitrix24Token?> LoadAsync(string portal, CancellationToken cancellationToken = default)
        {
            var tokens = await inner.LoadAsync(portal, cancellationToken);
            return step == Step.Load ? await DieAsync(tokens) : tokens;
        }

        public async ValueTask SaveAsync(string portal, Bitrix24Token token, CancellationToken cancellationToken = default)
        {
            if (step == Step.Save)
                await DieAsync(0);
            await inner.SaveAsync(portal, token, cancellationToken);
            if (step == Step.Exchange)
                await DieAsync(0);
        }

        public async ValueTask<IAsyncDisposable> LockAsync(string portal, CancellationToken cancellationToken = default)
        {
            var lease = await inner.LockAsync(portal, cancellationToken);
            return step switch
            {
                Step.Lock => await DieAsync(lease),
                Step.Unlock => new Never(dies),
                _ => lease,
            };
        }

        private async Task<T> DieAsync<T>(T value)
        {
            dies.TrySetResult();
            await Task.Delay(Timeout.Infinite);
            return value;
        }

        private sealed class Never(TaskCompletionSource dies) : IAsyncDisposable
        {
            public async ValueTask DisposeAsync()
            {
                dies.TrySetResult();
                await Task.Delay(Timeout.Infinite);
            }
        }
    }

    /// <summary>A client of a process of its own: what a process knows of tokens is kept by clock.</summary>
    private sealed class OwnClient(ITokenStore store, Handler handler) : Bitrix24Client(
        Bitrix24Credentials.OAuth("https://" + Portal, new Bitrix24Application("app", "secret-of-app"), store),
        new() { HttpClient = new(handler), TimeProvider = new Own(), RateLimit = Bitrix24RateLimit.None, MaxRetries = 0 })
    {
        private sealed class Own : TimeProvider;
    }

    /// <summary>The portal and its authorization server, where a refresh token works once.</summary>
    private sealed class Handler(StoreTests test, Action? onRefresh) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.Host == "oauth.bitrix.info")
            {
                var isFirst = request.RequestUri.Query.Contains("refresh_token=refresh-1", StringComparison.Ordinal) && Interlocked.Increment(ref test._refreshes) == 1;
                onRefresh?.Invoke();
                return isFirst
                    ? Answer(HttpStatusCode.OK, """{"access_token":"access-2","refresh_token":"refresh-2","expires_in":3600}""")
                    : Answer(HttpStatusCode.BadRequest, """{"error":"invalid_grant"}""");
            }

            return request.Headers.Authorization?.Parameter == "access-1"
                ? Answer(HttpStatusCode.Unauthorized, """{"error":"expired_token"}""")
                : Answer(HttpStatusCode.OK, """{"result":1}""");
        }

        private static Task<HttpResponseMessage> Answer(HttpStatusCode status, string body) =>
            Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
    }
}
