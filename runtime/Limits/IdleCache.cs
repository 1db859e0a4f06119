using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Bitrix24;

/// <summary>What a process keeps of a portal while the portal is in use.</summary>
internal abstract class Idler
{
    private long _usedAt;

    /// <summary>The clock.</summary>
    public abstract TimeProvider Time { get; }

    /// <summary>How long it is kept without being used.</summary>
    public abstract TimeSpan IdleTimeout { get; }

    /// <summary>It is at work, or knows what would be lost.</summary>
    public virtual bool IsBusy => false;

    public bool IsIdle => !IsBusy && Time.GetElapsedTime(Interlocked.Read(ref _usedAt)) >= IdleTimeout;

    public void Use() => Interlocked.Exchange(ref _usedAt, Time.GetTimestamp());
}

/// <summary>Keeps values by key and evicts idle ones: an entry costs nothing once its portal is not called any more.</summary>
internal sealed class IdleCache<TKey, TValue>
    where TKey : notnull
    where TValue : Idler
{
    private const long SweepEvery = 30_000;

    private readonly ConcurrentDictionary<TKey, TValue> _values;
    private readonly Timer _timer;
    private long _sweptAt = Environment.TickCount64;

    public IdleCache(IEqualityComparer<TKey>? comparer = null)
    {
        _values = new(comparer);
        // A process that has gone quiet lets go too. The timer holds the cache weakly.
        var self = new WeakReference<IdleCache<TKey, TValue>>(this);
        _timer = new(static state =>
        {
            if (((WeakReference<IdleCache<TKey, TValue>>)state!).TryGetTarget(out var cache))
                cache.Sweep();
        }, self, SweepEvery, SweepEvery);
    }

    public int Count => _values.Count;

    public IEnumerable<KeyValuePair<TKey, TValue>> Values => _values;

    public TValue GetOrAdd<TState>(TKey key, Func<TKey, TState, TValue> make, TState state)
    {
        if (Environment.TickCount64 - Interlocked.Read(ref _sweptAt) >= SweepEvery)
            Sweep();
        while (true)
        {
            var value = _values.GetOrAdd(key, make, state);
            value.Use();
            // One that was evicted at this moment would be shared with nobody.
            if (_values.TryGetValue(key, out var current) && ReferenceEquals(current, value))
                return value;
        }
    }

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value) => _values.TryGetValue(key, out value);

    public bool TryRemove(TKey key, TValue value) => _values.TryRemove(new(key, value));

    public bool TryAdd(TKey key, TValue value) => _values.TryAdd(key, value);

    /// <summary>Evicts idle values.</summary>
    public void Sweep()
    {
        Interlocked.Exchange(ref _sweptAt, Environment.TickCount64);
        foreach (var (key, value) in _values)
        {
            if (value.IsIdle)
                _values.TryRemove(new(key, value));
        }
    }
}
