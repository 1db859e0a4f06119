namespace Bitrix24;

/// <summary>What tokens are asked for with.</summary>
internal enum TokenGrant
{
    /// <summary>The authorization code.</summary>
    Code,

    /// <summary>The refresh token of earlier tokens.</summary>
    Refresh,
}

/// <summary>An application with access to portals by OAuth. Never prints its secret.</summary>
public abstract class OAuthApplication
{
    private readonly IReadOnlyList<string> _trustedHosts = [];

    private protected OAuthApplication(string clientId, string clientSecret)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(clientId);
        ArgumentException.ThrowIfNullOrWhiteSpace(clientSecret);
        (ClientId, ClientSecret) = (clientId, clientSecret);
    }

    /// <summary>Its id.</summary>
    public string ClientId { get; }

    internal string ClientSecret { get; }

    /// <summary>
    /// Hosts of portals or accounts beyond those of the API itself to which tokens and the secret may go, such as
    /// <c>crm.example.com</c> or <c>*.example.com</c>.
    /// </summary>
    /// <exception cref="ArgumentException">A text is not the name of a host.</exception>
    public IReadOnlyList<string> TrustedHosts
    {
        get => _trustedHosts;
        init => _trustedHosts = [.. value.Select(static h => HostPattern.Checked(h, nameof(TrustedHosts)))];
    }

    /// <summary>Names the application without its secret.</summary>
    public override string ToString() => $"{GetType().Name}({ClientId}, ***)";

    /// <summary>Hosts to which the application's secret goes; null: it goes to a server of its own, wherever the portal is.</summary>
    private protected virtual IReadOnlyList<string>? SecretHosts => null;

    /// <summary>Refuses a portal to which the application's secret must not go: its address may come from outside.</summary>
    /// <exception cref="ArgumentException">The host is neither one of the API's nor trusted.</exception>
    internal Uri Checked(Uri portal, string parameter)
    {
        if (SecretHosts is not { } hosts || portal.IsLoopback || HostPattern.Matches(portal, hosts) || HostPattern.Matches(portal, TrustedHosts))
            return portal;
        throw new ArgumentException(
            $"{PortalKey.Of(portal)} is none of {string.Join(", ", hosts)}, and the application's secret would go there. If it is yours, name it in {nameof(TrustedHosts)}.", parameter);
    }

    /// <summary>The request for tokens.</summary>
    internal abstract HttpRequestMessage TokenRequest(Uri portal, TokenGrant grant, string value);

    /// <summary>The credentials that use its tokens.</summary>
    internal abstract Bitrix24Credentials CredentialsFor(Uri portal, AccessTokens tokens, Secrets secrets);
}
