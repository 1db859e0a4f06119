namespace Bitrix24;

/// <summary>Each request fills the bucket by one, and it leaks at a steady rate.</summary>
internal sealed class BucketPermits(Bitrix24RateLimit limit) : PermitSource
{
    // Requests sent at a distance may arrive closer together: one permit stays free for that.
    private readonly int _capacity = Math.Max(1, limit.Capacity - 1);
    private double _level;
    private TimeSpan _leakedAt;
    private TimeSpan _emptyAt;

    public override PortalRate Rate => new(_capacity, TimeSpan.FromSeconds(1 / limit.PerSecond), IsWindow: false);

    public override long Free(TimeSpan now)
    {
        Leak(now);
        return (long)(_capacity - _level);
    }

    public override TimeSpan Wait(TimeSpan now, int permits)
    {
        Leak(now);
        var over = _level + Math.Min(permits, _capacity) - _capacity;
        return over <= 1e-6 ? TimeSpan.Zero : TimeSpan.FromSeconds(over / limit.PerSecond);
    }

    public override void Take(TimeSpan now, int permits)
    {
        Leak(now);
        _level += Math.Min(permits, _capacity);
    }

    public override void Return(TimeSpan now, TimeSpan takenAt, int permits)
    {
        Leak(now);
        // What was in a bucket that has run empty since is not in the one that others fill now.
        if (takenAt >= _emptyAt)
            _level = Math.Max(0, _level - Math.Min(permits, _capacity));
    }

    public override void Exhaust(TimeSpan now)
    {
        Leak(now);
        _level = _capacity;
    }

    private void Leak(TimeSpan now)
    {
        _level -= (now - _leakedAt).TotalSeconds * limit.PerSecond;
        _leakedAt = now;
        if (_level <= 0)
            (_level, _emptyAt) = (0, now);
    }
}
