using System.Collections.Concurrent;

namespace Bitrix24.AspNetCore;

/// <summary>When what failed is tried again: after twice as long each time, up to an hour.</summary>
/// <param name="first">How long after the first failure.</param>
/// <param name="time">The clock.</param>
internal sealed class Backoff(TimeSpan first, TimeProvider time)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, (TimeSpan Delay, DateTimeOffset Due)> _failed = new(StringComparer.Ordinal);

    private TimeSpan Longest => first > Hour ? first : Hour;

    public bool IsDue(string key) => !_failed.TryGetValue(key, out var last) || time.GetUtcNow() >= last.Due;

    /// <summary>Something failed; answers how long it waits.</summary>
    public TimeSpan Failed(string key) =>
        _failed.AddOrUpdate(key, _ => After(first), (_, last) => After(last.Delay * 2)).Delay;

    public void Succeeded(string key) => _failed.TryRemove(key, out _);

    /// <summary>Forgets what nobody tries any more, such as portals that are gone.</summary>
    public void Sweep()
    {
        foreach (var (key, last) in _failed)
        {
            if (time.GetUtcNow() - last.Due > Longest)
                _failed.TryRemove(new(key, last));
        }
    }

    private (TimeSpan Delay, DateTimeOffset Due) After(TimeSpan delay)
    {
        var bounded = delay < Longest ? delay : Longest;
        return (bounded, time.GetUtcNow() + bounded);
    }
}
