using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace Bitrix24.Gen.Benchmarks.Runtime;

/// <summary>What ten thousand portals that were called take in one process, at rest and once they are idle.</summary>
internal static class PortalMemory
{
    private const int Portals = 10_000;
    private const int GoalBytes = 20 * 1024;

    public static async Task<int> PrintAsync()
    {
        var time = new Clock();
        var store = new MemoryTokenStore();
        for (var i = 0; i < Portals; i++)
            await store.SaveAsync(Host(i), Tokens(i)).ConfigureAwait(false);
        using var http = new HttpClient(new Answering());
        await using var services = new ServiceCollection()
            .AddSingleton<ITokenStore>(store)
            .AddBitrix24Clients<Portal>(s =>
            {
                s.Application = new Bitrix24Application("app", "secret-of-app");
                s.Client = new() { HttpClient = http, TimeProvider = time };
            })
            .BuildServiceProvider();
        var clients = (Bitrix24Clients<Portal>)services.GetRequiredService<IBitrix24Clients<Portal>>();
        await clients.Get(Host(0)).CallAsync("app.info").ConfigureAwait(false);

        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Portals; i++)
        {
            await clients.Get(Host(i)).CallAsync("app.info").ConfigureAwait(false);
            await clients.Get(Host(i)).CallAsync("user.current").ConfigureAwait(false);
        }

        var atRest = (GC.GetTotalMemory(forceFullCollection: true) - before) / Portals;
        time.Advance(TimeSpan.FromHours(1));
        clients.Sweep();
        PortalThrottle.Sweep();
        RefreshGate.Sweep();
        var idle = (GC.GetTotalMemory(forceFullCollection: true) - before) / Portals;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Portals} portals: {atRest} B each at rest (goal {GoalBytes}), {idle} B each once idle; {clients.Count} clients kept"));
        return atRest <= GoalBytes ? 0 : 1;
    }

    private static string Host(int i) => string.Create(CultureInfo.InvariantCulture, $"p{i}.bitrix24.test");

    private static Bitrix24Token Tokens(int i) => new() { AccessToken = $"access-{i}", RefreshToken = $"refresh-{i}", ExpiresAt = DateTimeOffset.MaxValue };

    private sealed class Answering : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("""{"result":1,"time":{"start":1,"finish":2,"operating":0.5}}""") });
    }

    private sealed class Clock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddDays(20_000).AddTicks(_ticks);

        public void Advance(TimeSpan by) => _ticks += by.Ticks;
    }
}
