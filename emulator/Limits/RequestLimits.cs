using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Limits;

/// <summary>Where a caller stands with the limit that is nearest to its end.</summary>
/// <param name="Entered">The request is let in.</param>
/// <param name="Limit">Requests that the limit allows.</param>
/// <param name="Remaining">Requests that are left of it.</param>
/// <param name="Reset">When there is room again.</param>
internal sealed record LimitState(bool Entered, int Limit, int Remaining, DateTimeOffset Reset);

/// <summary>The limits of an HTTP-style API, as its profile has them.</summary>
internal sealed class RequestLimits(IEnumerable<RateLimitSpec> limits, TimeProvider clock)
{
    /// <summary>Limits that count all callers together.</summary>
    private static readonly string[] Shared = ["portal", "account"];

    private readonly Lock _gate = new();
    private readonly RateLimitSpec[] _limits = [.. limits.Where(static l => l.Requests > 0)];
    private readonly Dictionary<(string Limit, string Caller), RateWindow> _windows = [];

    /// <summary>Counts a request, unless it is over a limit.</summary>
    /// <param name="caller">Whose it is.</param>
    /// <param name="path">Where it goes.</param>
    /// <param name="cost">How much it takes.</param>
    public LimitState? Enter(string caller, string path, int cost)
    {
        lock (_gate)
        {
            var windows = _limits.Where(l => l.Path is null || l.Path == path).Select(l => Window(l, caller)).ToArray();
            if (windows.Length == 0)
                return null;
            var now = clock.GetUtcNow();
            var last = windows.MaxBy(w => w.RoomAt(now, cost))!;
            var room = last.RoomAt(now, cost);
            if (room > now)
                return new LimitState(false, last.Limit, 0, room);
            foreach (var window in windows)
                window.Take(now, cost);
            var nearest = windows.MinBy(w => w.RemainingAt(now))!;
            return new LimitState(true, nearest.Limit, nearest.RemainingAt(now), nearest.RoomAt(now, 1));
        }
    }

    private RateWindow Window(RateLimitSpec limit, string caller)
    {
        var key = (limit.Name, Shared.Contains(limit.Name) ? "" : caller);
        if (!_windows.TryGetValue(key, out var window))
            _windows[key] = window = new RateWindow(limit);
        return window;
    }
}
