using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Bitrix24;

/// <summary>
/// What is left of a portal's limits: one for the process, whatever the number of clients, tokens and API versions,
/// because the portal counts by its address and ours. Where one host serves many portals, its key stands for the portal.
/// It is looked up for each call, and evicted once it equals a new one.
/// </summary>
internal sealed class PortalThrottle : Idler
{
    private static readonly IdleCache<(string Portal, string Owner, TimeProvider Time), PortalThrottle> Portals = new();

    private readonly OperatingTimeBudget _operating;
    private readonly IPortalLimiter? _shared;
    private readonly ILogger? _logger;
    private readonly string _portal;
    private readonly string _owner;
    private readonly int _maxWaiting;
    private int _waiting;

    private PortalThrottle(Bitrix24Credentials credentials, Bitrix24ClientOptions options)
    {
        Time = options.TimeProvider;
        (_shared, _maxWaiting, _logger) = (options.SharedLimits, options.MaxWaitingCalls, options.Logger);
        (_portal, _owner) = (credentials.PortalName, Digest(credentials.LimitOwner));
        _operating = new(options.MaxWaitingCalls, options.TimeProvider, BlockForOthers);
        if (options.RateLimit != Bitrix24RateLimit.None)
            Limiter = new(options.RateLimit is { } own ? [new BucketPermits(own)] : credentials.NewPermitSources(), options.MaxWaitingCalls, options.TimeProvider, credentials.NewPathLimits());
    }

    /// <summary>Null: there are no limits.</summary>
    public CallLimiter? Limiter { get; }

    public override TimeProvider Time { get; }

    // Longer than operating time is counted, and than a bucket takes to run empty.
    public override TimeSpan IdleTimeout => TimeSpan.FromMinutes(15);

    public override bool IsBusy => _operating.IsBusy || Volatile.Read(ref _waiting) > 0 || Limiter?.IsBusy == true;

    /// <summary>What each portal would take at once; of a host that serves many, the one that takes least.</summary>
    public static IEnumerable<(string Portal, long Free)> Free => Portals.Values
        .Where(static p => p.Value.Limiter is not null)
        .GroupBy(static p => p.Key.Portal, static p => p.Value.Limiter!.GetStatistics().CurrentAvailablePermits)
        .Select(static g => (g.Key, g.Min()));

    /// <summary>Evicts idle portals.</summary>
    public static void Sweep() => Portals.Sweep();

    public static PortalThrottle Of(Bitrix24Credentials credentials, Bitrix24ClientOptions options) => Portals.GetOrAdd(
        (credentials.PortalName, credentials.LimitOwner, options.TimeProvider),
        static (_, state) => new(state.credentials, state.options),
        (credentials, options));

    /// <summary>A portal was renamed: what is left of its limits is the same under both names.</summary>
    public static void Rename(string from, string to)
    {
        foreach (var (key, limits) in Portals.Values)
        {
            if (key.Portal == from)
                Portals.TryAdd(key with { Portal = to }, limits);
        }
    }

    /// <summary>Waits until the portal will take the call.</summary>
    public async Task WaitAsync(Call call, CancellationToken cancellationToken)
    {
        var method = call.Method;
        await _operating.WaitAsync(method, call.Caller, call.Methods, cancellationToken).ConfigureAwait(false);
        if (Limiter is null)
            return;
        using var lease = await Limiter.AcquireAsync(call.Permits, method.Path, cancellationToken).ConfigureAwait(false);
        if (!lease.IsAcquired)
            throw new Bitrix24LimitException(method.Name, Limiter.GetStatistics().CurrentQueuedCount);
        (call.LetThroughAt, call.ReturnableUntil) = (Limiter.Now, null);
        if (_shared is not null)
            await WaitForOthersAsync(_shared, call, Limiter, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A call that was let through was not sent: others may use its permits.</summary>
    public async ValueTask ReturnAsync(Call call)
    {
        if (Limiter is null)
            return;
        Limiter.Return(call.Permits, call.Method.Path, call.LetThroughAt);
        if (_shared is not null && !(call.ReturnableUntil < Limiter.Now))
            await _shared.ReturnAsync(Shared(call, Limiter)).ConfigureAwait(false);
    }

    /// <summary>The portal refused a call for its limits.</summary>
    public async ValueTask RefusedAsync(Call call, TimeSpan? retryAfter)
    {
        Limiter?.Refused(retryAfter, call.Method.Path);
        if (_shared is not null && Limiter is not null)
            await _shared.RefusedAsync(Shared(call, Limiter), retryAfter).ConfigureAwait(false);
    }

    /// <summary>Takes in what the portal says of a method's operating time.</summary>
    public void Record(string method, string caller, Bitrix24Time? time, TimeSpan limit) => _operating.Record(method, caller, time, limit);

    /// <summary>Takes in what the portal says of the operating time of a batch and of its calls.</summary>
    public void Record(IBatchRequest batch, string caller, Bitrix24Time? time, TimeSpan limit) => _operating.Record(batch, caller, time, limit);

    /// <summary>Holds a method's calls back for a time or, where that is unknown, for ten seconds.</summary>
    public void Block(string method, string caller, TimeSpan? time) => _operating.Block(method, caller, time);

    private async Task WaitForOthersAsync(IPortalLimiter shared, Call call, CallLimiter limiter, CancellationToken cancellationToken)
    {
        var asked = Shared(call, limiter);
        if (Interlocked.Increment(ref _waiting) > _maxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            limiter.Return(call.Permits, call.Method.Path, call.LetThroughAt);
            throw new Bitrix24LimitException(call.Method.Name, _maxWaiting);
        }

        try
        {
            while (true)
            {
                var decision = await shared.ReserveAsync(asked, cancellationToken).ConfigureAwait(false);
                call.ReturnableUntil = limiter.Now + decision.ReturnableFor;
                try
                {
                    if (decision.Wait > TimeSpan.Zero)
                        await Task.Delay(decision.Wait, Time, cancellationToken).ConfigureAwait(false);
                    else
                        cancellationToken.ThrowIfCancellationRequested();
                }
                catch (OperationCanceledException) when (decision.IsReserved && !(call.ReturnableUntil < limiter.Now))
                {
                    await shared.ReturnAsync(asked).ConfigureAwait(false);
                    throw;
                }

                if (decision.IsReserved)
                    return;
            }
        }
        catch
        {
            limiter.Return(call.Permits, call.Method.Path, call.LetThroughAt);
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private PortalCall Shared(Call call, CallLimiter limiter) =>
        new(_portal, _owner, Digest(call.Caller), limiter.RatesOf(call.Method.Path), call.Methods, call.Permits);

    private void BlockForOthers(string method, string caller, TimeSpan time)
    {
        if (_shared is null)
            return;
        // Others hear of it soon; the call that has its answer does not wait for that.
        _ = BlockAsync(_shared, new(_portal, _owner, Digest(caller), [], [method], 0), time);
    }

    private async Task BlockAsync(IPortalLimiter shared, PortalCall call, TimeSpan time)
    {
        try
        {
            await shared.BlockAsync(call, time).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // They find out by the portal's refusal.
            CallTelemetry.NotShared(call.Methods[0], _portal, _logger, e);
        }
    }

    /// <summary>A secret as a name that others may see.</summary>
    private static string Digest(string secret) =>
        secret.Length == 0 ? "" : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)), 0, 12);
}
