using System.Threading.RateLimiting;

namespace Bitrix24;

/// <summary>
/// The server's limits as we believe them to be: calls go in the order in which they came, as soon as all limits take
/// them. The limiters of System.Threading.RateLimiting cannot be given a clock.
/// </summary>
internal sealed class CallLimiter : RateLimiter
{
    private const int MaxRefusals = 5;

    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);

    private readonly object _lock = new();
    private readonly LinkedList<Waiter> _queue = [];
    private readonly IReadOnlyList<PermitSource> _sources;
    private readonly int _queueLimit;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly ITimer _timer;
    private TimeSpan _heldUntil;
    private TimeSpan _refusedAt = TimeSpan.MinValue / 2;
    private int _refusals;
    private long _served;

    /// <summary>Makes a limiter.</summary>
    /// <param name="sources">The limits, the shortest first.</param>
    /// <param name="queueLimit">Calls that may wait.</param>
    /// <param name="time">The clock.</param>
    public CallLimiter(IReadOnlyList<PermitSource> sources, int queueLimit, TimeProvider time)
    {
        (_sources, _queueLimit, _time) = (sources, queueLimit, time);
        Rates = [.. sources.Select(static s => s.Rate)];
        _start = time.GetTimestamp();
        _timer = time.CreateTimer(static state => ((CallLimiter)state!).Serve(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public override TimeSpan? IdleDuration => null;

    /// <summary>The limits, as they are published to other processes.</summary>
    public IReadOnlyList<PortalRate> Rates { get; }

    /// <summary>Calls wait, or the server asked all of them to.</summary>
    public bool IsBusy
    {
        get
        {
            lock (_lock)
                return _queue.Count > 0 || _heldUntil > Now;
        }
    }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>The server refused a call for its limits, whatever we believed: others may be using them up.</summary>
    /// <param name="retryAfter">How long it asks all calls to wait.</param>
    public void Refused(TimeSpan? retryAfter)
    {
        lock (_lock)
        {
            var now = Now;
            _sources[0].Exhaust(now);
            if ((retryAfter ?? BackOff(now)) is var wait && now + wait > _heldUntil)
                _heldUntil = now + wait;
            if (_queue.Count > 0)
                Schedule();
        }
    }

    /// <summary>
    /// Where requests are counted by the second, those that were sent apart may arrive together, and a server that goes on
    /// refusing shuts its callers out: each time, all calls wait twice as long.
    /// </summary>
    private TimeSpan BackOff(TimeSpan now)
    {
        if (!Rates[0].IsWindow)
            return TimeSpan.Zero;
        // What was on its way already says nothing new.
        if (now >= _heldUntil)
            (_refusals, _refusedAt) = (now - _refusedAt < Memory ? Math.Min(_refusals + 1, MaxRefusals) : 0, now);
        return Rates[0].Period * (1 << _refusals);
    }

    public override RateLimiterStatistics GetStatistics()
    {
        lock (_lock)
        {
            var now = Now;
            return new()
            {
                CurrentAvailablePermits = _heldUntil > now ? 0 : _sources.Min(a => a.Free(now)),
                CurrentQueuedCount = _queue.Count,
                TotalSuccessfulLeases = _served,
            };
        }
    }

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (_lock)
            return _queue.Count == 0 && TryTake(permitCount) ? Lease.Granted : Lease.Refused;
    }

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        Waiter waiter;
        lock (_lock)
        {
            if (_queue.Count == 0 && TryTake(permitCount))
                return new(Lease.Granted);
            if (_queue.Count >= _queueLimit)
                return new(Lease.Refused);
            waiter = new(permitCount);
            _queue.AddLast(waiter);
            if (_queue.Count == 1)
                Schedule();
        }

        return new(WaitAsync(waiter, cancellationToken));
    }

    protected override void Dispose(bool disposing) => _timer.Dispose();

    private async Task<RateLimitLease> WaitAsync(Waiter waiter, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.Register(() =>
        {
            lock (_lock)
                _queue.Remove(waiter);
            waiter.TrySetCanceled(cancellationToken);
        });
        return await waiter.Task.ConfigureAwait(false);
    }

    private void Serve()
    {
        lock (_lock)
        {
            while (_queue.First is { } first && TryTake(first.Value.Permits))
            {
                _queue.RemoveFirst();
                // One that was cancelled at this very moment leaves its permit to the next.
                if (!first.Value.TrySetResult(Lease.Granted))
                    Return(first.Value.Permits);
            }

            if (_queue.Count > 0)
                Schedule();
        }
    }

    private void Schedule() =>
        _timer.Change(TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(Wait(Now, _queue.First!.Value.Permits).TotalMilliseconds))), Timeout.InfiniteTimeSpan);

    private bool TryTake(int permits)
    {
        var now = Now;
        if (Wait(now, permits) > TimeSpan.Zero)
            return false;
        foreach (var source in _sources)
            source.Take(now, permits);
        _served++;
        return true;
    }

    private void Return(int permits)
    {
        foreach (var source in _sources)
            source.Return(permits);
        _served--;
    }

    private TimeSpan Wait(TimeSpan now, int permits)
    {
        var wait = _heldUntil - now;
        foreach (var source in _sources)
        {
            if (source.Wait(now, permits) is var own && own > wait)
                wait = own;
        }

        return wait;
    }

    private sealed class Waiter(int permits) : TaskCompletionSource<RateLimitLease>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public int Permits => permits;
    }

    private sealed class Lease(bool granted) : RateLimitLease
    {
        public static Lease Granted { get; } = new(true);

        public static Lease Refused { get; } = new(false);

        public override bool IsAcquired => granted;

        public override IEnumerable<string> MetadataNames => [];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = null;
            return false;
        }
    }
}
