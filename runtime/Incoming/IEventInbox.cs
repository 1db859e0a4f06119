using System.Collections.Concurrent;

namespace Bitrix24;

/// <summary>What an inbox says of an event that arrived.</summary>
public enum InboxClaim
{
    /// <summary>It is new or unfinished: handle it, then call <see cref="IEventInbox.CompleteAsync"/> or <see cref="IEventInbox.ReleaseAsync"/>.</summary>
    Claimed,

    /// <summary>Another process is handling it.</summary>
    InProgress,

    /// <summary>It was handled: drop it.</summary>
    Done,
}

/// <summary>
/// Remembers events that were handled, so that one which arrives twice is handled once. Shared by machines where its
/// store is.
/// </summary>
public interface IEventInbox
{
    /// <summary>
    /// Claims an event. Of several that ask at the same time, on whatever machine, one gets <see cref="InboxClaim.Claimed"/>.
    /// The claim of a process that died ends by itself, after a time that a handler does not need.
    /// </summary>
    /// <param name="eventId"><see cref="Bitrix24Event.EventId"/>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<InboxClaim> ClaimAsync(string eventId, CancellationToken cancellationToken = default);

    /// <summary>The claimed event was handled; it is remembered for longer than a portal sends it again.</summary>
    /// <param name="eventId">The event.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask CompleteAsync(string eventId, CancellationToken cancellationToken = default);

    /// <summary>The claimed event was not handled; it may be claimed again.</summary>
    /// <param name="eventId">The event.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask ReleaseAsync(string eventId, CancellationToken cancellationToken = default);
}

/// <summary>Remembers events while the process lives, a bounded number of them.</summary>
public sealed class MemoryEventInbox : IEventInbox
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private long _lastSweep;

    /// <param name="time">The clock; null: the system's.</param>
    public MemoryEventInbox(TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        _lastSweep = _time.GetTimestamp();
    }

    /// <summary>How long a handled event is remembered; a day unless set.</summary>
    public TimeSpan Remember { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How long a claim lasts at most; ten minutes unless set.</summary>
    public TimeSpan ClaimTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The maximum number of remembered events; beyond it, the oldest are forgotten.</summary>
    public int Capacity { get; init; } = 500_000;

    /// <inheritdoc/>
    public ValueTask<InboxClaim> ClaimAsync(string eventId, CancellationToken cancellationToken = default)
    {
        Sweep();
        var mine = new Entry(IsDone: false, _time.GetTimestamp());
        while (true)
        {
            if (_entries.TryAdd(eventId, mine))
                return new(InboxClaim.Claimed);
            if (!_entries.TryGetValue(eventId, out var entry))
                continue;
            if (!IsOver(entry))
                return new(entry.IsDone ? InboxClaim.Done : InboxClaim.InProgress);
            if (_entries.TryUpdate(eventId, mine, entry))
                return new(InboxClaim.Claimed);
        }
    }

    /// <inheritdoc/>
    public ValueTask CompleteAsync(string eventId, CancellationToken cancellationToken = default)
    {
        _entries[eventId] = new(IsDone: true, _time.GetTimestamp());
        return default;
    }

    /// <inheritdoc/>
    public ValueTask ReleaseAsync(string eventId, CancellationToken cancellationToken = default)
    {
        if (_entries.TryGetValue(eventId, out var entry) && !entry.IsDone)
            _entries.TryRemove(new(eventId, entry));
        return default;
    }

    private bool IsOver(Entry entry) => _time.GetElapsedTime(entry.At) > (entry.IsDone ? Remember : ClaimTime);

    private void Sweep()
    {
        var last = Interlocked.Read(ref _lastSweep);
        var over = _entries.Count - Capacity;
        if ((over <= 0 && _time.GetElapsedTime(last) < TimeSpan.FromMinutes(1))
            || Interlocked.CompareExchange(ref _lastSweep, _time.GetTimestamp(), last) != last)
        {
            return;
        }

        foreach (var (id, entry) in _entries)
        {
            if (IsOver(entry))
                _entries.TryRemove(new(id, entry));
        }

        over = _entries.Count - Capacity;
        if (over <= 0)
            return;
        // A tenth at once, so that a full inbox is not sorted for every event.
        foreach (var (id, entry) in _entries.ToArray().Where(static e => e.Value.IsDone).OrderBy(static e => e.Value.At).Take(over + (Capacity / 10)))
            _entries.TryRemove(new(id, entry));
    }

    private sealed record Entry(bool IsDone, long At);
}
