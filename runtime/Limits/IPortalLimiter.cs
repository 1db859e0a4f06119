namespace Bitrix24;

/// <summary>A limit of a portal: so many requests at once or in a stretch of time.</summary>
/// <param name="Requests">Requests that it takes at once.</param>
/// <param name="Period">
/// Of a leaky bucket, how long one request takes to leak out; of a sliding window, the stretch in which no more than
/// <paramref name="Requests"/> are sent.
/// </param>
/// <param name="IsWindow">It is a sliding window.</param>
public readonly record struct PortalRate(int Requests, TimeSpan Period, bool IsWindow)
{
    private readonly string? _name;

    /// <summary>Sets it apart from the limits of all calls, where it is one of some calls only; empty: it is one of all.</summary>
    public string Name
    {
        get => _name ?? "";
        init => _name = value;
    }
}

/// <summary>A call that wants to go to a portal.</summary>
/// <param name="Portal">The portal: its host in ASCII form, with its own port.</param>
/// <param name="Owner">Identifies those that share the limits at one host; never a secret. Empty: all share them.</param>
/// <param name="Caller">Identifies whose operating time is used; never a secret.</param>
/// <param name="Rates">The portal's limits.</param>
/// <param name="Methods">The methods whose operating time it uses.</param>
/// <param name="Permits">How many requests it counts as.</param>
public sealed record PortalCall(
    string Portal,
    string Owner,
    string Caller,
    IReadOnlyList<PortalRate> Rates,
    IReadOnlyList<string> Methods,
    int Permits);

/// <summary>What a shared limiter decided.</summary>
/// <param name="IsReserved">Permits are reserved: the call goes after the wait. Otherwise it asks again after the wait.</param>
/// <param name="Wait">How long to wait.</param>
public readonly record struct PortalDecision(bool IsReserved, TimeSpan Wait)
{
    /// <summary>How long the permits may be returned; after that the limit has released them itself. Null: at any time.</summary>
    public TimeSpan? ReturnableFor { get; init; }
}

/// <summary>
/// Limits of portals that several processes share. The limits of the process itself come first: a limiter decides about
/// calls that the process alone would let through. It must not fail because its store is away: it then gives each
/// process a share that is safe.
/// </summary>
public interface IPortalLimiter
{
    /// <summary>Reserves permits for a call, in turn with those of other processes.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<PortalDecision> ReserveAsync(PortalCall call, CancellationToken cancellationToken = default);

    /// <summary>A call that had permits was not sent: others may use them.</summary>
    /// <param name="call">The call.</param>
    ValueTask ReturnAsync(PortalCall call);

    /// <summary>The portal refused a call for its limits: nothing is left, whatever was believed.</summary>
    /// <param name="call">The call.</param>
    /// <param name="retryAfter">How long it asks all calls to wait.</param>
    ValueTask RefusedAsync(PortalCall call, TimeSpan? retryAfter);

    /// <summary>A method of a caller has used up its operating time.</summary>
    /// <param name="call">The call; its first method is the one.</param>
    /// <param name="time">For how long.</param>
    ValueTask BlockAsync(PortalCall call, TimeSpan time);
}
