using Microsoft.Extensions.Logging;

namespace Bitrix24.AspNetCore;

/// <summary>
/// The log messages of this library. All of them stand here: the generator of several classes writes them in an order that
/// differs from build to build, and the assembly with it.
/// </summary>
internal static partial class IncomingLog
{
    /// <summary>The most characters of a text from outside.</summary>
    public const int LongestText = 500;

    [LoggerMessage(10, LogLevel.Debug, "{What}: {Outcome}")]
    public static partial void Done(ILogger logger, string what, string outcome);

    [LoggerMessage(11, LogLevel.Warning, "Refused {What}: {Why}")]
    public static partial void Refused(ILogger logger, string what, string why);

    [LoggerMessage(12, LogLevel.Error, "{What} failed")]
    public static partial void Failed(ILogger logger, Exception error, string what);

    [LoggerMessage(20, LogLevel.Error, "Offline event {Message} of {Portal} was not handled; it is reported to the portal as erroneous")]
    public static partial void EventFailed(ILogger logger, Exception error, string message, string portal);

    [LoggerMessage(21, LogLevel.Warning, "The offline events of {Portal} could not be read; next try in {Delay}: {Why}")]
    public static partial void PortalFailed(ILogger logger, string portal, TimeSpan delay, string why);

    [LoggerMessage(22, LogLevel.Warning, "The portals whose offline events are due could not all be read from their store; next try in {Delay}: {Why}")]
    public static partial void PortalsFailed(ILogger logger, TimeSpan delay, string why);

    [LoggerMessage(23, LogLevel.Debug, "Why offline events could not be read")]
    public static partial void FailureDetails(ILogger logger, Exception error);
}
