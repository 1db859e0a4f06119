using Microsoft.Extensions.DependencyInjection;

namespace Bitrix24.Gen.Runtime.Tests;

/// <summary>Other tests must not allocate at the same time.</summary>
[CollectionDefinition(nameof(PortalMemory), DisableParallelization = true)]
public sealed class PortalMemory;

[Collection(nameof(PortalMemory))]
public sealed class PortalMemoryTests
{
    private const int Portals = 10_000;

    [Fact]
    public async Task Ten_thousand_portals_that_were_called_take_little_memory_each_and_none_once_they_are_idle()
    {
        using var portal = new StubPortal { Answer = static (_, _) => (200, """{"result":1,"time":{"start":1,"finish":2,"operating":0.5}}""") };
        using var http = new HttpClient(portal);
        await using var services = new ServiceCollection()
            .AddSingleton<ITokenStore>(new MemoryTokenStore())
            .AddBitrix24Clients<HandWritten.Portal>(s =>
            {
                s.Application = new Bitrix24Application("id", "secret-of-app");
                s.Client = new() { HttpClient = http, TimeProvider = portal.Time };
            })
            .BuildServiceProvider();
        var store = services.GetRequiredService<ITokenStore>();
        for (var i = 0; i < Portals; i++)
            await store.SaveAsync(Host(i), new() { AccessToken = $"access-{i}", RefreshToken = $"refresh-{i}", ExpiresAt = DateTimeOffset.MaxValue });
        var clients = (Bitrix24Clients<HandWritten.Portal>)services.GetRequiredService<IBitrix24Clients<HandWritten.Portal>>();
        await CallAsync(0);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (var i = 0; i < Portals; i++)
            await CallAsync(i);
        portal.Executed.Clear();
        var atRest = (GC.GetTotalMemory(forceFullCollection: true) - before) / Portals;
        var kept = clients.Count;
        portal.Time.Advance(TimeSpan.FromHours(1));
        clients.Sweep();
        PortalThrottle.Sweep();
        RefreshGate.Sweep();
        var idle = (GC.GetTotalMemory(forceFullCollection: true) - before) / Portals;

        Assert.Equal((Portals, 0), (kept, clients.Count));
        // A portal takes 5 KB about.
        Assert.InRange(atRest, 1, 20 * 1024);
        Assert.InRange(idle, long.MinValue, 1024);

        async Task CallAsync(int i)
        {
            foreach (var method in (string[])["app.info", "user.current"])
                await clients.Get(Host(i)).CallAsync(method);
        }
    }

    private static string Host(int i) => FormattableString.Invariant($"p{i}.bitrix24.test");
}
