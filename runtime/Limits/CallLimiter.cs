using System.Threading.RateLimiting;

namespace Bitrix24;

/// <summary>
/// The server's limits as we believe them to be: calls go in the order in which they came, as soon as all limits take
/// them; those that wait for a limit of their own path hold up no others. The limiters of System.Threading.RateLimiting cannot be given a clock.
/// </summary>
internal sealed class CallLimiter : RateLimiter
{
    private const int MaxRefusals = 5;

    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);

    // A timer takes no more than 49 days.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly object _lock = new();
    private readonly CallLine[] _lines;
    private readonly IReadOnlyList<PermitSource> _sources;
    private readonly int _queueLimit;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly ITimer _timer;
    private TimeSpan _heldUntil;
    private TimeSpan _refusedAt = TimeSpan.MinValue / 2;
    private int _refusals;
    private int _queued;
    private long _came;
    private long _served;

    /// <summary>Makes a limiter.</summary>
    /// <param name="sources">The limits of all calls, the shortest first.</param>
    /// <param name="queueLimit">Calls that may wait.</param>
    /// <param name="time">The clock.</param>
    /// <param name="paths">Limits of the calls to one path each, which count for the others too.</param>
    public CallLimiter(IReadOnlyList<PermitSource> sources, int queueLimit, TimeProvider time, params IEnumerable<PathLimit> paths)
    {
        (_sources, _queueLimit, _time) = (sources, queueLimit, time);
        PortalRate[] rates = [.. sources.Select(static s => s.Rate)];
        _lines = [new(null, rates), .. paths.Select(p => new CallLine(p, [.. rates, p.Source.Rate with { Name = p.Name }]))];
        _start = time.GetTimestamp();
        _timer = time.CreateTimer(static state => ((CallLimiter)state!).Serve(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public override TimeSpan? IdleDuration => null;

    /// <summary>Calls wait, or the server asked all of them to.</summary>
    public bool IsBusy
    {
        get
        {
            lock (_lock)
            {
                var now = Now;
                return _queued > 0 || _heldUntil > now || Array.Exists(_lines, line => line.HeldUntil > now);
            }
        }
    }

    /// <summary>The time by which it counts.</summary>
    public TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>The limits of calls to a path, as they are published to other processes.</summary>
    public IReadOnlyList<PortalRate> RatesOf(string? path) => LineOf(path).Rates;

    /// <summary>Waits until the limits take a call.</summary>
    /// <param name="permits">How many requests it counts as.</param>
    /// <param name="path">Where it goes, perhaps with a query; null: its API has no paths.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public ValueTask<RateLimitLease> AcquireAsync(int permits, string? path, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<RateLimitLease>(cancellationToken);
        var line = LineOf(path);
        CallWaiter waiter;
        lock (_lock)
        {
            if (_queued == 0 && TryTake(line, permits))
                return new(CallLease.Granted);
            if (_queued >= _queueLimit)
                return new(CallLease.Refused);
            waiter = new(line, permits, _came++);
            line.Queue.AddLast(waiter.Node);
            _queued++;
            if (line.Queue.Count == 1)
                Serve();
        }

        return new(WaitAsync(waiter, cancellationToken));
    }

    /// <summary>A call that had permits was not sent: others may use them.</summary>
    /// <param name="permits">How many requests it counts as.</param>
    /// <param name="path">Where it would have gone.</param>
    /// <param name="takenAt">When it was let through.</param>
    public void Return(int permits, string? path, TimeSpan takenAt)
    {
        lock (_lock)
        {
            Return(LineOf(path), permits, takenAt);
            Serve();
        }
    }

    /// <summary>The server refused a call for its limits, whatever we believed: others may be using them up.</summary>
    /// <param name="retryAfter">How long it asks to wait.</param>
    /// <param name="path">Where the call went: a limit of its own may have been the reason.</param>
    public void Refused(TimeSpan? retryAfter, string? path = null)
    {
        lock (_lock)
        {
            var (now, line) = (Now, LineOf(path));
            _sources[0].Exhaust(now);
            if (line.Limit is { } own)
            {
                // Which limit it was is not said: calls elsewhere wait as little as can be, and hear of theirs by themselves.
                if (retryAfter is { } asked && asked > TimeSpan.Zero)
                    line.HeldUntil = Later(line.HeldUntil, now + asked);
                else
                    own.Source.Exhaust(now);
                _heldUntil = Later(_heldUntil, now + BackOff(now));
            }
            else
            {
                // A moment that has passed says nothing.
                _heldUntil = Later(_heldUntil, now + (retryAfter is { } asked && asked > TimeSpan.Zero ? asked : BackOff(now)));
            }

            if (_queued > 0)
                Schedule();
        }
    }

    /// <summary>
    /// Where requests are counted by the second, those that were sent apart may arrive together, and a server that goes on
    /// refusing shuts its callers out: each time, all calls wait twice as long.
    /// </summary>
    private TimeSpan BackOff(TimeSpan now)
    {
        if (!_lines[0].Rates[0].IsWindow)
            return TimeSpan.Zero;
        // What was on its way already says nothing new.
        if (now >= _heldUntil)
            (_refusals, _refusedAt) = (now - _refusedAt < Memory ? Math.Min(_refusals + 1, MaxRefusals) : 0, now);
        return _lines[0].Rates[0].Period * (1 << _refusals);
    }

    public override RateLimiterStatistics GetStatistics()
    {
        lock (_lock)
        {
            var now = Now;
            return new()
            {
                CurrentAvailablePermits = _heldUntil > now ? 0 : _sources.Min(a => a.Free(now)),
                CurrentQueuedCount = _queued,
                TotalSuccessfulLeases = _served,
            };
        }
    }

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (_lock)
            return _queued == 0 && TryTake(_lines[0], permitCount) ? CallLease.Granted : CallLease.Refused;
    }

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) =>
        AcquireAsync(permitCount, null, cancellationToken);

    protected override void Dispose(bool disposing) => _timer.Dispose();

    private CallLine LineOf(string? path)
    {
        for (var i = 1; i < _lines.Length && path is not null; i++)
        {
            if (_lines[i].Limit!.Has(path))
                return _lines[i];
        }

        return _lines[0];
    }

    private async Task<RateLimitLease> WaitAsync(CallWaiter waiter, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.Register(() =>
        {
            lock (_lock)
            {
                if (waiter.Node.List is { } queue)
                {
                    var wasFirst = queue.First == waiter.Node;
                    queue.Remove(waiter.Node);
                    _queued--;
                    // The next may want fewer permits.
                    if (wasFirst)
                        Serve();
                }
            }

            waiter.TrySetCanceled(cancellationToken);
        });
        return await waiter.Task.ConfigureAwait(false);
    }

    private void Serve()
    {
        lock (_lock)
        {
            var now = Now;
            while (Next(now) is { } first && TryTake(now, first.Line, first.Permits))
            {
                first.Line.Queue.RemoveFirst();
                _queued--;
                // One that was cancelled at this very moment leaves its permit to the next.
                if (!first.TrySetResult(CallLease.Granted))
                    Return(first.Line, first.Permits, Now);
            }

            if (_queued > 0)
                Schedule();
        }
    }

    /// <summary>Who came first of those that wait for no limit of their own.</summary>
    private CallWaiter? Next(TimeSpan now)
    {
        CallWaiter? next = null;
        foreach (var line in _lines)
        {
            if (line.Queue.First?.Value is { } first && line.Wait(now, first.Permits) <= TimeSpan.Zero && (next is null || first.Came < next.Came))
                next = first;
        }

        return next;
    }

    private void Schedule()
    {
        var (now, wait) = (Now, LongestWait);
        foreach (var line in _lines)
        {
            if (line.Queue.First?.Value is { } first && Later(Wait(now, first.Permits), line.Wait(now, first.Permits)) is var own && own < wait)
                wait = own;
        }

        _timer.Change(TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(wait.TotalMilliseconds))), Timeout.InfiniteTimeSpan);
    }

    private bool TryTake(CallLine line, int permits)
    {
        var now = Now;
        return line.Wait(now, permits) <= TimeSpan.Zero && TryTake(now, line, permits);
    }

    /// <summary>Takes the permits if the limits of all calls let it; the line's own limit does.</summary>
    private bool TryTake(TimeSpan now, CallLine line, int permits)
    {
        if (Wait(now, permits) > TimeSpan.Zero)
            return false;
        foreach (var source in _sources)
            source.Take(now, permits);
        line.Limit?.Source.Take(now, permits);
        _served++;
        return true;
    }

    private void Return(CallLine line, int permits, TimeSpan takenAt)
    {
        var now = Now;
        foreach (var source in _sources)
            source.Return(now, takenAt, permits);
        line.Limit?.Source.Return(now, takenAt, permits);
        _served--;
    }

    /// <summary>How long until the limits of all calls take some more; not above zero: now.</summary>
    private TimeSpan Wait(TimeSpan now, int permits)
    {
        var wait = _heldUntil - now;
        foreach (var source in _sources)
            wait = Later(wait, source.Wait(now, permits));
        return wait;
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
