namespace Bitrix24;

/// <summary>An application that is registered with Bitrix24. Never prints its secret.</summary>
/// <param name="clientId">Its id.</param>
/// <param name="clientSecret">Its secret.</param>
public sealed class Bitrix24Application(string clientId, string clientSecret) : OAuthApplication(clientId, clientSecret)
{
    private readonly Uri _server = new($"https://{ApiProfile.Bitrix24.TokenHosts[0]}/");

    /// <summary>The authorization server.</summary>
    /// <exception cref="ArgumentException">The address is neither https nor loopback: the secret would travel in clear.</exception>
    public Uri OAuthServer
    {
        get => _server;
        init => _server = Bitrix24Credentials.IsSafe(value)
            ? value
            : throw new ArgumentException("Not the https address of a server; http is for loopback only.", nameof(value));
    }

    /// <summary>Where to send a user of a portal to agree; the portal sends the user back with a code and the state.</summary>
    /// <param name="portalUrl">The portal.</param>
    /// <param name="state">Returned unchanged with the code; compare it, to reject codes that were not requested.</param>
    public Uri AuthorizeUrl(string portalUrl, string state) => new(
        Bitrix24Credentials.ParsePortal(portalUrl, nameof(portalUrl)),
        $"oauth/authorize/?client_id={Uri.EscapeDataString(ClientId)}&state={Uri.EscapeDataString(state)}");

    internal override HttpRequestMessage TokenRequest(Uri portal, TokenGrant grant, string value)
    {
        var given = grant == TokenGrant.Code ? "grant_type=authorization_code&code=" : "grant_type=refresh_token&refresh_token=";
        return new(HttpMethod.Get, new Uri(
            OAuthServer,
            $"oauth/token/?client_id={Uri.EscapeDataString(ClientId)}&client_secret={Uri.EscapeDataString(ClientSecret)}&{given}{Uri.EscapeDataString(value)}"));
    }

    internal override Bitrix24Credentials CredentialsFor(Uri portal, AccessTokens tokens, Secrets secrets) =>
        new AccessTokenCredentials(portal, tokens, secrets);
}
