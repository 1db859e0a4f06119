using System.Collections.Concurrent;

namespace Bitrix24;

/// <summary>What a process knows of portals' limits by itself: what Redis last said, and its own share while Redis is away.</summary>
internal sealed class LocalShares(TimeProvider time, TimeSpan awayTime)
{
    private const int SweepAbove = 1_000;

    private readonly ConcurrentDictionary<(string Portal, string Owner), Share> _shares = new();
    private int _calls;

    public Share Of(PortalCall call)
    {
        // Of portals that are quiet there is nothing to know.
        if (_shares.Count > SweepAbove && Interlocked.Increment(ref _calls) % SweepAbove == 0)
        {
            foreach (var (key, share) in _shares)
            {
                if (share.IsQuiet)
                    _shares.TryRemove(new(key, share));
            }
        }

        return _shares.GetOrAdd((call.Portal, call.Owner), static (_, state) => new(state.Count, state.time, state.awayTime), (call.Rates.Count, time, awayTime));
    }

    /// <summary>A portal.</summary>
    internal sealed class Share(int rates, TimeProvider time, TimeSpan awayTime)
    {
        private readonly object _lock = new();

        // When each limit is empty again: of all processes, and of this one's share. Ticks of the clock.
        private readonly long[] _emptyAt = new long[Math.Max(1, rates)];
        private readonly long[] _ownEmptyAt = new long[Math.Max(1, rates)];

        public bool IsQuiet
        {
            get
            {
                lock (_lock)
                    return Array.TrueForAll(_emptyAt, t => t <= Now) && Array.TrueForAll(_ownEmptyAt, t => t <= Now);
            }
        }

        /// <summary>The process has used its own share since the last answer of Redis.</summary>
        public bool IsUnsure { get; private set; }

        private long Now => time.GetElapsedTime(0).Ticks;

        /// <summary>What is taken of a limit, in microseconds until it is empty.</summary>
        public long Taken(int rate)
        {
            lock (_lock)
                return Math.Max(0, _emptyAt[rate] - Now) / 10;
        }

        /// <summary>What Redis says is taken.</summary>
        public void Learn(int rate, long microseconds)
        {
            lock (_lock)
            {
                IsUnsure = false;
                if (rate < _emptyAt.Length)
                    _emptyAt[rate] = Now + (microseconds * 10);
            }
        }

        /// <summary>The use by other processes is unknown: assume that nothing is left.</summary>
        /// <param name="call">A call.</param>
        /// <param name="processes">Processes without Redis now.</param>
        public void Lose(PortalCall call, int processes)
        {
            lock (_lock)
            {
                var now = Now;
                for (var i = 0; i < call.Rates.Count && i < _emptyAt.Length; i++)
                {
                    var rate = call.Rates[i];
                    // Calls that have their moment already go first; the shares do not all begin at once.
                    if (!IsUnsure)
                        _ownEmptyAt[i] = Math.Max(now, _emptyAt[i] - WholeOf(rate)) + (long)(EachOf(rate) * processes * Random.Shared.NextDouble());
                    _emptyAt[i] = Math.Max(_emptyAt[i], now + WholeOf(rate));
                }

                IsUnsure = true;
            }
        }

        /// <summary>Decides by the process's own share, which is spaced out: what came together before, no process knows.</summary>
        public PortalDecision Reserve(PortalCall call, int processes)
        {
            lock (_lock)
            {
                var (now, at) = (Now, Now);
                for (var i = 0; i < call.Rates.Count && i < _ownEmptyAt.Length; i++)
                    at = Math.Max(at, _ownEmptyAt[i]);
                if (at - now > awayTime.Ticks)
                    return new(false, awayTime * (0.75 + (Random.Shared.NextDouble() / 2)));
                for (var i = 0; i < call.Rates.Count && i < _ownEmptyAt.Length; i++)
                {
                    var rate = call.Rates[i];
                    _ownEmptyAt[i] = at + (EachOf(rate) * processes * Math.Min(call.Permits, rate.Requests));
                    _emptyAt[i] = Math.Max(_emptyAt[i], at + WholeOf(rate));
                }

                return new(true, TimeSpan.FromTicks(at - now));
            }
        }

        private static long EachOf(PortalRate rate) => rate.IsWindow ? rate.Period.Ticks / rate.Requests : rate.Period.Ticks;

        private static long WholeOf(PortalRate rate) => rate.IsWindow ? rate.Period.Ticks : rate.Period.Ticks * rate.Requests;
    }
}
