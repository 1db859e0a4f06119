using System.Net;
using StackExchange.Redis;

namespace Bitrix24.Gen.Redis.Tests;

/// <summary>A Redis that answers, but refuses: full, without a right, a replica, loading, of another cluster.</summary>
public sealed class RefusalTests(Server server) : IClassFixture<Server>
{
    private static readonly PortalRate Bucket = new(5, TimeSpan.FromSeconds(10), IsWindow: false);

    private readonly string _prefix = Server.NewPrefix();

    public static TheoryData<string> Refusals =>
    [
        "-READONLY You can't write against a read only replica.",
        "-OOM command not allowed when used memory > 'maxmemory'.",
        "-NOAUTH Authentication required.",
        "-WRONGPASS invalid username-password pair or user is disabled.",
        "-NOPERM this user has no permissions to run the 'evalsha' command",
        "-LOADING Redis is loading the dataset in memory",
        "-BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.",
        "-MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
        "-MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to disk.",
        "-CLUSTERDOWN The cluster is down",
        "-MOVED 3999 127.0.0.1:1",
        "-TRYAGAIN Multiple keys request during rehashing of slot",
        "-NOREPLICAS Not enough good replicas to write.",
        "-NOSCRIPT No matching script. Please use EVAL.",
        "-ERR unknown command 'EVALSHA'",
        "-ERR max number of clients reached",
        "+OK",
        "$-1",
        "*0",
        "*2\r\n$1\r\nx\r\n$1\r\ny",
        ":7",
    ];

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Redis_that_refuses_leaves_a_safe_share_and_documented_exceptions(string answer)
    {
        using var refusing = new RefusingServer { Answer = answer };
        using var connection = await ConnectAsync(refusing.Port);
        var limiter = new RedisPortalLimiter(connection, Settings());

        var waits = new List<double>();
        for (var i = 0; i < 3; i++)
        {
            var decision = await limiter.ReserveAsync(Call());
            Assert.True(decision.IsReserved);
            Assert.Equal(TimeSpan.Zero, decision.ReturnableFor);
            waits.Add(decision.Wait.TotalSeconds);
        }

        // Four processes of one share each.
        Assert.True(limiter.IsAway);
        Assert.InRange(waits[2] - waits[0], 79, 81);
        await limiter.ReturnAsync(Call());
        await limiter.RefusedAsync(Call(), TimeSpan.FromSeconds(1));
        await limiter.BlockAsync(Call(), TimeSpan.FromSeconds(1));

        var (tokens, inbox, portals) = (new RedisTokenStore(connection, Settings()), new RedisEventInbox(connection, Settings()), new RedisPortalStore(connection, Settings()));
        foreach (var use in new Func<Task>[]
        {
            async () => await tokens.SaveAsync("x", new() { AccessToken = "acc3ss", RefreshToken = "r3fr3sh", ExpiresAt = default }),
            async () => await tokens.LockAsync("x"),
            async () => await inbox.ClaimAsync("e"),
            async () => await portals.FindAsync("m"),
        })
        {
            var e = await Record.ExceptionAsync(use);
            Assert.True(e is null or RedisException or InvalidDataException or TimeoutException, $"{e}");
        }
    }

    [Fact]
    public async Task Scripts_that_redis_has_forgotten_are_sent_again()
    {
        using var own = new Server();
        await own.InitializeAsync();
        var connection = await own.ConnectAsync();
        var limiter = new RedisPortalLimiter(connection, Settings());
        var tokens = new RedisTokenStore(connection, Settings());
        await limiter.ReserveAsync(Call());

        for (var i = 0; i < 3; i++)
        {
            await connection.GetDatabase().ExecuteAsync("SCRIPT", "FLUSH");
            Assert.True((await limiter.ReserveAsync(Call())).IsReserved);
            Assert.False(limiter.IsAway);
            await connection.GetDatabase().ExecuteAsync("SCRIPT", "FLUSH");
            await using (await tokens.LockAsync("x"))
                await tokens.SaveAsync("x", new() { AccessToken = "acc3ss", RefreshToken = "r3fr3sh", ExpiresAt = default });
        }
    }

    [Fact]
    public async Task Call_that_is_cancelled_while_redis_decides_leaves_its_permit()
    {
        using var own = new Server();
        await own.InitializeAsync();
        var limiter = new RedisPortalLimiter(await own.ConnectAsync(), Settings());
        var call = Call() with { Rates = [new(1, TimeSpan.FromSeconds(100), IsWindow: false)] };
        using var cancellation = new CancellationTokenSource();
        own.Line.Stall();
        var asks = limiter.ReserveAsync(call, cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asks);
        own.Line.Restore();

        // In whatever order the two arrive, the bucket is empty in the end.
        var database = (await own.ConnectAsync()).GetDatabase();
        Assert.True(await EventuallyAsync(async () => (long)await database.ExecuteAsync("EXISTS", $"{_prefix}:limit:{{{call.Portal}}}::0") == 0));
        Assert.InRange((await limiter.ReserveAsync(call)).Wait.TotalSeconds, 0, 5);
    }

    [Fact]
    public async Task Permit_may_be_returned_until_its_bucket_has_run_empty()
    {
        var limiter = new RedisPortalLimiter(await server.ConnectAsync(), Settings());

        Assert.InRange((await limiter.ReserveAsync(Call())).ReturnableFor!.Value.TotalSeconds, 9, 10);
        Assert.InRange((await limiter.ReserveAsync(Call() with { Permits = 2 })).ReturnableFor!.Value.TotalSeconds, 28, 30);
    }

    [Fact]
    public async Task Keys_of_portals_that_are_quiet_end_by_themselves()
    {
        var connection = await server.ConnectAsync();
        var limiter = new RedisPortalLimiter(connection, Settings());
        var call = Call() with { Rates = [Bucket, new(5, TimeSpan.FromSeconds(10), IsWindow: true), new(2, TimeSpan.FromSeconds(20), IsWindow: true) { Name = "search" }] };
        await limiter.ReserveAsync(call);
        await limiter.RefusedAsync(call, TimeSpan.FromSeconds(30));
        await limiter.BlockAsync(call, TimeSpan.FromSeconds(30));
        await new RedisEventInbox(connection, Settings()).ClaimAsync("e");
        await new RedisEventInbox(connection, Settings()).CompleteAsync("f");
        _ = await new RedisTokenStore(connection, Settings()).LockAsync("x");

        var database = connection.GetDatabase();
        Assert.True(await EventuallyAsync(async () => await database.KeyExistsAsync($"{_prefix}:processes")));
        foreach (var key in connection.GetServers()[0].Keys(pattern: _prefix + "*").ToList())
            Assert.True(await database.KeyTimeToLiveAsync(key) is { } left && left <= TimeSpan.FromDays(1), $"{key}");
    }

    private static async Task<bool> EventuallyAsync(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 200; i++)
        {
            if (await holds())
                return true;
            await Task.Delay(25);
        }

        return false;
    }

    private static async Task<ConnectionMultiplexer> ConnectAsync(int port)
    {
        var connection = await ConnectionMultiplexer.ConnectAsync(new ConfigurationOptions
        {
            EndPoints = { { IPAddress.Loopback, port } },
            AbortOnConnectFail = false,
            Protocol = RedisProtocol.Resp2,
            AsyncTimeout = 5_000,
        });
        for (var i = 0; !connection.IsConnected && i < 100; i++)
            await Task.Delay(20);
        return connection;
    }

    private static PortalCall Call() => new("refusals.bitrix24.com", "", "caller", [Bucket], ["app.info"], 1);

    private Bitrix24RedisOptions Settings() => new() { Prefix = _prefix, Timeout = TimeSpan.FromSeconds(5), AwayTime = TimeSpan.FromHours(1), Processes = 4, LockTimeout = TimeSpan.FromMilliseconds(100) };
}
