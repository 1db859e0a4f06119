using System.Collections.Concurrent;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>
/// What is left of a portal's limits: one for the process, whatever the number of clients, tokens and API versions,
/// because the portal counts by its address and ours. Where one host serves many portals, its key stands for the portal.
/// </summary>
internal sealed class PortalLimits
{
    private static readonly ConcurrentDictionary<(string Portal, string Owner, TimeProvider Time), PortalLimits> s_portals = new();

    private readonly OperatingTime _operating;

    private PortalLimits(Bitrix24Credentials credentials, Bitrix24ClientOptions options)
    {
        _operating = new(options.MaxWaitingCalls, options.TimeProvider);
        if (options.RateLimit != Bitrix24RateLimit.None)
            Limiter = new(options.RateLimit is { } own ? [new LeakyBucket(own)] : credentials.NewPermitSources(), options.MaxWaitingCalls, options.TimeProvider);
    }

    /// <summary>Null: there are no limits.</summary>
    public CallLimiter? Limiter { get; }

    /// <summary>What each portal would take at once; of a host that serves many, the one that takes least.</summary>
    public static IEnumerable<(string Portal, long Free)> Free => s_portals
        .Where(static p => p.Value.Limiter is not null)
        .GroupBy(static p => p.Key.Portal, static p => p.Value.Limiter!.GetStatistics().CurrentAvailablePermits)
        .Select(static g => (g.Key, g.Min()));

    public static PortalLimits Of(Bitrix24Credentials credentials, Bitrix24ClientOptions options) => s_portals.GetOrAdd(
        (credentials.Portal.Authority, credentials.LimitOwner, options.TimeProvider),
        static (_, state) => new(state.credentials, state.options),
        (credentials, options));

    /// <summary>Waits until the portal will take the call.</summary>
    public async Task WaitAsync(MethodDescriptor method, string caller, IEnumerable<string> methods, CancellationToken cancellationToken)
    {
        await _operating.WaitAsync(method, caller, methods, cancellationToken).ConfigureAwait(false);
        if (Limiter is null)
            return;
        using var lease = await Limiter.AcquireAsync(1, cancellationToken).ConfigureAwait(false);
        if (!lease.IsAcquired)
            throw new Bitrix24LimitException(method.Name, Limiter.GetStatistics().CurrentQueuedCount);
    }

    /// <summary>Takes in what the portal says of a method's operating time.</summary>
    public void Record(string method, string caller, Bitrix24Time? time, TimeSpan limit) => _operating.Record(method, caller, time, limit);

    /// <summary>Takes in what the portal says of the operating time of a batch and of its calls.</summary>
    public void Record(IBatchRequest batch, string caller, Bitrix24Time? time, TimeSpan limit) => _operating.Record(batch, caller, time, limit);

    /// <summary>Holds a method's calls back, until a time or, where that is unknown, for ten seconds.</summary>
    public void Block(string method, string caller, DateTimeOffset? until) => _operating.Block(method, caller, until);
}
