namespace Bitrix24;

/// <summary>How a client works.</summary>
public sealed record Bitrix24ClientOptions
{
    /// <summary>Requests are checked against the spec before they are sent.</summary>
    public bool ValidateBeforeSending { get; init; } = true;

    /// <summary>
    /// Sends the requests; null: one that all clients of the process share. It must not follow redirects: they would
    /// carry the credentials with them.
    /// </summary>
    public HttpClient? HttpClient { get; init; }

    /// <summary>How long to wait for an answer. The server gives up after 60 seconds.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(70);

    /// <summary>The longest answer to read, in bytes.</summary>
    public long MaxResponseSize { get; init; } = 256 * 1024 * 1024;

    /// <summary>Tells the time.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
