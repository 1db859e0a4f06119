using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Limits;

/// <summary>Counts what was used in the last stretch of time. All that it says is as of the time that it is asked for.</summary>
internal sealed class RateWindow(RateLimitSpec limit)
{
    private readonly Queue<DateTimeOffset> _used = [];

    public int Limit => limit.Requests;

    private TimeSpan Length => TimeSpan.FromSeconds(limit.Seconds);

    public int RemainingAt(DateTimeOffset now)
    {
        Forget(now);
        return Limit - _used.Count;
    }

    /// <summary>When the window has room for so many; <paramref name="now"/> itself: it has already.</summary>
    public DateTimeOffset RoomAt(DateTimeOffset now, int cost)
    {
        Forget(now);
        var tooMany = _used.Count + Math.Min(cost, Limit) - Limit;
        return tooMany <= 0 ? now : _used.ElementAt(tooMany - 1) + Length;
    }

    public void Take(DateTimeOffset now, int cost)
    {
        for (var i = 0; i < Math.Min(cost, Limit); i++)
            _used.Enqueue(now);
    }

    private void Forget(DateTimeOffset now)
    {
        while (_used.TryPeek(out var first) && first + Length <= now)
            _used.Dequeue();
    }
}
