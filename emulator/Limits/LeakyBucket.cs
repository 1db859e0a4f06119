namespace Bitrix24.Gen.Emulator.Limits;

/// <summary>Counts requests as the cloud does: each fills the bucket by one, and it leaks at a steady rate.</summary>
internal sealed class LeakyBucket(PortalLimits limits, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private double _level;
    private long _at = clock.GetTimestamp();

    public bool TryEnter()
    {
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            _level = Math.Max(0, _level - (clock.GetElapsedTime(_at, now).TotalSeconds * limits.PerSecond));
            _at = now;
            if (_level + 1 > limits.Capacity + 1e-9)
                return false;
            _level++;
            return true;
        }
    }
}
