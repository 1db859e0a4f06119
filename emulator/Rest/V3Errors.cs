namespace Bitrix24.Gen.Emulator.Rest;

/// <summary>The gateway's errors in the words of REST 3.0.</summary>
internal static class V3Errors
{
    public const string RequestValidation = Prefix + "VALIDATION_REQUESTVALIDATIONEXCEPTION";

    private const string RecordValidation = Prefix + "VALIDATION_DTOVALIDATIONEXCEPTION";

    public const string FieldNotFound = "BITRIX_REST_V3_REALISATION_EXCEPTION_FIELDNOTFOUNDEXCEPTION";

    public const string UnknownProperty = Prefix + "UNKNOWNDTOPROPERTYEXCEPTION";

    public const string InvalidPagination = Prefix + "INVALIDPAGINATIONEXCEPTION";

    private const string Prefix = "BITRIX_REST_V3_EXCEPTION_";

    public static Failure RateLimit { get; } = new(Prefix + "RATELIMITEXCEPTION", "Too many requests", 429);

    public static Failure InvalidJson { get; } = new(Prefix + "INVALIDJSONEXCEPTION", "Invalid JSON", 400);

    public static Failure InvalidSelect { get; } = new(Prefix + "INVALIDSELECTEXCEPTION", "Invalid select", 400);

    public static Failure InvalidKey { get; } = new(Prefix + "INVALIDIDEMPOTENCYKEYEXCEPTION", "Invalid idempotency key", 400);

    public static Failure KeyReused { get; } = new(Prefix + "IDEMPOTENCYKEYREUSEDEXCEPTION", "The idempotency key was used with another request", 422);

    private static Failure AccessDenied { get; } = new(Prefix + "ACCESSDENIEDEXCEPTION", "Access denied", 403);

    /// <summary>What the error says as a whole where it lists fields; null: it lists none.</summary>
    public static string? Validation(string code) => code switch
    {
        RequestValidation => "Error validating request object",
        RecordValidation => "Object validation error",
        _ => null,
    };

    /// <summary>The failure in this protocol's form; a method's own error stays as it is.</summary>
    public static Failure Of(Failure failure) => Translate(failure) with { Violations = failure.Violations };

    private static Failure Translate(Failure failure) => failure.Code switch
    {
        "ERROR_METHOD_NOT_FOUND" => new(Prefix + "METHODNOTFOUNDEXCEPTION", "Method not found", 404),
        "NO_AUTH_FOUND" or "INVALID_CREDENTIALS" or "invalid_token" or "expired_token" => AccessDenied with { Status = 401 },
        "ACCESS_DENIED" => AccessDenied,
        "insufficient_scope" => new(Prefix + "INSUFFICIENTSCOPEEXCEPTION", failure.Message, 403),
        "OPERATION_TIME_LIMIT" or "QUERY_LIMIT_EXCEEDED" => RateLimit,
        "ERROR_BATCH_METHOD_NOT_ALLOWED" or "ERROR_ARGUMENT" => new(RequestValidation, failure.Message, 400),
        _ => failure,
    };
}
