using Bitrix24.Gen.Emulator.Auth;
using Bitrix24.Gen.Emulator.Http;
using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;
using Microsoft.AspNetCore.Http;

namespace Bitrix24.Gen.Emulator.HttpApis;

/// <summary>Lets VibeCode's applications in: <c>/v1/connect/authorize</c> sends users back with a code, <c>/v1/connect/token</c> gives a session for it.</summary>
internal sealed class VibeCodeConnect(Portal portal)
{
    private const string Folder = "/v1/connect/";

    /// <summary>The page asked for (<c>token</c>, <c>authorize</c>), or null when the path is none of these.</summary>
    public static string? Page(string path) => path.StartsWith(Folder, StringComparison.Ordinal) ? path[Folder.Length..].Trim('/') : null;

    public HttpAnswer Run(string page, HttpRequest request, JsonObject parameters) => (page, request.Method) switch
    {
        ("authorize", "GET") => Authorize(parameters),
        ("token", "POST") => Token(VibeCodeKeys.Of(request), parameters),
        _ => Refused(new Failure("ENTITY_NOT_FOUND", "There is nothing at this path.", 404)),
    };

    private HttpAnswer Authorize(JsonObject parameters)
    {
        if (Text(parameters, "client_id") != portal.Options.ClientId
            || Text(parameters, "response_type") != "code"
            || !Uri.TryCreate(Text(parameters, "redirect_uri"), UriKind.Absolute, out var back))
            return Refused(new Failure("INVALID_PARAMS", "client_id is not known, response_type is not code, or redirect_uri is no address.", 400));
        var query = $"code={portal.Accounts.IssueCode()}";
        if (Text(parameters, "state") is { } state)
            query += $"&state={Uri.EscapeDataString(state)}";
        return new HttpAnswer(302, "", "text/html") { Location = $"{back.AbsoluteUri}{(back.Query.Length > 0 ? '&' : '?')}{query}" };
    }

    private HttpAnswer Token(string key, JsonObject parameters)
    {
        if (key.Length == 0)
            return Refused(new Failure("MISSING_API_KEY", "The header X-Api-Key is missing.", 401));
        if (key != portal.Accounts.ApplicationKey)
            return Refused(new Failure("INVALID_APP_KEY", "The key is not an application's.", 401));
        if (Text(parameters, "grant_type") != "authorization_code" || Text(parameters, "code") is not { } code)
            return Refused(new Failure("INVALID_PARAMS", "A session is given for grant_type=authorization_code and a code; it cannot be refreshed.", 400));
        if (portal.Accounts.RedeemSession(code) is not { } session)
            return Refused(new Failure("INVALID_PARAMS", "The code is not good any more.", 400));
        return HttpAnswer.Of(200, new JsonObject
        {
            ["access_token"] = session,
            ["token_type"] = "Bearer",
            ["expires_in"] = (int)PortalAccounts.SessionLifetime.TotalSeconds,
        });
    }

    private static HttpAnswer Refused(Failure failure) => VibeCodeApi.Refused(failure);

    private static string? Text(JsonObject parameters, string name) =>
        JsonValues.Text(parameters[name]) is { Length: > 0 } text ? text : null;
}
