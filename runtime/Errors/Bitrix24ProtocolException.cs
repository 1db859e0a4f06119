using System.Net;

namespace Bitrix24;

/// <summary>The server's answer could not be understood: HTML, a truncated body, a value of another kind than the spec says.</summary>
/// <param name="message">What.</param>
/// <param name="innerException">The cause.</param>
public sealed class Bitrix24ProtocolException(string message, Exception? innerException = null)
    : Bitrix24Exception(message, innerException)
{
    /// <summary>The method called, where one was.</summary>
    public string? Method { get; init; }

    /// <summary>The HTTP status, where there was an answer.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>The answer itself was broken, not just other than expected: asking again may help.</summary>
    internal bool IsBroken { get; init; }

    /// <summary>It is about what a portal sent, not about an answer to a call.</summary>
    internal bool IsIncoming { get; init; }

    /// <summary>How long the server asks to wait, also where its answer says nothing else.</summary>
    internal TimeSpan? RetryAfter { get; init; }

    internal long Offset { get; init; } = -1;
}
