using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace Bitrix24.Gen.Testing;

/// <summary>What portals that were called take in one process; nothing else may allocate at the same time.</summary>
/// <param name="AtRest">Bytes for each portal whose client is kept.</param>
/// <param name="Idle">Bytes for each once it is idle.</param>
/// <param name="Called">Clients that were kept.</param>
/// <param name="Kept">Clients that are kept once all are idle.</param>
public sealed record PortalMemory(long AtRest, long Idle, int Called, int Kept)
{
    public const int Portals = 10_000;
    public const int GoalBytes = 20 * 1024;

    /// <summary>Calls each portal twice, and then none for an hour.</summary>
    /// <typeparam name="TClient">The client.</typeparam>
    public static async Task<PortalMemory> MeasureAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TClient>()
        where TClient : Bitrix24Client
    {
        var time = new FakeTime();
        var store = new MemoryTokenStore();
        for (var i = 0; i < Portals; i++)
            await store.SaveAsync(Host(i), new() { AccessToken = $"access-{i}", RefreshToken = $"refresh-{i}", ExpiresAt = DateTimeOffset.MaxValue }).ConfigureAwait(false);
        using var http = new HttpClient(new Answering());
        await using var services = new ServiceCollection()
            .AddSingleton<ITokenStore>(store)
            .AddBitrix24Clients<TClient>(s =>
            {
                s.Application = new Bitrix24Application("app", "secret-of-app");
                s.Client = new() { HttpClient = http, TimeProvider = time };
            })
            .BuildServiceProvider();
        var clients = (Bitrix24Clients<TClient>)services.GetRequiredService<IBitrix24Clients<TClient>>();
        await CallAsync(clients, 0).ConfigureAwait(false);

        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Portals; i++)
            await CallAsync(clients, i).ConfigureAwait(false);
        var (atRest, called) = (Since(before), clients.Count);
        time.Advance(TimeSpan.FromHours(1));
        clients.Sweep();
        PortalThrottle.Sweep();
        RefreshGate.Sweep();
        return new(atRest, Since(before), called, clients.Count);
    }

    private static async Task CallAsync<TClient>(Bitrix24Clients<TClient> clients, int i)
        where TClient : Bitrix24Client
    {
        foreach (var method in (string[])["app.info", "user.current"])
            await clients.Get(Host(i)).CallAsync(method).ConfigureAwait(false);
    }

    private static long Since(long before) => (GC.GetTotalMemory(forceFullCollection: true) - before) / Portals;

    private static string Host(int i) => FormattableString.Invariant($"p{i}.bitrix24.test");

    private sealed class Answering : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("""{"result":1,"time":{"start":1,"finish":2,"operating":0.5}}""") });
    }
}
