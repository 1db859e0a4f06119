using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Limits;

/// <summary>Counts what was used in the last stretch of time.</summary>
internal sealed class RateWindow(RateLimitSpec limit, TimeProvider clock)
{
    private readonly LinkedList<DateTimeOffset> _used = [];

    public int Limit => limit.Requests;

    public int Remaining
    {
        get
        {
            Leave();
            return Limit - _used.Count;
        }
    }

    private TimeSpan Length => TimeSpan.FromSeconds(limit.Seconds);

    /// <summary>When the window has room again for so many; not in the future: it has.</summary>
    public DateTimeOffset RoomAt(int cost)
    {
        Leave();
        var tooMany = _used.Count + Math.Min(cost, Limit) - Limit;
        return tooMany <= 0 ? clock.GetUtcNow() : _used.ElementAt(tooMany - 1) + Length;
    }

    public void Take(int cost)
    {
        for (var i = 0; i < Math.Min(cost, Limit); i++)
            _used.AddLast(clock.GetUtcNow());
    }

    private void Leave()
    {
        while (_used.First is { } first && first.Value + Length <= clock.GetUtcNow())
            _used.RemoveFirst();
    }
}
