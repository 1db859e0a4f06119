using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Bitrix24.Gen.Redis.Tests;

/// <summary>Tokens stand in the values that are theirs, and nowhere else: in no key, no other value, no exception, no log, no metric.</summary>
public sealed class SecretTests(Server server) : IClassFixture<Server>
{
    private const string Portal = "secret.bitrix24.test";

    private static readonly string[] Secrets =
        ["4cc3ss-t0k3n", "r3fr3sh-t0k3n", "w3bh00k-s3cr3t", "cl13nt-s3cr3t", "4ppl1c4t10n-t0k3n", "r3d1s-p4ssw0rd", "3v3nt-d4t4"];

    private readonly string _prefix = Server.NewPrefix();

    [Fact]
    public async Task Redis_keeps_tokens_in_their_own_values_only()
    {
        var connection = await server.ConnectAsync();
        await UseAsync(connection, new ConcurrentQueue<string>());

        var database = connection.GetDatabase();
        var kept = new List<(string Key, string Value)>();
        foreach (var key in connection.GetServers()[0].Keys(pattern: _prefix + "*").Select(static k => k.ToString()))
        {
            foreach (var value in await ValuesAsync(database, key))
                kept.Add((key, value));
        }

        Assert.InRange(kept.Count, 5, int.MaxValue);
        Assert.All(kept, static k => Assert.DoesNotContain(Secrets, secret => Has(k.Key, secret)));
        var ownValues = new[] { $"{_prefix}:token:{{{Portal}}}", $"{_prefix}:portals" };
        Assert.All(kept.Where(k => !ownValues.Contains(k.Key)), static k => Assert.DoesNotContain(Secrets, secret => Has(k.Value, secret)));
        // The search finds what is there.
        Assert.Contains(kept, k => k.Key == ownValues[0] && Has(k.Value, "r3fr3sh-t0k3n"));
    }

    [Fact]
    public async Task Nothing_is_told_while_redis_works_breaks_off_or_holds_what_cannot_be_read()
    {
        using var own = new Server();
        await own.InitializeAsync();
        var seen = new ConcurrentQueue<string>();
        using var metrics = new MeterListener { InstrumentPublished = static (instrument, listener) => listener.EnableMeasurementEvents(instrument) };
        metrics.SetMeasurementEventCallback<long>((i, v, tags, _) => seen.Enqueue($"{i.Name} {v} {string.Join(' ', tags.ToArray())}"));
        metrics.SetMeasurementEventCallback<double>((i, v, tags, _) => seen.Enqueue($"{i.Name} {v} {string.Join(' ', tags.ToArray())}"));
        metrics.Start();
        var connection = await own.ConnectAsync();
        await UseAsync(connection, seen);

        // Broken values quote what they hold only where somebody prints them.
        var (tokens, portals) = (new RedisTokenStore(connection, Settings()), new RedisPortalStore(connection, Settings()));
        var database = connection.GetDatabase();
        await database.StringSetAsync($"{_prefix}:token:{{{Portal}}}", "1\n{\"accessToken\":\"4cc3ss-t0k3n\",\"refreshToken\":\"r3fr3sh-t0k3n\"");
        await database.HashSetAsync($"{_prefix}:portals", "member", "{\"applicationToken\":\"4ppl1c4t10n-t0k3n\"");
        await RecordErrorAsync(seen, async () => await tokens.LoadAsync(Portal));
        await RecordErrorAsync(seen, async () => await portals.FindAsync("member"));

        var gone = await own.ConnectAsync(timeout: 1_000);
        own.Line.Cut();
        (tokens, portals) = (new(gone, Settings()), new(gone, Settings()));
        await RecordErrorAsync(seen, async () => await tokens.LoadAsync(Portal));
        await RecordErrorAsync(seen, async () => await tokens.SaveAsync(Portal, Tokens()));
        await RecordErrorAsync(seen, async () => await tokens.LockAsync(Portal));
        await RecordErrorAsync(seen, async () => await portals.SaveAsync(Installed()));
        await RecordErrorAsync(seen, async () => await new RedisEventInbox(gone, Settings()).ClaimAsync("event 3v3nt-d4t4"));
        await RecordErrorAsync(seen, async () => await new RedisPortalLimiter(gone, Settings(), new Recorder(seen)).ReserveAsync(
            new(Portal, "", "caller", [new(5, TimeSpan.FromSeconds(1), IsWindow: false)], ["app.info"], 1)));
        own.Line.Restore();

        Assert.InRange(seen.Count, 10, int.MaxValue);
        Assert.Contains(seen, static t => t.Contains(nameof(InvalidDataException), StringComparison.Ordinal));
        Assert.All(seen, static t => Assert.DoesNotContain(Secrets, secret => Has(t, secret)));
    }

    [Fact]
    public void Records_print_no_secret() => Assert.Empty(SecretRecords.ThatPrintIt(typeof(Bitrix24RedisOptions).Assembly));

    [Fact]
    public void Password_of_a_connection_is_neither_printed_nor_in_an_error()
    {
        var settings = new Bitrix24RedisOptions { Configuration = "redis.example:6379,password=r3d1s-p4ssw0rd,ssl=true", Prefix = "acme" };
        Assert.Contains("acme", settings.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("r3d1s-p4ssw0rd", settings.ToString(), StringComparison.Ordinal);

        foreach (var configuration in new[] { "redis.example,password=r3d1s-p4ssw0rd,nonsense=1", "redis.example,password=r3d1s-p4ssw0rd,connectTimeout=soon", ",password=r3d1s-p4ssw0rd" })
        {
            using var services = new ServiceCollection().AddBitrix24Redis(s => s.Configuration = configuration).BuildServiceProvider();
            Assert.DoesNotContain("r3d1s-p4ssw0rd", Record.Exception(() => services.GetRequiredService<ITokenStore>())?.ToString() ?? "", StringComparison.Ordinal);
        }

        Assert.DoesNotContain("r3d1s-p4ssw0rd", Record.Exception(() => new ServiceCollection().AddBitrix24Redis(s =>
        {
            s.Configuration = settings.Configuration;
            s.Processes = 0;
        }))!.ToString(), StringComparison.Ordinal);
    }

    /// <summary>What a process does with Redis: tokens, portals, events, calls with each kind of credentials, a conflict and a lease that is taken.</summary>
    private async Task UseAsync(IConnectionMultiplexer connection, ConcurrentQueue<string> seen)
    {
        var store = new RedisTokenStore(connection, Settings());
        await store.SaveAsync(Portal, Tokens());
        var portals = new RedisPortalStore(connection, Settings());
        await portals.SaveAsync(Installed());
        seen.Enqueue((await portals.FindAsync("member"))!.ToString());
        seen.Enqueue((await store.LoadAsync(Portal))!.ToString());
        seen.Enqueue(Settings().ToString());
        var inbox = new RedisEventInbox(connection, Settings());
        await inbox.ClaimAsync(new IncomingEventId().Of("3v3nt-d4t4"));
        var limiter = new RedisPortalLimiter(connection, Settings(), new Recorder(seen));
        foreach (var credentials in new[]
        {
            Bitrix24Credentials.Webhook($"https://{Portal}/rest/1/w3bh00k-s3cr3t/"),
            Bitrix24Credentials.AccessToken("https://" + Portal, "4cc3ss-t0k3n"),
            Bitrix24Credentials.OAuth("https://" + Portal, new Bitrix24Application("app", "cl13nt-s3cr3t"), store),
        })
        {
            using var client = new Client(credentials, limiter, new Recorder(seen));
            await client.CallAsync("app.info");
            await RecordErrorAsync(seen, () => client.CallAsync("crm.deal.list"));
        }

        // Held by one: another waits in vain, and may not save over what a third saved.
        await using (await store.LockAsync(Portal))
        {
            var other = new RedisTokenStore(connection, Settings() with { LockTimeout = TimeSpan.Zero });
            await RecordErrorAsync(seen, async () => await other.LockAsync(Portal));
            await other.SaveAsync(Portal, Tokens());
            await RecordErrorAsync(seen, async () => await store.SaveAsync(Portal, Tokens()));
        }
    }

    private static async Task RecordErrorAsync(ConcurrentQueue<string> seen, Func<Task> act)
    {
        if (await Record.ExceptionAsync(act) is { } error)
            seen.Enqueue($"{error} {string.Join(' ', error.Data.Cast<DictionaryEntry>().Select(static d => $"{d.Key}={d.Value}"))}");
    }

    private static async Task<IEnumerable<string>> ValuesAsync(IDatabase database, string key) => await database.KeyTypeAsync(key) switch
    {
        RedisType.Hash => (await database.HashGetAllAsync(key)).SelectMany(static e => new[] { e.Name.ToString(), e.Value.ToString() }),
        RedisType.List => (await database.ListRangeAsync(key)).Select(static v => v.ToString()),
        RedisType.SortedSet => (await database.SortedSetRangeByRankAsync(key)).Select(static v => v.ToString()),
        _ => [(await database.StringGetAsync(key)).ToString()],
    };

    private static bool Has(string text, string secret) =>
        text.Contains(secret, StringComparison.OrdinalIgnoreCase) || text.Contains(Convert.ToHexString(Encoding.UTF8.GetBytes(secret)), StringComparison.OrdinalIgnoreCase)
        || text.Contains(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)).TrimEnd('='), StringComparison.Ordinal);

    private static Bitrix24Token Tokens() => new() { AccessToken = "4cc3ss-t0k3n", RefreshToken = "r3fr3sh-t0k3n", ExpiresAt = DateTimeOffset.MaxValue };

    private static InstalledPortal Installed() => new() { MemberId = "member", Url = new("https://" + Portal), ApplicationToken = "4ppl1c4t10n-t0k3n" };

    private Bitrix24RedisOptions Settings() => new() { Prefix = _prefix, Configuration = "redis.example,password=r3d1s-p4ssw0rd", Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>An event's id, made as requests make it.</summary>
    private sealed class IncomingEventId
    {
        public string Of(string data)
        {
            var form = $"event=ONCRMDEALADD&data[FIELDS][ID]={data}&ts=1&auth[member_id]=member&auth[application_token]=4ppl1c4t10n-t0k3n";
            return IncomingRequest.Parse(Encoding.ASCII.GetBytes(form)).Event!.Id;
        }
    }

    private sealed class Client(Bitrix24Credentials credentials, IPortalLimiter limiter, ILogger logger) : Bitrix24Client(
        credentials, new() { HttpClient = new(new Handler()), SharedLimits = limiter, MaxRetries = 0, Logger = logger, TimeProvider = new Own() })
    {
        private sealed class Own : TimeProvider;
    }

    /// <summary>A portal that repeats what the caller sent.</summary>
    private sealed class Handler : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var sent = $"{request.RequestUri} {request.Headers.Authorization?.Parameter}";
            return Task.FromResult(request.RequestUri!.AbsolutePath.EndsWith("app.info", StringComparison.Ordinal)
                ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("""{"result":1}""") }
                : new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new StringContent($$"""{"error":"{{sent}}","error_description":"{{sent}}"}""") });
        }
    }

    private sealed class Recorder(ConcurrentQueue<string> seen) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            seen.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");
    }
}
