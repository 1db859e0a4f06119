using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Garnet;
using StackExchange.Redis;

namespace Bitrix24.Gen.Benchmarks.Runtime;

/// <summary>What a decision about a call costs: in the process, and over Redis on loopback.</summary>
internal static class SharedLimiter
{
    private const int Decisions = 5_000;

    /// <param name="server">The address of a server, such as <c>127.0.0.1:6379</c>; null: Garnet in this process.</param>
    public static async Task<int> PrintAsync(string? server)
    {
        using var local = new CallLimiter([new BucketPermits(new(int.MaxValue, 1e9))], int.MaxValue, TimeProvider.System);
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < 1_000_000; i++)
            (await local.AcquireAsync().ConfigureAwait(false)).Dispose();
        var took = Stopwatch.GetElapsedTime(start);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"in the process: {took.TotalNanoseconds / 1_000_000:0} ns a decision"));

        using var garnet = server is null ? Start(out server) : null;
        await using var connection = await ConnectionMultiplexer.ConnectAsync(server).ConfigureAwait(false);
        var limiter = new RedisPortalLimiter(connection, new() { Prefix = "bench" + Guid.NewGuid().ToString("N"), Timeout = TimeSpan.FromSeconds(30) });
        var call = new PortalCall("example.bitrix24.com", "", "caller", [new(int.MaxValue / 2, TimeSpan.FromMicroseconds(1), IsWindow: false)], ["crm.deal.list"], 1);
        for (var i = 0; i < 500; i++)
            await limiter.ReserveAsync(call).ConfigureAwait(false);

        var each = new double[Decisions];
        for (var i = 0; i < Decisions; i++)
        {
            start = Stopwatch.GetTimestamp();
            await limiter.ReserveAsync(call).ConfigureAwait(false);
            each[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        Array.Sort(each);
        start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, 64).Select(async _ =>
        {
            for (var i = 0; i < Decisions / 64; i++)
                await limiter.ReserveAsync(call).ConfigureAwait(false);
        })).ConfigureAwait(false);
        took = Stopwatch.GetElapsedTime(start);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"over Redis, one after another: median {each[Decisions / 2]:0} µs, 99th percentile {each[Decisions * 99 / 100]:0} µs; "
            + $"64 at a time: {Decisions / took.TotalSeconds:0} a second{(limiter.IsAway ? " (Redis was away)" : "")}"));
        return 0;
    }

    private static GarnetServer Start(out string address)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var garnet = new GarnetServer(["--port", $"{port}", "--bind", "127.0.0.1", "--lua", "--lua-transaction-mode", "--memory", "64m", "--index", "1m", "--logger-level", "None"]);
        garnet.Start();
        address = $"127.0.0.1:{port}";
        return garnet;
    }
}
