using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Bitrix24;

/// <summary>Who a request says it comes from, and the tokens it carries. Never prints them.</summary>
/// <remarks>Source: <see href="https://apidocs.bitrix24.com/api-reference/events/index.html"/>.</remarks>
public sealed record IncomingAuth
{
    /// <summary>For calls on behalf of the user who caused the request; valid for an hour. Null: there was no user.</summary>
    public string? AccessToken { get; init; }

    /// <summary>Exchanged for the next tokens; only installations, pages and a few events have it.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>How long the access token lasts.</summary>
    public TimeSpan? ExpiresIn { get; init; }

    /// <summary>The portal's host.</summary>
    public string? Domain { get; init; }

    /// <summary>The portal's address for calls, as the request gives it; not to be trusted before the request is verified.</summary>
    public string? ClientEndpoint { get; init; }

    /// <summary>The authorization server, as the request gives it; never asked.</summary>
    public string? ServerEndpoint { get; init; }

    /// <summary>The portal's own id, which stays when its address changes.</summary>
    public string? MemberId { get; init; }

    /// <summary>The secret that portal and application share.</summary>
    public string? ApplicationToken { get; init; }

    /// <summary><c>L</c> local; <c>F</c> free, <c>D</c> demo, <c>T</c> trial, <c>P</c> paid application of the market.</summary>
    public string? Status { get; init; }

    /// <summary>The application's scopes.</summary>
    public string? Scope { get; init; }

    /// <summary>The user who caused the request.</summary>
    public long? UserId { get; init; }

    /// <summary>The portal's address without a path; null where the request gives none that is safe: https, or http on loopback.</summary>
    public Uri? PortalUrl
    {
        get
        {
            var text = ClientEndpoint ?? (Domain is null ? null : Domain.Contains("://", StringComparison.Ordinal) ? Domain : $"{(IsPlain ? "http" : "https")}://{Domain}/");
            return Uri.TryCreate(text, UriKind.Absolute, out var uri) && Bitrix24Credentials.IsSafe(uri) && uri.UserInfo.Length == 0
                ? new Uri(uri.GetLeftPart(UriPartial.Authority) + "/")
                : null;
        }
    }

    /// <summary>The page was opened over http.</summary>
    internal bool IsPlain { get; init; }

    /// <summary>Compares the application token, in a time that does not depend on where they differ.</summary>
    /// <param name="expected">The token that the application keeps for the portal.</param>
    public bool HasApplicationToken(string? expected) =>
        !string.IsNullOrEmpty(expected) && !string.IsNullOrEmpty(ApplicationToken)
        && CryptographicOperations.FixedTimeEquals(Digest(expected), Digest(ApplicationToken));

    /// <summary>The tokens as a token store keeps them; null: the request carries no refresh token, or characters that no token has.</summary>
    /// <param name="now">The time at which the request arrived.</param>
    public Bitrix24Token? ToToken(DateTimeOffset now) => !HeaderText.IsToken(AccessToken) || !HeaderText.IsToken(RefreshToken) ? null : new()
    {
        AccessToken = AccessToken!,
        RefreshToken = RefreshToken!,
        ExpiresAt = now + (ExpiresIn ?? TimeSpan.FromHours(1)),
        MemberId = MemberId,
        Scope = Scope,
        UserId = UserId,
    };

    /// <summary>Names the portal, and no token.</summary>
    public override string ToString() => $"IncomingAuth({MemberId}, {Domain}, ***)";

    internal static IncomingAuth OfEvent(JsonElement auth) => new()
    {
        AccessToken = auth.TextOf("access_token"),
        RefreshToken = auth.TextOf("refresh_token"),
        ExpiresIn = auth.SecondsOf("expires_in"),
        Domain = auth.TextOf("domain"),
        ClientEndpoint = auth.TextOf("client_endpoint"),
        ServerEndpoint = auth.TextOf("server_endpoint"),
        MemberId = auth.TextOf("member_id"),
        ApplicationToken = auth.TextOf("application_token"),
        Status = auth.TextOf("status"),
        Scope = auth.TextOf("scope"),
        UserId = auth.NumberOf("user_id"),
    };

    internal static IncomingAuth OfPage(JsonElement form) => new()
    {
        AccessToken = form.TextOf("AUTH_ID"),
        RefreshToken = form.TextOf("REFRESH_ID"),
        ExpiresIn = form.SecondsOf("AUTH_EXPIRES"),
        Domain = form.TextOf("DOMAIN"),
        ServerEndpoint = form.TextOf("SERVER_ENDPOINT"),
        MemberId = form.TextOf("member_id"),
        ApplicationToken = form.TextOf("APPLICATION_TOKEN"),
        Status = form.TextOf("status"),
        Scope = form.TextOf("APPLICATION_SCOPE"),
        IsPlain = form.TextOf("PROTOCOL") == "0",
    };

    private static byte[] Digest(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
