using Bitrix24.Gen.Emulator.Http;
using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;

namespace Bitrix24.Gen.Emulator.Auth;

/// <summary>The authorization server: <c>/oauth/authorize/</c> lets every application in, <c>/oauth/token/</c> hands out tokens.</summary>
internal sealed class OAuthEndpoint(Portal portal)
{
    private const string Folder = "/oauth/";

    /// <summary>The page asked for (<c>token</c>, <c>authorize</c>), or null when the path is none of these.</summary>
    public static string? Page(string path) =>
        path.StartsWith(Folder, StringComparison.Ordinal) ? path[Folder.Length..].Trim('/') : null;

    public HttpAnswer Run(string page, JsonObject parameters) => page switch
    {
        "token" => Token(parameters),
        "authorize" => Authorize(parameters),
        _ => new HttpAnswer(404, "Not found", "text/plain"),
    };

    private HttpAnswer Authorize(JsonObject parameters)
    {
        if (Text(parameters, "client_id") != portal.Options.ClientId)
            return new HttpAnswer(400, "Unknown client_id.", "text/plain");
        var code = portal.Accounts.IssueCode();
        // The portal knows the application's address; a test may name another one.
        if (!Uri.TryCreate(Text(parameters, "redirect_uri") ?? portal.Deliveries.ApplicationAddress, UriKind.Absolute, out var back))
            return new HttpAnswer(200, $"<!DOCTYPE html><title>Authorization code</title><p>Authorization code: <code>{code}</code></p>", "text/html");
        var query = $"code={code}";
        if (Text(parameters, "state") is { } state)
            query += $"&state={Uri.EscapeDataString(state)}";
        var authority = Uri.EscapeDataString(portal.Url.Authority);
        query += $"&domain={authority}&member_id={portal.Accounts.MemberId}&scope={Uri.EscapeDataString(portal.Scope)}&server_domain={authority}";
        return new HttpAnswer(302, "", "text/html") { Location = $"{back.AbsoluteUri}{(back.Query.Length > 0 ? '&' : '?')}{query}" };
    }

    private HttpAnswer Token(JsonObject parameters)
    {
        if (Text(parameters, "client_id") != portal.Options.ClientId || Text(parameters, "client_secret") != portal.Accounts.ClientSecret)
            return Refused("invalid_client", "Client is invalid");
        switch (Text(parameters, "grant_type"))
        {
            case "authorization_code" when Text(parameters, "code") is { } code:
                return Issued(portal.Accounts.RedeemCode(code));
            case "refresh_token" when Text(parameters, "refresh_token") is { } token:
                return Issued(portal.Accounts.Refresh(token));
            default:
                return Refused("invalid_request", "Request is invalid");
        }
    }

    private HttpAnswer Issued(IssuedTokens? tokens)
    {
        if (tokens is null)
            return Refused("invalid_grant", "Grant is invalid");
        var root = portal.Url.GetLeftPart(UriPartial.Authority);
        return HttpAnswer.Of(200, new JsonObject
        {
            ["access_token"] = tokens.AccessToken,
            ["refresh_token"] = tokens.RefreshToken,
            ["expires"] = tokens.Expires.ToUnixTimeSeconds(),
            ["expires_in"] = (int)PortalAccounts.AccessLifetime.TotalSeconds,
            ["scope"] = portal.Scope,
            ["domain"] = portal.Url.Authority,
            ["server_endpoint"] = $"{root}/rest/",
            ["client_endpoint"] = $"{root}/rest/",
            ["status"] = "L",
            ["member_id"] = portal.Accounts.MemberId,
            ["user_id"] = portal.Options.UserId,
        });
    }

    private static HttpAnswer Refused(string code, string description) =>
        HttpAnswer.Of(400, new JsonObject { ["error"] = code, ["error_description"] = description });

    private static string? Text(JsonObject parameters, string name) =>
        JsonValues.Text(parameters[name]) is { Length: > 0 } text ? text : null;
}
