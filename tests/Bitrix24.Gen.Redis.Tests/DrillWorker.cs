using System.Diagnostics;
using System.Globalization;
using System.Net;
using StackExchange.Redis;

namespace Bitrix24.Gen.Redis.Tests;

/// <summary>A process of its own that shares a portal's limits with others.</summary>
internal static class DrillWorker
{
    /// <summary>What a worker reads from its input: a token does not belong on a command line.</summary>
    public sealed record Orders(int RedisPort, string Prefix, string Portal, string Token, int Callers, int Capacity, double PerSecond, double Timeout = 10)
    {
        public IEnumerable<string> Lines =>
            [.. new object[] { RedisPort, Prefix, Portal, Token, Callers, Capacity, PerSecond, Timeout }.Select(static o => Convert.ToString(o, CultureInfo.InvariantCulture)!)];

        public static Orders Read(TextReader input)
        {
            string Next() => input.ReadLine() ?? throw new EndOfStreamException();
            int Number() => int.Parse(Next(), CultureInfo.InvariantCulture);
            double Fraction() => double.Parse(Next(), CultureInfo.InvariantCulture);
            return new(Number(), Next(), Next(), Next(), Number(), Number(), Fraction(), Fraction());
        }
    }

    public static async Task<int> Main(string[] arguments)
    {
        if (arguments is ["refresh", var end, var step])
            return await RefreshWorker.RunAsync(end == "pause", step);
        var orders = Orders.Read(Console.In);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(new ConfigurationOptions { EndPoints = { { IPAddress.Loopback, orders.RedisPort } }, AbortOnConnectFail = false, ReconnectRetryPolicy = new LinearRetry(100) });
        var limiter = new RedisPortalLimiter(redis, new() { Prefix = orders.Prefix, Timeout = TimeSpan.FromSeconds(orders.Timeout), AwayTime = TimeSpan.FromMilliseconds(200) });
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
        Console.WriteLine(errors.FirstOrDefault(static e => e is not null) ?? (limiter.IsAway ? "Redis was away" : "done"));
        return 0;
    }

    /// <summary>Runs processes that begin together, and answers what each says at its end.</summary>
    /// <param name="orders">What all of them do.</param>
    /// <param name="processes">How many there are.</param>
    /// <param name="meanwhile">What happens while they run.</param>
    public static async Task<IReadOnlyList<string>> RunAsync(Orders orders, int processes, Func<Task>? meanwhile = null)
    {
        var workers = Enumerable.Range(0, processes).Select(_ => Start([], orders.Lines)).ToList();
        try
        {
            foreach (var worker in workers)
                Assert.Equal("ready", await ReadAsync(worker));
            workers.ForEach(Go);
            if (meanwhile is not null)
                await meanwhile();
            var said = new List<string>();
            foreach (var worker in workers)
                said.Add(await ReadAsync(worker));
            return said;
        }
        finally
        {
            workers.ForEach(End);
        }
    }

    public static Process Start(IEnumerable<string> arguments, IEnumerable<string> input)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(DrillWorker).Assembly.Location, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("No process was started.");
        foreach (var line in input)
            process.StandardInput.WriteLine(line);
        process.StandardInput.Flush();
        return process;
    }

    public static async Task<string> ReadAsync(Process process) =>
        await process.StandardOutput.ReadLineAsync() ?? "died: " + await process.StandardError.ReadToEndAsync();

    public static void Go(Process process)
    {
        process.StandardInput.WriteLine("go");
        process.StandardInput.Flush();
    }

    public static void End(Process process)
    {
        if (!process.HasExited)
            process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private sealed class Client(Orders orders, IPortalLimiter limiter) : Bitrix24Client(
        Bitrix24Credentials.AccessToken(orders.Portal, orders.Token),
        new() { SharedLimits = limiter, RateLimit = new(orders.Capacity, orders.PerSecond), RequestTimeout = TimeSpan.FromSeconds(60) });
}
