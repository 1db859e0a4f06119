namespace Bitrix24;

/// <summary>An integration that is registered with amoCRM or Kommo. Never prints its secret.</summary>
/// <param name="clientId">Its id.</param>
/// <param name="clientSecret">Its secret.</param>
/// <param name="redirectUri">The page that users are sent back to, as registered.</param>
public sealed class AmoCrmApplication(string clientId, string clientSecret, Uri redirectUri)
{
    /// <summary>Its id.</summary>
    public string ClientId { get; } = clientId;

    /// <summary>The page that users are sent back to.</summary>
    public Uri RedirectUri { get; } = redirectUri;

    /// <summary>Where users agree: <c>https://www.amocrm.ru/oauth</c>, or <c>https://www.kommo.com/oauth</c>.</summary>
    public Uri ConsentPage { get; init; } = new("https://www.amocrm.ru/oauth");

    internal string ClientSecret { get; } = clientSecret;

    /// <summary>Where to send a user to agree; the user comes back with a code, the account (<c>referer</c>) and the state.</summary>
    /// <param name="state">Comes back as it is; compare it, so that nobody else's code is taken.</param>
    public Uri AuthorizeUrl(string state) =>
        new($"{ConsentPage.AbsoluteUri}?client_id={Uri.EscapeDataString(ClientId)}&state={Uri.EscapeDataString(state)}");

    /// <summary>Names the integration without its secret.</summary>
    public override string ToString() => $"AmoCrmApplication({ClientId}, ***)";
}
