using Bitrix24.Gen.Emulator.Auth;
using Bitrix24.Gen.Emulator.Http;

namespace Bitrix24.Gen.Emulator.Rest;

/// <summary>Finds the caller by webhook or token.</summary>
internal sealed class Authorizer(Portal portal)
{
    public (Caller? Caller, Failure? Refusal) Authorize(RestRequest request)
    {
        if (request.Caller is { } known)
            return (known, null);
        if (request.Webhook is { } webhook)
        {
            return portal.Accounts.Webhook(webhook.User, webhook.Secret) is { } caller ? (caller, null) : (null, SystemErrors.InvalidCredentials);
        }

        if (request.Token is not { } token)
            return (null, SystemErrors.NoAuth);
        return portal.Accounts.Check(token) switch
        {
            { Known: false } => (null, SystemErrors.InvalidToken),
            { Valid: false } => (null, SystemErrors.ExpiredToken),
            _ => (portal.Accounts.Application(token), null),
        };
    }
}
