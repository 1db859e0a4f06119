namespace Bitrix24;

/// <summary>What tokens are asked for with.</summary>
internal enum TokenGrant
{
    /// <summary>The code with which a user came back.</summary>
    Code,

    /// <summary>The refresh token of earlier tokens.</summary>
    Refresh,
}

/// <summary>An application that is let into portals by OAuth. Never prints its secret.</summary>
public abstract class OAuthApplication
{
    private protected OAuthApplication(string clientId, string clientSecret)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(clientId);
        ArgumentException.ThrowIfNullOrWhiteSpace(clientSecret);
        (ClientId, ClientSecret) = (clientId, clientSecret);
    }

    /// <summary>Its id.</summary>
    public string ClientId { get; }

    internal string ClientSecret { get; }

    /// <summary>Names the application without its secret.</summary>
    public override string ToString() => $"{GetType().Name}({ClientId}, ***)";

    /// <summary>The request for tokens.</summary>
    internal abstract HttpRequestMessage TokenRequest(Uri portal, TokenGrant grant, string value);

    /// <summary>The credentials that use its tokens.</summary>
    internal abstract Bitrix24Credentials CredentialsFor(Uri portal, AccessTokens tokens, Secrets secrets);
}
