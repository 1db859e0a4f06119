using Bitrix24.Gen.Emulator.Auth;
using Bitrix24.Gen.Emulator.Http;
using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;

namespace Bitrix24.Gen.Emulator.HttpApis;

/// <summary>Hands out amoCRM's tokens: good for a day, with a refresh token that is good once.</summary>
internal sealed class AmoCrmTokens(Portal portal)
{
    public const string Path = "/oauth2/access_token";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    public HttpAnswer Run(JsonObject parameters)
    {
        if (Text(parameters, "client_id") != portal.Options.ClientId || Text(parameters, "client_secret") != portal.Accounts.ClientSecret)
            return Refused(401, "Cannot find the integration by its id and secret.");
        return Text(parameters, "grant_type") switch
        {
            "authorization_code" when Text(parameters, "code") is { } code => Issued(portal.Accounts.RedeemCode(code, Lifetime)),
            "refresh_token" when Text(parameters, "refresh_token") is { } token => Issued(portal.Accounts.Refresh(token, Lifetime)),
            _ => Refused(400, "The grant type is not known, or its parameter is missing."),
        };
    }

    private HttpAnswer Issued(IssuedTokens? tokens) => tokens is null
        ? Refused(400, "The code or token is not good any more.")
        : HttpAnswer.Of(200, new JsonObject
        {
            ["token_type"] = "Bearer",
            ["expires_in"] = (int)Lifetime.TotalSeconds,
            ["server_time"] = portal.Clock.GetUtcNow().ToUnixTimeSeconds(),
            ["access_token"] = tokens.AccessToken,
            ["refresh_token"] = tokens.RefreshToken,
        });

    private static HttpAnswer Refused(int status, string detail) =>
        HttpAnswer.Of(status, new JsonObject
        {
            ["title"] = "Authorization error",
            ["type"] = $"https://httpstatus.es/{status}",
            ["status"] = status,
            ["detail"] = detail,
        }) with
        { ContentType = "application/problem+json" };

    private static string? Text(JsonObject parameters, string name) =>
        JsonValues.Text(parameters[name]) is { Length: > 0 } text ? text : null;
}
