using System.Diagnostics;
using Bitrix24.Gen.Emulator;

namespace Bitrix24.Gen.Redis.Tests;

/// <summary>Real processes that share tokens and limits, while one of them, or Redis, is killed, paused or replaced.</summary>
public sealed class ProcessDrillTests
{
    private readonly string _prefix = Server.NewPrefix();

    [Theory]
    [InlineData("lock", true)]
    [InlineData("load", true)]
    [InlineData("save", false)]
    [InlineData("saved", true)]
    public async Task Two_processes_killed_in_a_step_of_a_refresh_do_not_keep_a_third_out(string step, bool isWhole)
    {
        using var server = new Server();
        await server.InitializeAsync();
        await using var portal = await PortalEmulator.StartAsync();
        var (store, orders) = await ExpiredAsync(server, portal);
        for (var i = 0; i < 2; i++)
        {
            var worker = DrillWorker.Start(["refresh", "kill", step], orders.Lines);
            try
            {
                Assert.Equal("ready", await DrillWorker.ReadAsync(worker));
                DrillWorker.Go(worker);
                await worker.WaitForExitAsync();
            }
            finally
            {
                DrillWorker.End(worker);
            }
        }

        using var client = RefreshWorker.ClientOf(orders, store);
        var error = await Record.ExceptionAsync(() => client.CallAsync("app.info"));

        Assert.Equal(1, portal.RefreshCount);
        // Tokens that had come and were not saved died with their process: the user has to authorize the application again.
        if (isWhole)
            Assert.Null(error);
        else
            Assert.Equal("invalid_grant", Assert.IsType<Bitrix24ApiException>(error).Code);
    }

    [Theory]
    [InlineData("lock", true)]
    [InlineData("load", true)]
    [InlineData("save", false)]
    [InlineData("saved", true)]
    public async Task Process_that_is_paused_beyond_its_lease_in_a_step_of_a_refresh_ends_with_the_tokens_that_are_good(string step, bool othersGetOn)
    {
        // Elsewhere nobody says that a process is stopped.
        if (!OperatingSystem.IsLinux())
            return;
        using var server = new Server();
        await server.InitializeAsync();
        await using var portal = await PortalEmulator.StartAsync();
        var (store, orders) = await ExpiredAsync(server, portal);
        var worker = DrillWorker.Start(["refresh", "pause", step], orders.Lines);
        try
        {
            Assert.Equal("ready", await DrillWorker.ReadAsync(worker));
            DrillWorker.Go(worker);
            await StoppedAsync(worker);
            await Task.Delay(TimeSpan.FromSeconds(2));

            using var other = RefreshWorker.ClientOf(orders, store);
            var error = await Record.ExceptionAsync(() => other.CallAsync("app.info"));
            Assert.Equal(othersGetOn, error is null);
            MortalStore.Signal(worker, "CONT");
            Assert.Equal("done", await DrillWorker.ReadAsync(worker));

            // Whoever asked the authorization server: the tokens that came last are kept, and good for all.
            await other.CallAsync("app.info");
            Assert.Equal(1, portal.RefreshCount);
            portal.ExpireTokens();
            await other.CallAsync("app.info");
            Assert.Equal(2, portal.RefreshCount);
        }
        finally
        {
            DrillWorker.End(worker);
        }
    }

    public static TheoryData<string> Faults => Server.IsRedisServer
        ? ["SIGSTOP and SIGCONT", "kill -9 and a new start without data", "kill -9 and a replica that is promoted"]
        : ["SIGSTOP and SIGCONT", "kill -9 and a new start without data"];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Redis_that_fails_while_processes_call_makes_no_caller_hear_of_a_refusal(string fault)
    {
        const int processes = 4, callers = 40;
        using var server = new Server();
        using var replica = new Server();
        await Task.WhenAll(server.InitializeAsync(), replica.InitializeAsync());
        if (fault.EndsWith("promoted", StringComparison.Ordinal))
            await replica.ReplicateAsync(server);
        await using var portal = await PortalEmulator.StartAsync(new() { Limits = new() { Capacity = 20, PerSecond = 20 } });
        var orders = new DrillWorker.Orders(server.Line.Port, _prefix, portal.PortalUrl, portal.AccessToken, callers, 20, 20, Timeout: 0.5);
        var ends = await DrillWorker.RunAsync(orders, processes, async () =>
        {
            await Task.Delay(TimeSpan.FromSeconds(2));
            await FailAsync(server, replica, fault);
        });
        Assert.All(ends, static said => Assert.Contains(said, new[] { "done", "Redis was away" }));

        Assert.Equal(processes * callers, portal.Requests.Count(static c => c is { Method: "app.info", Executed: true }));
    }

    private static async Task FailAsync(Server server, Server replica, string fault)
    {
        switch (fault)
        {
            case "SIGSTOP and SIGCONT":
                server.Freeze();
                await Task.Delay(TimeSpan.FromSeconds(2));
                server.Thaw();
                break;
            case "kill -9 and a new start without data":
                server.Stop();
                await Task.Delay(TimeSpan.FromSeconds(1));
                await server.StartAgainAsync();
                break;
            default:
                server.Stop();
                await replica.PromoteAsync();
                server.FailOverTo(replica);
                break;
        }
    }

    private async Task<(RedisTokenStore Store, RefreshWorker.Orders Orders)> ExpiredAsync(Server server, PortalEmulator portal)
    {
        var store = RefreshWorker.StoreOf(await server.ConnectAsync(), _prefix);
        // Expired for the portal, while the store believes that they last.
        await store.SaveAsync(new Uri(portal.PortalUrl).Authority, new() { AccessToken = portal.AccessToken, RefreshToken = portal.RefreshToken, ExpiresAt = DateTimeOffset.MaxValue });
        portal.ExpireTokens();
        return (store, new(server.Line.Port, _prefix, portal.PortalUrl, portal.ClientId, portal.ClientSecret));
    }

    private static async Task StoppedAsync(Process process)
    {
        for (var tries = 0; tries < 1_200; tries++)
        {
            // The letter after the name: T, it is stopped.
            var state = await File.ReadAllTextAsync($"/proc/{process.Id}/stat");
            if (state[state.LastIndexOf(')') + 2] == 'T')
                return;
            await Task.Delay(25);
        }

        Assert.Fail("The process was not paused.");
    }
}
