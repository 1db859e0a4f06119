namespace Bitrix24.Gen.Emulator.Limits;

/// <summary>Counts requests as the cloud does: each fills the bucket by one, and it leaks at a steady rate.</summary>
internal sealed class LeakyBucket(PortalLimits limits, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private double _level;
    private long _at = clock.GetTimestamp();

    /// <summary>Requests that it holds now.</summary>
    public double Level
    {
        get
        {
            lock (_gate)
            {
                Leak();
                return _level;
            }
        }
    }

    public void Fill(double level)
    {
        lock (_gate)
        {
            Leak();
            _level = level;
        }
    }

    public bool TryEnter()
    {
        lock (_gate)
        {
            Leak();
            if (_level + 1 > limits.Capacity + 1e-9)
                return false;
            _level++;
            return true;
        }
    }

    private void Leak()
    {
        var now = clock.GetTimestamp();
        _level = Math.Max(0, _level - (clock.GetElapsedTime(_at, now).TotalSeconds * limits.PerSecond));
        _at = now;
    }
}
