namespace Bitrix24;

/// <summary>An application that is registered with Bitrix24. Never prints its secret.</summary>
/// <param name="clientId">Its id.</param>
/// <param name="clientSecret">Its secret.</param>
public sealed class Bitrix24Application(string clientId, string clientSecret)
{
    /// <summary>Its id.</summary>
    public string ClientId { get; } = clientId;

    /// <summary>The server that gives out tokens.</summary>
    public Uri OAuthServer { get; init; } = new("https://oauth.bitrix.info/");

    internal string ClientSecret { get; } = clientSecret;

    /// <summary>Where to send a user of a portal to agree; the portal sends the user back with a code and the state.</summary>
    /// <param name="portalUrl">The portal.</param>
    /// <param name="state">Comes back as it is; compare it, so that nobody else's code is taken.</param>
    public Uri AuthorizeUrl(string portalUrl, string state) => new(
        Bitrix24Credentials.ParsePortal(portalUrl, nameof(portalUrl)),
        $"oauth/authorize/?client_id={Uri.EscapeDataString(ClientId)}&state={Uri.EscapeDataString(state)}");

    /// <summary>Names the application without its secret.</summary>
    public override string ToString() => $"Bitrix24Application({ClientId}, ***)";
}
