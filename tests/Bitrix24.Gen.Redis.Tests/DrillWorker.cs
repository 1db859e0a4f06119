using System.Diagnostics;
using System.Globalization;
using System.Net;
using StackExchange.Redis;

namespace Bitrix24.Gen.Redis.Tests;

/// <summary>A process of its own that shares a portal's limits with others.</summary>
internal static class DrillWorker
{
    /// <summary>What a worker reads from its input: a token does not belong on a command line.</summary>
    public sealed record Orders(int RedisPort, string Prefix, string Portal, string Token, int Callers, int Capacity, double PerSecond)
    {
        public IEnumerable<string> Lines =>
            [.. new object[] { RedisPort, Prefix, Portal, Token, Callers, Capacity, PerSecond }.Select(static o => Convert.ToString(o, CultureInfo.InvariantCulture)!)];

        public static Orders Read(TextReader input)
        {
            string Next() => input.ReadLine() ?? throw new EndOfStreamException();
            int Number() => int.Parse(Next(), CultureInfo.InvariantCulture);
            return new(Number(), Next(), Next(), Next(), Number(), Number(), double.Parse(Next(), CultureInfo.InvariantCulture));
        }
    }

    public static async Task<int> Main()
    {
        var orders = Orders.Read(Console.In);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(new ConfigurationOptions { EndPoints = { { IPAddress.Loopback, orders.RedisPort } } });
        var limiter = new RedisPortalLimiter(redis, new() { Prefix = orders.Prefix, Timeout = TimeSpan.FromSeconds(10) });
        using var client = new Client(orders, limiter);
        Console.WriteLine("ready");
        Console.In.ReadLine();
        var errors = await Task.WhenAll(Enumerable.Range(0, orders.Callers).Select(async _ =>
        {
            try
            {
                await client.CallAsync("app.info");
                return null;
            }
            catch (Bitrix24Exception e)
            {
                return e.Message.ReplaceLineEndings(" ");
            }
        }));
        Console.WriteLine(limiter.IsAway ? "Redis was away" : errors.FirstOrDefault(static e => e is not null) ?? "done");
        return 0;
    }

    public static Process Start(Orders orders)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(DrillWorker).Assembly.Location])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("No process was started.");
        foreach (var line in orders.Lines)
            process.StandardInput.WriteLine(line);
        process.StandardInput.Flush();
        return process;
    }

    private sealed class Client(Orders orders, IPortalLimiter limiter) : Bitrix24Client(
        Bitrix24Credentials.AccessToken(orders.Portal, orders.Token),
        new() { SharedLimits = limiter, RateLimit = new(orders.Capacity, orders.PerSecond), RequestTimeout = TimeSpan.FromSeconds(60) });
}
