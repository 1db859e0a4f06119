using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bitrix24.Gen.Redis.Tests;

/// <summary>Processes that share the limits of a portal. Permits are reckoned by the clock of Redis, so that no test waits.</summary>
public sealed class LimiterTests(Server server) : IClassFixture<Server>
{
    private static readonly PortalRate Bucket = new(49, TimeSpan.FromMilliseconds(500), IsWindow: false);

    private readonly string _prefix = Server.NewPrefix();

    [Fact]
    public async Task Eight_processes_with_fifty_callers_each_use_the_whole_bucket_and_no_more()
    {
        var limiters = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => LimiterAsync()));
        var start = TimeProvider.System.GetTimestamp();

        var goes = await Task.WhenAll(limiters.SelectMany(static l => Enumerable.Range(0, 50).Select(_ => l)).Select(async limiter =>
        {
            var decision = await limiter.ReserveAsync(Call());
            Assert.True(decision.IsReserved);
            return TimeProvider.System.GetElapsedTime(start) + decision.Wait;
        }));

        Assert.All(limiters, static l => Assert.False(l.IsAway));
        // 49 at once, the others one every half a second: nobody together, and no moment unused.
        var order = goes.Order().ToList();
        var slack = TimeProvider.System.GetElapsedTime(start);
        Assert.All(order.Take(49), at => Assert.InRange(at, TimeSpan.Zero, slack));
        var ideal = (400 - 49) * 0.5;
        Assert.InRange(order[^1].TotalSeconds, ideal - 0.5, (ideal / 0.95) + slack.TotalSeconds);
        for (var i = 60; i < 400; i++)
            Assert.InRange((order[i] - order[49]).TotalSeconds, ((i - 49) * 0.5) - slack.TotalSeconds, ((i - 49) * 0.5) + slack.TotalSeconds);
    }

    [Fact]
    public async Task No_refusal_reaches_a_caller_of_eight_processes_at_one_portal()
    {
        var portal = new Portal(capacity: 20, perSecond: 200);
        var store = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ => new Client(portal, await LimiterAsync())));

        var answers = await Task.WhenAll(store.SelectMany(static c => Enumerable.Range(0, 25).Select(_ => c)).Select(static c => c.CallAsync("app.info")));

        Assert.All(answers, static a => Assert.Equal(1, a.GetInt32()));
        Assert.Equal(200, portal.Executed);
        // On a busy machine some arrive closer together than they were sent. They are sent again, unseen by callers.
        Assert.InRange(portal.Refused, 0, 200);
    }

    [Fact]
    public async Task Windows_take_so_many_in_any_stretch_and_a_call_may_count_as_several()
    {
        var limiter = await LimiterAsync();
        var call = Call() with { Rates = [new(7, TimeSpan.FromSeconds(60), IsWindow: true), new(20, TimeSpan.FromSeconds(600), IsWindow: true)] };

        var waits = new List<double>();
        for (var i = 0; i < 21; i++)
            waits.Add((await limiter.ReserveAsync(call)).Wait.TotalSeconds);

        Assert.All(waits.Take(7), static w => Assert.Equal(0, w, 1.0));
        Assert.All(waits.Skip(7).Take(7), static w => Assert.Equal(60, w, 5.0));
        Assert.All(waits.Skip(14).Take(6), static w => Assert.Equal(120, w, 5.0));
        Assert.Equal(600, waits[20], 5.0);
        var several = Call("several") with { Rates = call.Rates, Permits = 5 };
        foreach (var expected in new[] { 0, 60, 120 })
            Assert.Equal(expected, (await limiter.ReserveAsync(several)).Wait.TotalSeconds, 5.0);
    }

    [Fact]
    public async Task Limit_of_a_path_is_shared_and_holds_up_no_other_call()
    {
        var (one, two) = (await LimiterAsync(), await LimiterAsync());
        PortalRate[] all = [new(100, TimeSpan.FromSeconds(1), IsWindow: true), new(1_000, TimeSpan.FromMinutes(1), IsWindow: true)];
        var search = Call() with { Rates = [.. all, new(2, TimeSpan.FromSeconds(100), IsWindow: true) { Name = "search" }] };
        var sums = Call() with { Rates = [.. all, new(2, TimeSpan.FromSeconds(100), IsWindow: true) { Name = "sums" }] };

        await one.ReserveAsync(search);
        await two.ReserveAsync(search);
        Assert.InRange((await one.ReserveAsync(search)).Wait.TotalSeconds, 90, 100);
        Assert.InRange((await two.ReserveAsync(sums)).Wait.TotalSeconds, 0, 5);
        Assert.InRange((await two.ReserveAsync(Call() with { Rates = all })).Wait.TotalSeconds, 0, 5);
    }

    [Fact]
    public async Task Refusal_hold_and_operating_time_of_one_process_hold_for_all()
    {
        var (one, two) = (await LimiterAsync(), await LimiterAsync());
        await one.RefusedAsync(Call(), TimeSpan.FromSeconds(100));
        Assert.InRange((await two.ReserveAsync(Call())).Wait.TotalSeconds, 90, 101);

        var blocked = Call("blocked") with { Methods = ["crm.deal.list"] };
        await one.BlockAsync(blocked, TimeSpan.FromSeconds(300));
        var decision = await two.ReserveAsync(blocked);
        Assert.False(decision.IsReserved);
        Assert.InRange(decision.Wait.TotalSeconds, 290, 300);
        Assert.True((await two.ReserveAsync(blocked with { Methods = ["crm.deal.get"] })).IsReserved);
        Assert.True((await two.ReserveAsync(blocked with { Caller = "another" })).IsReserved);
    }

    [Fact]
    public async Task Cancelled_call_leaves_its_permit_to_others()
    {
        var limiter = await LimiterAsync();
        var call = Call() with { Rates = [new(1, TimeSpan.FromSeconds(100), IsWindow: false)] };
        await limiter.ReserveAsync(call);
        Assert.InRange((await limiter.ReserveAsync(call)).Wait.TotalSeconds, 90, 100);

        await limiter.ReturnAsync(call);

        Assert.InRange((await limiter.ReserveAsync(call)).Wait.TotalSeconds, 90, 100);
        Assert.InRange((await limiter.ReserveAsync(call)).Wait.TotalSeconds, 190, 200);
    }

    [Fact]
    public async Task Clock_of_a_process_does_not_matter()
    {
        var one = await LimiterAsync();
        var late = await LimiterAsync(time: new Skewed(TimeSpan.FromHours(-1)));
        var early = await LimiterAsync(time: new Skewed(TimeSpan.FromDays(400)));
        var call = Call() with { Rates = [new(1, TimeSpan.FromSeconds(100), IsWindow: false)] };

        Assert.Equal(0, (await one.ReserveAsync(call)).Wait.TotalSeconds, 0.1);
        Assert.InRange((await late.ReserveAsync(call)).Wait.TotalSeconds, 90, 100);
        Assert.InRange((await early.ReserveAsync(call)).Wait.TotalSeconds, 190, 200);
    }

    [Fact]
    public async Task Redis_that_lost_its_data_is_told_what_was_taken()
    {
        using var own = new Server();
        await own.InitializeAsync();
        var limiter = new RedisPortalLimiter(await own.ConnectAsync(), Settings());
        var call = Call() with { Rates = [new(2, TimeSpan.FromSeconds(100), IsWindow: false)] };
        await limiter.ReserveAsync(call);
        await limiter.ReserveAsync(call);

        await own.ForgetAsync();

        Assert.InRange((await limiter.ReserveAsync(call)).Wait.TotalSeconds, 90, 100);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Redis_that_is_slow_or_gone_leaves_each_process_a_safe_share_and_says_so(bool isGone)
    {
        using var own = new Server();
        await own.InitializeAsync();
        var logged = new ConcurrentQueue<string>();
        var fallbacks = 0L;
        using var metrics = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Name == "bitrix24.limiter.fallbacks")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        metrics.SetMeasurementEventCallback<long>((_, v, _, _) => Interlocked.Add(ref fallbacks, v));
        metrics.Start();
        var limiters = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ => new RedisPortalLimiter(
            await own.ConnectAsync(), Settings() with { Timeout = TimeSpan.FromSeconds(2), AwayTime = TimeSpan.FromHours(2), Processes = 4 }, new Recorder(logged))));
        var call = Call() with { Rates = [new(5, TimeSpan.FromSeconds(10), IsWindow: false)] };
        for (var i = 0; i < 5; i++)
            Assert.Equal(0, (await limiters[0].ReserveAsync(call)).Wait.TotalSeconds, 0.1);

        if (isGone)
            own.Line.Cut();
        else
            own.Line.Stall();
        var waits = new List<double>();
        foreach (var limiter in limiters)
        {
            for (var i = 0; i < 10; i++)
            {
                var decision = await limiter.ReserveAsync(call);
                Assert.True(decision.IsReserved);
                waits.Add(decision.Wait.TotalSeconds);
            }

            Assert.True(limiter.IsAway);
        }

        // The bucket may be full: all of them together send one every ten seconds, and none sends several at once.
        waits.Sort();
        Assert.InRange(waits[^1], 360, 410);
        Assert.True(waits.Count(static w => w < 100) <= 14, string.Join(' ', waits));
        Assert.InRange(fallbacks, 4, 1000);
        Assert.Equal(4, logged.Count(static line => line.StartsWith("Warning Redis does not decide", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Redis_that_comes_back_decides_again_and_takes_nothing_to_be_left()
    {
        using var own = new Server();
        await own.InitializeAsync();
        var logged = new ConcurrentQueue<string>();
        var limiter = new RedisPortalLimiter(
            await own.ConnectAsync(), Settings() with { Timeout = TimeSpan.FromSeconds(5), AwayTime = TimeSpan.FromMilliseconds(10), Processes = 1 }, new Recorder(logged));
        var call = Call() with { Rates = [new(3, TimeSpan.FromSeconds(100), IsWindow: false)] };
        await limiter.ReserveAsync(call);
        own.Line.Cut();
        await limiter.ReserveAsync(call);
        Assert.True(limiter.IsAway);

        own.Line.Restore();
        PortalDecision decision = default;
        for (var i = 0; limiter.IsAway && i < 500; i++)
        {
            await Task.Delay(20);
            decision = await limiter.ReserveAsync(call);
        }

        Assert.False(limiter.IsAway);
        Assert.InRange(decision.Wait.TotalSeconds, 50, 1000);
        Assert.Contains(logged, static line => line.StartsWith("Information Redis decides", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Processes_are_counted()
    {
        var limiters = new List<RedisPortalLimiter>();
        for (var i = 0; i < 3; i++)
        {
            limiters.Add(new(await server.ConnectAsync(), Settings() with { Processes = 1 }));
            await limiters[i].ReserveAsync(Call());
            for (var tries = 0; limiters[i].Processes != i + 1 && tries < 200; tries++)
                await Task.Delay(20);
        }

        Assert.Equal(3, limiters[2].Processes);
    }

    [Fact]
    public async Task Keys_hold_no_secret()
    {
        var portal = new Portal(capacity: 50, perSecond: 2);
        using var client = new Client(portal, await LimiterAsync(), Bitrix24Credentials.Webhook("https://secret.bitrix24.test/rest/1/s3cr3tw3bh00k/"));
        await client.CallAsync("app.info");

        var connection = await server.ConnectAsync();
        var keys = connection.GetServers()[0].Keys(pattern: _prefix + "*").Select(static k => k.ToString()).ToList();

        Assert.NotEmpty(keys);
        Assert.DoesNotContain(keys, static k => k.Contains("s3cr3t", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Services_give_clients_the_shared_limits()
    {
        var connection = await server.ConnectAsync();
        await using var services = new ServiceCollection()
            .AddSingleton<StackExchange.Redis.IConnectionMultiplexer>(connection)
            .AddBitrix24Redis(s => s.Prefix = _prefix)
            .BuildServiceProvider();

        Assert.IsType<RedisPortalLimiter>(services.GetRequiredService<IPortalLimiter>());
        Assert.IsType<RedisTokenStore>(services.GetRequiredService<ITokenStore>());
        Assert.IsType<RedisEventInbox>(services.GetRequiredService<IEventInbox>());
        Assert.IsType<RedisPortalStore>(services.GetRequiredService<IPortalStore>());
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddBitrix24Redis(static s => s.Processes = 0));
    }

    private static PortalCall Call(string portal = "example.bitrix24.com") => new(portal, "", "caller", [Bucket], ["app.info"], 1);

    private Bitrix24RedisOptions Settings() => new() { Prefix = _prefix, Timeout = TimeSpan.FromSeconds(20) };

    private async Task<RedisPortalLimiter> LimiterAsync(TimeProvider? time = null) =>
        new(await server.ConnectAsync(), Settings() with { TimeProvider = time ?? TimeProvider.System });

    private sealed class Skewed(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;

        public override long GetTimestamp() => base.GetTimestamp() + (long)(by.TotalSeconds * TimestampFrequency);
    }

    /// <summary>A client of a process of its own: limits are kept by clock.</summary>
    private sealed class Client(Portal portal, IPortalLimiter limiter, Bitrix24Credentials? credentials = null) : Bitrix24Client(
        credentials ?? Bitrix24Credentials.AccessToken("https://shared.bitrix24.test", "t"),
        new() { HttpClient = new(portal, disposeHandler: false), SharedLimits = limiter, RateLimit = new(20, 200), TimeProvider = new Skewed(TimeSpan.Zero) });

    /// <summary>A portal with a bucket.</summary>
    private sealed class Portal(int capacity, double perSecond) : HttpMessageHandler
    {
        private readonly object _lock = new();
        private double _level;
        private long _at = TimeProvider.System.GetTimestamp();

        public int Executed { get; private set; }

        public int Refused { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            lock (_lock)
            {
                var now = TimeProvider.System.GetTimestamp();
                _level = Math.Max(0, _level - (TimeProvider.System.GetElapsedTime(_at, now).TotalSeconds * perSecond));
                _at = now;
                var takes = _level + 1 <= capacity;
                if (takes)
                    (_level, Executed) = (_level + 1, Executed + 1);
                else
                    Refused++;
                return Task.FromResult(takes
                    ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("""{"result":1}""") }
                    : new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { Content = new StringContent("""{"error":"QUERY_LIMIT_EXCEEDED"}""") });
            }
        }
    }

    private sealed class Recorder(ConcurrentQueue<string> logged) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            logged.Enqueue($"{logLevel} {formatter(state, exception)}");
    }
}
