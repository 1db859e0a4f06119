using System.Net;
using StackExchange.Redis;

namespace Bitrix24.Gen.Redis.Tests;

/// <summary>A process of its own that refreshes the tokens of a portal, and dies or is paused in a step of it.</summary>
internal static class RefreshWorker
{
    /// <summary>What a worker reads from its input: a secret does not belong on a command line.</summary>
    public sealed record Orders(int RedisPort, string Prefix, string Portal, string ClientId, string ClientSecret)
    {
        public IEnumerable<string> Lines => [$"{RedisPort}", Prefix, Portal, ClientId, ClientSecret];

        public static Orders Read(TextReader input)
        {
            string Next() => input.ReadLine() ?? throw new EndOfStreamException();
            return new(int.Parse(Next(), System.Globalization.CultureInfo.InvariantCulture), Next(), Next(), Next(), Next());
        }

        public Bitrix24Application Application => new(ClientId, ClientSecret) { OAuthServer = new(Portal) };
    }

    public static async Task<int> RunAsync(bool isPaused, string step)
    {
        var orders = Orders.Read(Console.In);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(new ConfigurationOptions { EndPoints = { { IPAddress.Loopback, orders.RedisPort } } });
        using var client = ClientOf(orders, new MortalStore(StoreOf(redis, orders.Prefix), step, isPaused));
        Console.WriteLine("ready");
        Console.In.ReadLine();
        await client.CallAsync("app.info");
        Console.WriteLine("done");
        return 0;
    }

    public static RedisTokenStore StoreOf(IConnectionMultiplexer redis, string prefix) =>
        new(redis, new() { Prefix = prefix, LeaseTime = TimeSpan.FromSeconds(1.5), LockTimeout = TimeSpan.FromSeconds(30) });

    public static Bitrix24Client ClientOf(Orders orders, ITokenStore store) => new Client(orders, store);

    private sealed class Client(Orders orders, ITokenStore store) : Bitrix24Client(
        Bitrix24Credentials.OAuth(orders.Portal, orders.Application, store), new() { RateLimit = Bitrix24RateLimit.None, RequestTimeout = TimeSpan.FromSeconds(60) });
}
