using System.Net;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>What a failed call means for a retry.</summary>
internal enum CallFault
{
    /// <summary>The call failed and will not be retried.</summary>
    Final,

    /// <summary>The portal refused for its bucket; nothing was executed.</summary>
    RateLimit,

    /// <summary>The portal refused for the method's operating time; nothing was executed.</summary>
    OperatingLimit,

    /// <summary>The call did not reach the portal; nothing was executed.</summary>
    NotSent,

    /// <summary>It is not known whether the portal executed the call.</summary>
    Unknown,
}

internal static class Faults
{
    // Errors that are no passing trouble, though their HTTP status may say so.
    private static readonly string[] FinalCodes = ["OVERLOAD_LIMIT", "PORTAL_DELETED", "INTERNAL_SERVER_ERROR", "ERROR_CORE"];

    public static CallFault Of(Exception? exception) => exception switch
    {
        Bitrix24ApiException { Code: "QUERY_LIMIT_EXCEEDED" } => CallFault.RateLimit,
        Bitrix24ApiException { Code: "OPERATION_TIME_LIMIT" } => CallFault.OperatingLimit,
        Bitrix24ApiException { Code: "BITRIX_REST_V3_EXCEPTION_RATELIMITEXCEPTION" or "RATE_LIMITED" or "TOO_MANY_REQUESTS" } => CallFault.RateLimit,
        Bitrix24ApiException api => !FinalCodes.Contains(api.Code) && IsPassing(api.Status) ? CallFault.Unknown : CallFault.Final,
        // The status alone says that nothing was executed.
        Bitrix24ProtocolException { Status: HttpStatusCode.TooManyRequests } => CallFault.RateLimit,
        Bitrix24ConnectionException { MayHaveBeenExecuted: false } => CallFault.NotSent,
        Bitrix24ConnectionException => CallFault.Unknown,
        Bitrix24ProtocolException { Status: { } status, IsBroken: var broken } => IsPassing(status) || broken ? CallFault.Unknown : CallFault.Final,
        _ => CallFault.Final,
    };

    /// <summary>The same of a call: where a batch can stop half way, one of its calls may have met the limit after others were executed.</summary>
    public static CallFault Of(Exception? exception, bool stopsHalfWay)
    {
        var fault = Of(exception);
        // The portal's front gives this one out, before any method.
        var isWhole = exception is Bitrix24ApiException { Code: "QUERY_LIMIT_EXCEEDED" };
        return stopsHalfWay && !isWhole && fault is (CallFault.RateLimit or CallFault.OperatingLimit) ? CallFault.Unknown : fault;
    }

    /// <summary>Whether a call may go again: one that changes something only where it certainly was not executed.</summary>
    public static bool MayRetry(CallFault fault, Call call) => fault switch
    {
        CallFault.RateLimit or CallFault.OperatingLimit or CallFault.NotSent => true,
        CallFault.Unknown => call.Method.Idempotency == Idempotency.Read || call.IdempotencyKey is not null,
        _ => false,
    };

    /// <summary>No answer came, or one from a gateway: the portal may be at work on the call yet.</summary>
    public static bool MayStillRun(Exception? exception) => exception switch
    {
        Bitrix24ConnectionException => true,
        Bitrix24ApiException e => IsGateway(e.Status),
        Bitrix24ProtocolException { Status: { } status } => IsGateway(status),
        _ => false,
    };

    private static bool IsGateway(HttpStatusCode status) =>
        status is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    /// <summary>The portal does not take the token; REST 3.0 and amoCRM do not say whether for its age.</summary>
    public static bool IsTokenRefused(Bitrix24ApiException e) => IsTokenEnded(e)
        || e.Code == "invalid_token"
        || (e.Status == HttpStatusCode.Unauthorized && e.Code is "UNAUTHORIZED" or "BITRIX_REST_V3_EXCEPTION_ACCESSDENIEDEXCEPTION");

    public static bool IsTokenEnded(Bitrix24ApiException e) => e.Code == "expired_token";

    /// <summary>The authorization server says that a refresh token is void, and not that it has no time, or wants to be paid.</summary>
    public static bool IsRefreshTokenVoid(string? code) =>
        code is "invalid_grant" or "invalid_token" or "expired_token" or "bad_verification_code" or "BAD_REQUEST" or "UNAUTHORIZED";

    private static bool IsPassing(HttpStatusCode status) =>
        (int)status >= 500 || status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout;
}
