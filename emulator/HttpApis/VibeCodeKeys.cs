using Bitrix24.Gen.Emulator.Rest;
using Bitrix24.Gen.Specs;
using Microsoft.AspNetCore.Http;

namespace Bitrix24.Gen.Emulator.HttpApis;

/// <summary>Checks VibeCode's keys: personal, read only, management, and an application's with a session.</summary>
internal sealed class VibeCodeKeys(Portal portal)
{
    private const string Me = "me.get";
    private const string BatchOfEntities = "batch.send";

    /// <summary>The key of a request; empty: none.</summary>
    public static string Of(HttpRequest request) => request.Headers["X-Api-Key"].ToString();

    /// <summary>The refusal of a key that is not right.</summary>
    public Failure? Check(HttpRequest request)
    {
        var key = Of(request);
        if (key.Length == 0)
            return new Failure("MISSING_API_KEY", "The header X-Api-Key is missing.", 401);
        if (key == portal.Accounts.ApplicationKey)
            return CheckSession(request);
        return key == portal.Accounts.ApiKey || key == portal.Accounts.ReadOnlyKey || key == portal.Accounts.ManagementKey
            ? null
            : new Failure("INVALID_API_KEY", "The API key is not known.", 401);
    }

    /// <summary>The refusal of a method that the key is not for.</summary>
    public Failure? Check(string key, MethodSpec method)
    {
        if (key == portal.Accounts.ManagementKey && method.Name != Me)
            return new Failure("MANAGEMENT_KEY_NO_ENTITY_ACCESS", "A management key does not reach entities.", 403);
        // A batch over several entities may read only: each of its calls is checked.
        return key == portal.Accounts.ReadOnlyKey && method.Idempotency != Idempotency.Read && method.Name != BatchOfEntities
            ? new Failure("WRITE_BLOCKED_READONLY_KEY", "The key may only read.", 403)
            : null;
    }

    private Failure? CheckSession(HttpRequest request) => BearerToken.Of(request) is not { } session
        ? new Failure("INVALID_APP_KEY", "An application's key needs a session.", 401)
        : portal.Accounts.CheckSession(session) switch
        {
            (true, true) => null,
            (true, false) => new Failure("TOKEN_EXPIRED", "The session has expired.", 401),
            _ => new Failure("INVALID_SESSION", "The session is not known.", 401),
        };
}
