using System.Threading.RateLimiting;

namespace Bitrix24;

/// <summary>Calls that wait for the same limits.</summary>
internal sealed class CallLine(PathLimit? limit, IReadOnlyList<PortalRate> rates)
{
    /// <summary>The limit that they have beside those of all calls.</summary>
    public PathLimit? Limit => limit;

    public IReadOnlyList<PortalRate> Rates => rates;

    public LinkedList<CallWaiter> Queue { get; } = [];

    public TimeSpan HeldUntil { get; set; }

    /// <summary>How long until their own limit takes some more; not above zero: now.</summary>
    public TimeSpan Wait(TimeSpan now, int permits) =>
        limit is null ? TimeSpan.Zero : HeldUntil - now is var held && limit.Source.Wait(now, permits) is var own && own > held ? own : held;
}

/// <summary>A call that waits for permits.</summary>
internal sealed class CallWaiter : TaskCompletionSource<RateLimitLease>
{
    public CallWaiter(CallLine line, int permits, long came)
        : base(TaskCreationOptions.RunContinuationsAsynchronously) => (Line, Permits, Came, Node) = (line, permits, came, new(this));

    public CallLine Line { get; }

    public int Permits { get; }

    public long Came { get; }

    public LinkedListNode<CallWaiter> Node { get; }
}
