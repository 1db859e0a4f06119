using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Bitrix24.Gen.Incoming.Tests;

using Crm;

/// <summary>One process serves thousands of portals.</summary>
public sealed class ManyPortalsTests(Xunit.Abstractions.ITestOutputHelper output) : IDisposable
{
    private const int Portals = 5_000;

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "b24-portals-" + Guid.NewGuid().ToString("N"));

    [Theory]
    [InlineData("memory")]
    [InlineData("file")]
    public async Task Each_event_of_5000_portals_runs_once_for_its_portal_and_idle_clients_go(string kind)
    {
        IPortalStore store = kind == "file" ? new FilePortalStore(_folder) : new MemoryPortalStore();
        for (var i = 0; i < Portals; i++)
            await store.SaveAsync(new() { MemberId = Member(i), Url = new($"https://p{i}.bitrix24.com/"), ApplicationToken = Token(i) });

        var handled = new ConcurrentDictionary<long, int>();
        var clients = new ConcurrentDictionary<string, WeakReference<Portal>>(StringComparer.Ordinal);
        var wrong = 0;
        await using var host = await ServerHost.StartAsync(
            b24 => b24.On<CrmDealAddEvent>((e, portal, _) =>
            {
                handled.AddOrUpdate(e.Data.Fields.Id, 1, static (_, n) => n + 1);
                var member = (int)(e.Data.Fields.Id % Portals);
                // One client for a portal, and no client for two.
                if (!ReferenceEquals(clients.GetOrAdd(Member(member), static (_, p) => new(p), portal).TryGetTarget(out var first) ? first : portal, portal))
                    Interlocked.Increment(ref wrong);
                return Task.CompletedTask;
            }),
            services =>
            {
                services.AddSingleton(store);
                services.Configure<Bitrix24PortalsOptions>(typeof(Portal).FullName, static o => o.IdleTimeout = TimeSpan.FromSeconds(1));
            });

        // Two of each portal; every tenth arrives twice.
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var ids = Enumerable.Range(0, 2 * Portals).SelectMany(static i => Enumerable.Repeat(i, i % 10 == 0 ? 2 : 1));
        await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, _) =>
        {
            using var answer = await host.PostAsync("/b24", host.Event("ONCRMDEALADD", $"data[FIELDS][ID]={i}", Token(i % Portals), Member(i % Portals)));
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable, answer.StatusCode.ToString());
        });
        output.WriteLine($"{kind}: {(GC.GetTotalMemory(forceFullCollection: true) - before) / Portals} bytes a portal and its two events");
        Assert.Equal(2 * Portals, handled.Count);
        Assert.All(handled.Values, static n => Assert.Equal(1, n));
        Assert.Equal(Portals, clients.Count);
        output.WriteLine($"{kind}: {wrong} clients were made again");
        // The token of another portal is none.
        Assert.Equal(HttpStatusCode.Forbidden, (await host.PostAsync("/b24", host.Event("ONCRMDEALADD", "data[FIELDS][ID]=1", Token(2), Member(1)))).StatusCode);

        var pool = host.Services.GetRequiredService<IBitrix24Clients<Portal>>();
        var end = DateTime.UtcNow.AddSeconds(60);
        int alive;
        while ((alive = Alive(clients.Values)) > Portals / 100 && DateTime.UtcNow < end)
        {
            await Task.Delay(500);
            pool.Get("one-more.bitrix24.com");
            GC.Collect();
        }

        output.WriteLine($"{kind}: {alive} clients are left");
        Assert.InRange(alive, 0, Portals / 100);
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private static int Alive(IEnumerable<WeakReference<Portal>> clients) => clients.Count(static c => c.TryGetTarget(out _));

    private static string Member(int i) => $"member-{i.ToString(CultureInfo.InvariantCulture)}";

    private static string Token(int i) => $"token-of-{i.ToString(CultureInfo.InvariantCulture)}-0123456789abcdef";
}
