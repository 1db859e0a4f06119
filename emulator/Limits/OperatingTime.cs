using Bitrix24.Gen.Emulator.Rest;

namespace Bitrix24.Gen.Emulator.Limits;

/// <summary>Working time of each method in the last ten minutes, kept by the minute.</summary>
internal sealed class OperatingTime(PortalLimits limits, TimeProvider clock)
{
    private const int WindowMinutes = 10;

    /// <summary>Shorter calls are not counted.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, SortedDictionary<long, TimeSpan>> _used = new(StringComparer.OrdinalIgnoreCase);

    private long Minute => clock.GetUtcNow().ToUnixTimeSeconds() / 60;

    public bool IsBlocked(string caller, string method) => State(caller, method).Used > limits.Operating;

    /// <summary>Adds a call's work.</summary>
    public OperatingState Add(string caller, string method)
    {
        var cost = limits.OperatingCost?.Invoke(method) ?? TimeSpan.Zero;
        lock (_gate)
        {
            if (cost >= Shortest)
            {
                var minutes = Minutes(caller, method);
                minutes[Minute] = minutes.GetValueOrDefault(Minute) + cost;
            }

            return State(caller, method);
        }
    }

    private OperatingState State(string caller, string method)
    {
        lock (_gate)
        {
            var minutes = Minutes(caller, method);
            foreach (var old in minutes.Keys.TakeWhile(m => m <= Minute - WindowMinutes).ToList())
                minutes.Remove(old);
            var used = minutes.Values.Aggregate(TimeSpan.Zero, (sum, one) => sum + one);
            var oldest = minutes.Count > 0 ? minutes.Keys.First() : Minute;
            return new OperatingState(used, DateTimeOffset.FromUnixTimeSeconds((oldest + WindowMinutes) * 60));
        }
    }

    private SortedDictionary<long, TimeSpan> Minutes(string caller, string method)
    {
        var key = $"{caller} {method}";
        if (!_used.TryGetValue(key, out var minutes))
            _used[key] = minutes = [];
        return minutes;
    }
}
