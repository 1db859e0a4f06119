using System.Collections.Concurrent;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>
/// What is known of the operating time that methods have used, by caller. The documentation bills a batch's commands,
/// some portals were seen to bill the batch: both are kept, and a call waits for whichever is used up.
/// </summary>
/// <param name="maxWaiting">Calls that may wait; one more is an error.</param>
/// <param name="time">The clock.</param>
/// <param name="blocked">Called with a method, its caller and how long its calls are held back.</param>
internal sealed class OperatingTimeBudget(int maxWaiting, TimeProvider time, Action<string, string, TimeSpan>? blocked = null)
{
    private const int Minutes = 10;

    // Before the limit itself, so that calls under way do not go over it.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(string Caller, string Method), TimeSpan> _blockedUntil = new();
    private readonly ConcurrentDictionary<(string Caller, string Method), double[]> _estimates = new();

    // The clock of the wall may be set back while a method is held back.
    private readonly long _start = time.GetTimestamp();

    private int _waiting;

    private TimeSpan Now => time.GetElapsedTime(_start);

    /// <summary>A call waits, or would have to.</summary>
    public bool IsBusy => Volatile.Read(ref _waiting) > 0 || _blockedUntil.Keys.Any(k => Blocked(k.Caller, k.Method) > TimeSpan.Zero);

    /// <summary>Waits until all methods may be called.</summary>
    /// <exception cref="Bitrix24LimitException">Too many calls wait already.</exception>
    public async Task WaitAsync(MethodDescriptor method, string caller, IEnumerable<string> methods, CancellationToken cancellationToken)
    {
        foreach (var name in methods)
        {
            if (Blocked(caller, name) <= TimeSpan.Zero)
                continue;
            try
            {
                if (Interlocked.Increment(ref _waiting) > maxWaiting)
                    throw new Bitrix24LimitException(method.Name, maxWaiting);
                while (Blocked(caller, name) is var wait && wait > TimeSpan.Zero)
                    await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                Interlocked.Decrement(ref _waiting);
            }
        }
    }

    /// <summary>Takes in what the portal says of a method's operating time.</summary>
    public void Record(string method, string caller, Bitrix24Time? said, TimeSpan limit)
    {
        if (said?.Operating is not { } used)
            return;
        // What the portal says is better than what was guessed.
        _estimates.TryRemove((caller, method), out _);
        if (IsNear(used, limit))
            Block(method, caller, ResetAfter(said));
    }

    /// <summary>
    /// Takes in a batch: what the portal says of the batch itself and of its commands. Where it says nothing of the
    /// commands, as REST 3.0, each method is taken to have used the time of the whole batch.
    /// </summary>
    public void Record(IBatchRequest batch, string caller, Bitrix24Time? said, TimeSpan limit)
    {
        Record(batch.Method.Name, caller, said, limit);
        foreach (var calls in batch.Items.GroupBy(static i => i.Request.Method.Name, StringComparer.Ordinal))
        {
            var method = calls.Key;
            if (calls.All(static i => i.Time is null) && said is { Operating: not null, Duration: { } seconds })
                Estimate(method, caller, seconds, limit);
            foreach (var item in calls)
                Record(method, caller, item.Time, limit);
        }
    }

    /// <summary>Holds a method's calls back for a time or, where that is unknown, for ten seconds.</summary>
    public void Block(string method, string caller, TimeSpan? wait)
    {
        var length = wait > TimeSpan.Zero ? wait.Value : TimeSpan.FromSeconds(10);
        var end = Now + length;
        _blockedUntil.AddOrUpdate((caller, method), end, (_, old) => old > end ? old : end);
        blocked?.Invoke(method, caller, length);
    }

    /// <summary>How long until some time becomes free again, by the portal's own clock: ours may be another's.</summary>
    private TimeSpan? ResetAfter(Bitrix24Time said)
    {
        if (said.OperatingResetAt is not { } reset)
            return null;
        var portalNow = said.Finish is > 0 and { } finish ? finish : (time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
        // No count goes further back than ten minutes.
        return TimeSpan.FromSeconds(Math.Clamp(reset - portalNow + 1, 0, (Minutes * 60) + 1));
    }

    // As the portal counts: ten baskets of a minute each; the oldest is emptied when its slot is needed.
    private void Estimate(string method, string caller, double seconds, TimeSpan limit)
    {
        var minute = (long)(time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMinutes;
        var baskets = _estimates.GetOrAdd((caller, method), static _ => new double[2 * Minutes]);
        lock (baskets)
        {
            var slot = (int)(minute % Minutes);
            if ((long)baskets[Minutes + slot] != minute)
                (baskets[slot], baskets[Minutes + slot]) = (0, minute);
            baskets[slot] += seconds;
            var used = Enumerable.Range(0, Minutes).Where(i => minute - (long)baskets[Minutes + i] < Minutes).Sum(i => baskets[i]);
            if (!IsNear(used, limit))
                return;
            var oldest = Enumerable.Range(0, Minutes).Where(i => baskets[i] > 0).Min(i => (long)baskets[Minutes + i]);
            Block(method, caller, DateTimeOffset.UnixEpoch.AddMinutes(Math.Max(oldest + Minutes, minute + 1)) - time.GetUtcNow());
        }
    }

    private TimeSpan Blocked(string caller, string method)
    {
        if (!_blockedUntil.TryGetValue((caller, method), out var until))
            return TimeSpan.Zero;
        var wait = until - Now;
        if (wait <= TimeSpan.Zero)
            _blockedUntil.TryRemove(new((caller, method), until));
        return wait;
    }

    private static bool IsNear(double used, TimeSpan limit) => used >= (limit - Margin).TotalSeconds;
}
