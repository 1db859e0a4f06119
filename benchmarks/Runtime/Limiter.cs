using System.Threading.RateLimiting;
using BenchmarkDotNet.Attributes;

namespace Bitrix24.Gen.Benchmarks.Runtime;

/// <summary>A place in a bucket that has room, and a thousand calls that queue for one at a time.</summary>
public class Limiter
{
    private const int Queued = 1_000;

    private readonly CallLimiter _free = new([new BucketPermits(new(int.MaxValue, 1e9))], int.MaxValue, TimeProvider.System);
    private readonly TokenBucketRateLimiter _freeTokens = Tokens(int.MaxValue, int.MaxValue);

    [Benchmark(Baseline = true)]
    public async Task<bool> TokenBucketWithRoom()
    {
        using var lease = await _freeTokens.AcquireAsync();
        return lease.IsAcquired;
    }

    [Benchmark]
    public async Task<bool> PortalLimiterWithRoom()
    {
        using var lease = await _free.AcquireAsync();
        return lease.IsAcquired;
    }

    /// <summary>Served by hand, as the portal's limiter is by its clock.</summary>
    [Benchmark]
    public async Task TokenBucketWithQueue()
    {
        await using var limiter = Tokens(1, 1);
        await limiter.AcquireAsync();
        var waiting = new Task[Queued];
        for (var i = 0; i < Queued; i++)
            waiting[i] = limiter.AcquireAsync().AsTask();
        foreach (var call in waiting)
        {
            while (!call.IsCompleted)
                limiter.TryReplenish();
        }

        await Task.WhenAll(waiting);
    }

    [Benchmark]
    public async Task PortalLimiterWithQueue()
    {
        var clock = new Clock();
        using var limiter = new CallLimiter([new BucketPermits(new(2, 1))], int.MaxValue, clock);
        await limiter.AcquireAsync();
        var waiting = new Task[Queued];
        for (var i = 0; i < Queued; i++)
            waiting[i] = limiter.AcquireAsync().AsTask();
        for (var i = 0; i < Queued; i++)
            clock.Tick();
        await Task.WhenAll(waiting);
    }

    private static TokenBucketRateLimiter Tokens(int limit, int perPeriod) => new(new()
    {
        TokenLimit = limit,
        TokensPerPeriod = perPeriod,
        ReplenishmentPeriod = TimeSpan.FromTicks(1),
        QueueLimit = Queued,
        AutoReplenishment = false,
    });

    /// <summary>A clock with one timer, moved from second to second.</summary>
    private sealed class Clock : TimeProvider
    {
        private TimerCallback? _callback;
        private object? _state;
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (_callback, _state) = (callback, state);
            return new Timer();
        }

        public void Tick()
        {
            _ticks += TimeSpan.TicksPerSecond;
            _callback!(_state);
        }

        private sealed class Timer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => default;
        }
    }
}
