using System.Threading.RateLimiting;

namespace Bitrix24;

/// <summary>
/// The portal's own bucket as we believe it to be: calls go in the order in which they came, as soon as the portal will
/// take them. The limiters of System.Threading.RateLimiting cannot be given a clock.
/// </summary>
internal sealed class LeakyBucketLimiter : RateLimiter
{
    private readonly object _lock = new();
    private readonly LinkedList<Waiter> _queue = [];
    private readonly Bitrix24RateLimit _limit;
    private readonly int _queueLimit;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private double _level;
    private long _leakedAt;
    private long _served;

    public LeakyBucketLimiter(Bitrix24RateLimit limit, int queueLimit, TimeProvider time)
    {
        // Requests sent at a distance may arrive closer together: one place stays free for that.
        _limit = limit with { Capacity = Math.Max(1, limit.Capacity - 1) };
        (_queueLimit, _time) = (queueLimit, time);
        _leakedAt = time.GetTimestamp();
        _timer = time.CreateTimer(static state => ((LeakyBucketLimiter)state!).Serve(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public override TimeSpan? IdleDuration => null;

    /// <summary>The portal refused a call: its bucket is full, whatever we believed.</summary>
    public void Fill()
    {
        lock (_lock)
        {
            Leak();
            _level = _limit.Capacity;
        }
    }

    public override RateLimiterStatistics GetStatistics()
    {
        lock (_lock)
        {
            Leak();
            return new()
            {
                CurrentAvailablePermits = (long)(_limit.Capacity - _level),
                CurrentQueuedCount = _queue.Count,
                TotalSuccessfulLeases = _served,
            };
        }
    }

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (_lock)
            return _queue.Count == 0 && TryTake() ? Lease.Granted : Lease.Refused;
    }

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        Waiter waiter;
        lock (_lock)
        {
            if (_queue.Count == 0 && TryTake())
                return new(Lease.Granted);
            if (_queue.Count >= _queueLimit)
                return new(Lease.Refused);
            waiter = new();
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
            while (_queue.First is { } first && TryTake())
            {
                _queue.RemoveFirst();
                // One that gave up at this very moment leaves its place to the next.
                if (!first.Value.TrySetResult(Lease.Granted))
                    _level--;
            }

            if (_queue.Count > 0)
                Schedule();
        }
    }

    private void Schedule()
    {
        Leak();
        var seconds = (_level + 1 - _limit.Capacity) / _limit.PerSecond;
        _timer.Change(TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(seconds * 1000))), Timeout.InfiniteTimeSpan);
    }

    private bool TryTake()
    {
        Leak();
        if (_level + 1 > _limit.Capacity + 1e-6)
            return false;
        _level++;
        _served++;
        return true;
    }

    private void Leak()
    {
        var now = _time.GetTimestamp();
        _level = Math.Max(0, _level - (_time.GetElapsedTime(_leakedAt, now).TotalSeconds * _limit.PerSecond));
        _leakedAt = now;
    }

    private sealed class Waiter() : TaskCompletionSource<RateLimitLease>(TaskCreationOptions.RunContinuationsAsynchronously);

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
