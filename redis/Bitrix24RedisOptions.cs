namespace Bitrix24;

/// <summary>How tokens, limits and events are kept in Redis.</summary>
public sealed record Bitrix24RedisOptions
{
    /// <summary>The connection, as StackExchange.Redis writes it, which may hold a password; null: the <c>IConnectionMultiplexer</c> of the services.</summary>
    public string? Configuration { get; set; }

    /// <summary>The prefix of all keys. Applications that share a portal's limits use the same one.</summary>
    public string Prefix { get; set; } = "bitrix24";

    /// <summary>
    /// The name of the application, where several use one Redis with the same <see cref="Prefix"/>: each keeps its own tokens,
    /// portals and events, and they share the portals' limits. Null: only one application uses the prefix.
    /// </summary>
    public string? Application { get; set; }

    /// <summary>How long to wait for Redis to decide about a call; later, the process goes by its own share. One second unless set.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long to go by the own share before Redis is asked again. Two seconds unless set.</summary>
    public TimeSpan AwayTime { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Processes that share the limits, as long as Redis has not said how many there are: each then gets a share of that
    /// size. Eight unless set.
    /// </summary>
    public int Processes { get; set; } = 8;

    /// <summary>
    /// How long a process that has stopped keeps others from refreshing a portal's tokens; one that lives keeps its lease up.
    /// Two minutes unless set.
    /// </summary>
    public TimeSpan LeaseTime { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long to wait for another process that refreshes the same tokens. Three minutes unless set.</summary>
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>How long an event belongs to the process that handles it. Ten minutes unless set.</summary>
    public TimeSpan ClaimTime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a handled event is remembered. A day unless set.</summary>
    public TimeSpan Remember { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Measures the time between two answers of Redis, whose own clock counts for everything else.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>The prefix; the connection may hold a password and is not printed.</summary>
    public override string ToString() => $"{nameof(Bitrix24RedisOptions)} {{ {nameof(Prefix)} = {OwnPrefix} }}";

    /// <summary>The prefix of what is the application's own.</summary>
    internal string OwnPrefix => Application is null ? Prefix : $"{Prefix}:app:{Application}";

    internal string? Problem => this switch
    {
        { Prefix: null or "" } => $"{nameof(Prefix)} is empty.",
        { Application: "" } => $"{nameof(Application)} is empty.",
        { Timeout: var t } when t <= TimeSpan.Zero => $"{nameof(Timeout)} is not above zero.",
        { AwayTime: var t } when t <= TimeSpan.Zero => $"{nameof(AwayTime)} is not above zero.",
        { Processes: < 1 } => $"{nameof(Processes)} is below one.",
        { LeaseTime: var t } when t < TimeSpan.FromMilliseconds(100) => $"{nameof(LeaseTime)} is below a tenth of a second.",
        { ClaimTime: var t } when t <= TimeSpan.Zero => $"{nameof(ClaimTime)} is not above zero.",
        { Remember: var t } when t <= TimeSpan.Zero => $"{nameof(Remember)} is not above zero.",
        { LockTimeout: var t } when t < TimeSpan.Zero => $"{nameof(LockTimeout)} is below zero.",
        { TimeProvider: null } => $"{nameof(TimeProvider)} is null.",
        _ => null,
    };

    internal Bitrix24RedisOptions Checked() => Problem is { } problem ? throw new ArgumentException(problem) : this;
}
