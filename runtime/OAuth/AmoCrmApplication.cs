using System.Text.Json;

namespace Bitrix24;

/// <summary>An integration that is registered with amoCRM or Kommo. Never prints its secret.</summary>
/// <param name="clientId">Its id.</param>
/// <param name="clientSecret">Its secret.</param>
/// <param name="redirectUri">The redirect URI, as registered.</param>
public sealed class AmoCrmApplication(string clientId, string clientSecret, Uri redirectUri) : OAuthApplication(clientId, clientSecret)
{
    /// <summary>The redirect URI.</summary>
    public Uri RedirectUri { get; } = redirectUri;

    /// <summary>Where users agree: <c>https://www.amocrm.ru/oauth</c>, or <c>https://www.kommo.com/oauth</c>.</summary>
    public Uri ConsentPage { get; init; } = new("https://www.amocrm.ru/oauth");

    /// <summary>Where to send a user to agree; the user comes back with a code, the account (<c>referer</c>) and the state.</summary>
    /// <param name="state">Returned unchanged with the code; compare it, to reject codes that were not requested.</param>
    public Uri AuthorizeUrl(string state) =>
        new($"{ConsentPage.AbsoluteUri}?client_id={Uri.EscapeDataString(ClientId)}&state={Uri.EscapeDataString(state)}");

    private protected override IReadOnlyList<string> SecretHosts => ApiProfile.AmoCrm.TokenHosts;

    internal override HttpRequestMessage TokenRequest(Uri portal, TokenGrant grant, string value)
    {
        using var body = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            writer.WriteString("client_id"u8, ClientId);
            writer.WriteString("client_secret"u8, ClientSecret);
            writer.WriteString("grant_type"u8, grant == TokenGrant.Code ? "authorization_code"u8 : "refresh_token"u8);
            writer.WriteString(grant == TokenGrant.Code ? "code"u8 : "refresh_token"u8, value);
            writer.WriteString("redirect_uri"u8, RedirectUri.OriginalString);
            writer.WriteEndObject();
        }

        return new(HttpMethod.Post, new Uri(portal, "oauth2/access_token"))
        {
            Content = new SingleSendContent(body.Span.ToArray(), TokenReader.Method),
        };
    }

    internal override Bitrix24Credentials CredentialsFor(Uri portal, AccessTokens tokens, Secrets secrets) =>
        new AmoCrmCredentials(portal, tokens, secrets);
}
