using System.Collections.Concurrent;
using Bitrix24.Descriptors;

namespace Bitrix24;

/// <summary>
/// What is left of a portal's limits: one for the process, whatever the number of clients, tokens and API versions,
/// because the portal counts by its address and ours.
/// </summary>
internal sealed class PortalLimits
{
    // Before the limit itself, so that calls under way do not go over it.
    private static readonly TimeSpan s_margin = TimeSpan.FromSeconds(5);

    private static readonly ConcurrentDictionary<(string Portal, TimeProvider Time), PortalLimits> s_portals = new();

    private readonly ConcurrentDictionary<(string Caller, string Method), DateTimeOffset> _blockedUntil = new();
    private readonly TimeProvider _time;

    private PortalLimits(Bitrix24RateLimit limit, Bitrix24ClientOptions options)
    {
        _time = options.TimeProvider;
        if (limit != Bitrix24RateLimit.None)
            Bucket = new(limit, options.MaxWaitingCalls, _time);
    }

    public LeakyBucketLimiter? Bucket { get; }

    /// <summary>What each portal's bucket would take at once.</summary>
    public static IEnumerable<(string Portal, long Free)> Free => s_portals
        .Where(static p => p.Value.Bucket is not null)
        .Select(static p => (p.Key.Portal, p.Value.Bucket!.GetStatistics().CurrentAvailablePermits));

    public static PortalLimits Of(Bitrix24Credentials credentials, Bitrix24ClientOptions options) => s_portals.GetOrAdd(
        (credentials.Portal.Authority, options.TimeProvider),
        static (_, state) => new(state.options.RateLimit ?? state.credentials.RateLimit, state.options),
        (credentials, options));

    /// <summary>Waits until the portal will take the call.</summary>
    public async Task WaitAsync(MethodDescriptor method, string caller, IEnumerable<string> methods, CancellationToken cancellationToken)
    {
        foreach (var name in methods)
        {
            while (_blockedUntil.TryGetValue((caller, name), out var until) && until > _time.GetUtcNow())
                await Task.Delay(until - _time.GetUtcNow(), _time, cancellationToken).ConfigureAwait(false);
        }

        if (Bucket is null)
            return;
        using var lease = await Bucket.AcquireAsync(1, cancellationToken).ConfigureAwait(false);
        if (!lease.IsAcquired)
            throw new Bitrix24LimitException(method.Name, Bucket.GetStatistics().CurrentQueuedCount);
    }

    /// <summary>Takes in what the portal says of a method's operating time.</summary>
    public void Record(string method, string caller, Bitrix24Time? time, TimeSpan limit)
    {
        if (time?.Operating is { } used && used >= (limit - s_margin).TotalSeconds)
            Block(method, caller, time.OperatingResetAt is { } reset ? DateTimeOffset.FromUnixTimeSeconds(reset).AddSeconds(1) : null);
    }

    /// <summary>Holds a method's calls back, until a time or, where that is unknown, for ten seconds.</summary>
    public void Block(string method, string caller, DateTimeOffset? until)
    {
        var now = _time.GetUtcNow();
        var end = until > now ? until.Value : now.AddSeconds(10);
        _blockedUntil.AddOrUpdate((caller, method), end, (_, old) => old > end ? old : end);
    }
}
