using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Bitrix24.Gen.Emulator;

namespace Bitrix24.Gen.Paging.Tests;


/// <summary>Portals with deals, whose clock moves while the client waits; that of a hundred thousand serves several enumerations.</summary>
[SuppressMessage("Design", "CA1515", Justification = "xunit makes it.")]
public sealed class Deals : IAsyncLifetime
{
    public const int Count = 100_000;

    private readonly FakeTime _clock = new();
    private PortalEmulator _portal = null!;

    internal static PortalLimits Standard => PortalLimits.Standard;

    public async Task InitializeAsync() => _portal = await StartAsync(_clock, Standard, Count);

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    /// <summary>Pages through the hundred thousand, from a bucket that is empty of requests.</summary>
    internal Task<Listed> PageThroughAsync(PagingMode mode)
    {
        _clock.Advance(TimeSpan.FromMinutes(1));
        _portal.Requests.Clear();
        return PageThroughAsync(_portal, _clock, mode, int.MaxValue);
    }

    /// <summary>Pages through the first deals of a portal with limits of its own.</summary>
    internal static async Task<Listed> PageThroughAsync(PortalLimits limits, int take)
    {
        var clock = new FakeTime();
        await using var portal = await StartAsync(clock, limits, take + 50);
        return await PageThroughAsync(portal, clock, PagingMode.Fastest, take);
    }

    private static async Task<PortalEmulator> StartAsync(FakeTime clock, PortalLimits limits, int count)
    {
        var portal = await PortalEmulator.StartAsync(new() { TimeProvider = clock, Limits = limits });
        for (var i = 1; i <= count; i++)
            portal.Seed("crm.deal/Deal", string.Create(CultureInfo.InvariantCulture, $$"""{ "TITLE": "Deal {{i}}" }"""));
        return portal;
    }

    private static async Task<Listed> PageThroughAsync(PortalEmulator portal, FakeTime clock, PagingMode mode, int take)
    {
        var credentials = Bitrix24Credentials.Webhook(portal.WebhookUrl);
        using var client = new Portal(credentials, new() { TimeProvider = clock, RequestTimeout = Timeout.InfiniteTimeSpan });
        var ids = new List<long>();
        var start = clock.GetUtcNow();
        var reading = Read();
        while (!reading.IsCompleted)
        {
            // There is one caller: where a timer is set, it waits, and nothing is under way.
            if (!clock.AdvanceToNextTimer())
                await Task.Delay(1);
        }

        await reading;
        return new(ids, portal.RequestCount, portal.Requests.Count(static c => c is { Status: 503, InBatch: false }), clock.GetUtcNow() - start);

        async Task Read()
        {
            await foreach (var deal in client.Crm.Deal.ListAsync(q => q.Select(d => d.Id, d => d.Title).PageBy(mode).Take(take)))
                ids.Add(deal.Id);
        }
    }

    internal sealed record Listed(List<long> Ids, int Requests, int Refused, TimeSpan Took);
}
