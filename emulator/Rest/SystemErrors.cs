using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Rest;

/// <summary>Errors of the REST gateway itself. What the API's profile says of a code goes before what stands here.</summary>
internal static class SystemErrors
{
    public static Failure NoAuth { get; } = new("NO_AUTH_FOUND", "Wrong authorization data", 401);

    public static Failure InvalidToken { get; } = new("invalid_token", "Unable to get application by token", 401);

    public static Failure ExpiredToken { get; } = new("expired_token", "The access token provided has expired.", 401);

    public static Failure InvalidCredentials { get; } = new("INVALID_CREDENTIALS", "Invalid request credentials", 401);

    public static Failure MethodNotFound { get; } = new("ERROR_METHOD_NOT_FOUND", "Method not found!", 404);

    public static Failure TooManyRequests { get; } = new("QUERY_LIMIT_EXCEEDED", "Too many requests", 503);

    public static Failure OperatingLimit { get; } = new("OPERATION_TIME_LIMIT", "Method is blocked due to operation time limit.", 429);

    public static Failure NotInBatch { get; } = new("ERROR_BATCH_METHOD_NOT_ALLOWED", "Method is not allowed for batch usage", 405);

    public static Failure BatchTooLong { get; } = new("ERROR_BATCH_LENGTH_EXCEEDED", "Max batch length exceeded", 400);

    public static Failure AccessDenied { get; } = new("ACCESS_DENIED", "Access denied!", 403);

    public static Failure WrongAuthType { get; } = new("WRONG_AUTH_TYPE", "Current authorization type is denied for this method Application context required", 403);

    public static Failure Argument { get; } = new("ERROR_ARGUMENT", "Invalid argument", 400);

    public static Failure NotFound { get; } = new("NOT_FOUND", "Not found", 400);

    /// <summary>The emulator keeps nothing that the method could answer from, and is set to say so.</summary>
    public static Failure NotCovered(string method) =>
        new("EMULATOR_SHAPE_ONLY", $"The emulator keeps nothing behind {method}; without --strict-coverage it answers a value of the documented form.", 501);

    public static Failure InsufficientScope(bool byWebhook) => new(
        "insufficient_scope",
        $"The request requires higher privileges than provided by the {(byWebhook ? "webhook" : "access")} token",
        401);

    /// <summary>The failure with the status that the profile documents for its code.</summary>
    public static Failure In(this Failure failure, ProfileSpec? profile)
    {
        var documented = profile?.SystemErrors.FirstOrDefault(e => e.Code == failure.Code);
        return documented?.Status is { } status ? failure with { Status = status } : failure;
    }
}
