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

        return _shares.GetOrAdd((call.Portal, call.Owner), static (_, state) => new(state.time, state.awayTime), (time, awayTime));
    }

    /// <summary>A portal.</summary>
    internal sealed class Share(TimeProvider time, TimeSpan awayTime)
    {
        private readonly object _lock = new();
        private readonly List<Limit> _limits = [];

        public bool IsQuiet
        {
            get
            {
                lock (_lock)
                    return _limits.TrueForAll(l => l.EmptyAt <= Now && l.OwnEmptyAt <= Now);
            }
        }

        /// <summary>The process has used its own share since the last answer of Redis.</summary>
        public bool IsUnsure { get; private set; }

        private long Now => time.GetElapsedTime(0).Ticks;

        /// <summary>What is taken of a limit, in microseconds until it is empty.</summary>
        public long Taken(PortalRate rate, int index)
        {
            lock (_lock)
                return Math.Max(0, LimitOf(rate, index).EmptyAt - Now) / 10;
        }

        /// <summary>What Redis says is taken.</summary>
        public void Learn(PortalRate rate, int index, long microseconds)
        {
            lock (_lock)
            {
                IsUnsure = false;
                LimitOf(rate, index).EmptyAt = Now + (microseconds * 10);
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
                foreach (var (rate, limit) in LimitsOf(call))
                {
                    // Calls that have their moment already go first; the shares do not all begin at once.
                    if (!IsUnsure)
                        limit.OwnEmptyAt = Math.Max(now, limit.EmptyAt - WholeOf(rate)) + (long)(EachOf(rate) * processes * Random.Shared.NextDouble());
                    limit.EmptyAt = Math.Max(limit.EmptyAt, now + WholeOf(rate));
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
                foreach (var (_, limit) in LimitsOf(call))
                    at = Math.Max(at, limit.OwnEmptyAt);
                if (at - now > awayTime.Ticks)
                    return new(false, awayTime * (0.75 + (Random.Shared.NextDouble() / 2)));
                foreach (var (rate, limit) in LimitsOf(call))
                {
                    limit.OwnEmptyAt = at + (EachOf(rate) * processes * Math.Min(call.Permits, rate.Requests));
                    limit.EmptyAt = Math.Max(limit.EmptyAt, at + WholeOf(rate));
                }

                return new(true, TimeSpan.FromTicks(at - now));
            }
        }

        private IEnumerable<(PortalRate Rate, Limit Limit)> LimitsOf(PortalCall call) => call.Rates.Select((rate, i) => (rate, LimitOf(rate, i)));

        private Limit LimitOf(PortalRate rate, int index)
        {
            var (name, at) = (rate.Name, rate.Name.Length == 0 ? index : -1);
            if (_limits.Find(l => l.Index == at && l.Name == name) is { } known)
                return known;
            var limit = new Limit(name, at);
            _limits.Add(limit);
            return limit;
        }

        private static long EachOf(PortalRate rate) => rate.IsWindow ? rate.Period.Ticks / rate.Requests : rate.Period.Ticks;

        private static long WholeOf(PortalRate rate) => rate.IsWindow ? rate.Period.Ticks : rate.Period.Ticks * rate.Requests;

        /// <summary>When a limit is empty again: of all processes, and of this one's share. Ticks of the clock.</summary>
        private sealed class Limit(string name, int index)
        {
            public string Name => name;

            public int Index => index;

            public long EmptyAt { get; set; }

            public long OwnEmptyAt { get; set; }
        }
    }
}
