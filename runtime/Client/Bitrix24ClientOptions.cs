using Microsoft.Extensions.Logging;

namespace Bitrix24;

/// <summary>How a client works.</summary>
public sealed record Bitrix24ClientOptions
{
    /// <summary>Requests are checked against the spec before they are sent: true unless set.</summary>
    public bool ValidateBeforeSending { get; init; } = true;

    /// <summary>
    /// Sends the requests; null: one that all clients of the process share. It must not follow redirects
    /// (<see cref="HttpClientHandler.AllowAutoRedirect"/>): a call that goes on by one loses what it carries, its key too, and fails. Where it
    /// sends requests again by itself, calls that have a body fail instead of being executed twice.
    /// Where it downloads files, names of private addresses are not looked up, only addresses as they are written.
    /// </summary>
    public HttpClient? HttpClient { get; init; }

    /// <summary>
    /// Files may be downloaded from addresses of private networks: for a portal of one's own (on-premise) that keeps its
    /// files on another host than its own. A portal elsewhere could otherwise make this process fetch what only it can
    /// reach.
    /// </summary>
    public bool AllowPrivateDownloads { get; init; }

    /// <summary>Downloads files from public addresses; null: the same as the calls, or one that the process shares.</summary>
    internal HttpClient? DownloadClient { get; init; }

    /// <summary>How long to wait for an answer, and for each part of a download: 70 seconds unless set. The server ends a request after 60 seconds.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(70);

    /// <summary>The longest answer to read, in bytes, after decompression: 64 MiB unless set. A longer one is a <see cref="Bitrix24ProtocolException"/>.</summary>
    public long MaxResponseSize { get; init; } = 64 * 1024 * 1024;

    /// <summary>
    /// The memory that the objects of one answer may take, in bytes, about: 512 MiB unless set. A few bytes of text can
    /// become a large object; what would take more is a <see cref="Bitrix24ProtocolException"/>.
    /// </summary>
    public long MaxResponseMemory { get; init; } = 512 * 1024 * 1024;

    /// <summary>
    /// How many requests the portal takes; null: what its API documents. All clients of a portal in the process share
    /// one bucket; the first client decides its size.
    /// </summary>
    public Bitrix24RateLimit? RateLimit { get; init; }

    /// <summary>Limits that the processes of an application share; null: each keeps its own. Bitrix24.Gen.Redis has one.</summary>
    public IPortalLimiter? SharedLimits { get; init; }

    /// <summary>Operating time that a method has in ten minutes: 480 seconds unless set. Calls that would exceed it wait.</summary>
    public TimeSpan OperatingLimit { get; init; } = TimeSpan.FromSeconds(480);

    /// <summary>Calls that may wait for the portal's limits: 10,000 unless set. One more is a <see cref="Bitrix24LimitException"/> at once.</summary>
    public int MaxWaitingCalls { get; init; } = 10_000;

    /// <summary>How long a call that the portal refuses for its limits is retried, in all: 15 minutes unless set.</summary>
    public TimeSpan MaxLimitWait { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How lists are paged through, where the query does not say.</summary>
    public PagingMode PagingMode { get; init; }

    /// <summary>
    /// How often a call is retried after a fault: 3 times unless set. Calls that change something are retried only where the server
    /// certainly did not execute them.
    /// </summary>
    public int MaxRetries { get; init; } = 3;

    /// <summary>The wait before the first retry, give or take a quarter: 1 second unless set. It doubles with each retry, up to 32 times.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A value of an answer that does not fit its field (a fraction in a whole number, an unreadable date, text in place of an
    /// object) throws <see cref="Bitrix24ProtocolException"/>; meant for tests. Otherwise the field keeps its default, the value
    /// is kept in <see cref="Bitrix24Object.Extra"/> as it came, counted in the metric <c>bitrix24.answer.misfits</c> and logged.
    /// </summary>
    public bool StrictReading { get; init; }

    /// <summary>Logs calls: method, portal, outcome, waits and retries, never a secret.</summary>
    public ILogger? Logger { get; init; }

    /// <summary>The clock; the system's by default.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    // The longest that .NET waits.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    /// <summary>A wait that a timer can keep.</summary>
    internal static TimeSpan Bounded(TimeSpan wait) => wait < LongestTimer ? wait : LongestTimer;

    /// <summary>What is wrong with the options; null: nothing.</summary>
    internal string? Problem => this switch
    {
        { RequestTimeout: var t } when t <= TimeSpan.Zero && t != Timeout.InfiniteTimeSpan => $"{nameof(RequestTimeout)} is not above zero.",
        { RequestTimeout: var t } when t > LongestTimer => $"{nameof(RequestTimeout)} is longer than {LongestTimer.TotalDays:0} days; for no limit, set Timeout.InfiniteTimeSpan.",
        { MaxResponseSize: <= 0 } => $"{nameof(MaxResponseSize)} is not above zero.",
        { MaxResponseMemory: <= 0 } => $"{nameof(MaxResponseMemory)} is not above zero.",
        { RateLimit: { Capacity: < 1 } or { PerSecond: not >= 1e-6 } } => $"{nameof(RateLimit)} lets no call through.",
        { OperatingLimit: var t } when t <= TimeSpan.Zero => $"{nameof(OperatingLimit)} is not above zero.",
        { MaxWaitingCalls: < 0 } => $"{nameof(MaxWaitingCalls)} is below zero.",
        { MaxLimitWait: var t } when t < TimeSpan.Zero => $"{nameof(MaxLimitWait)} is below zero.",
        { MaxRetries: < 0 } => $"{nameof(MaxRetries)} is below zero.",
        { RetryDelay: var t } when t < TimeSpan.Zero => $"{nameof(RetryDelay)} is below zero.",
        { RetryDelay.TotalDays: > 1 } => $"{nameof(RetryDelay)} is longer than a day.",
        { TimeProvider: null } => $"{nameof(TimeProvider)} is null.",
        _ => null,
    };
}
