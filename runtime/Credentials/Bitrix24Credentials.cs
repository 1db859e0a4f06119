using System.Net;
using Bitrix24.Descriptors;

namespace Bitrix24;

/// <summary>Who calls which portal. Never prints its secret.</summary>
public abstract class Bitrix24Credentials
{
    private const string VibeCodeUrl = "https://vibecode.bitrix24.tech";

    private protected Bitrix24Credentials(Uri portal) => Portal = portal;

    /// <summary>The portal: scheme, host and port.</summary>
    public Uri Portal { get; }

    /// <summary>What methods may be called.</summary>
    public abstract MethodAccess Access { get; }

    /// <summary>An incoming webhook.</summary>
    /// <param name="url">Its address as the portal shows it: <c>https://example.bitrix24.com/rest/1/secret/</c>.</param>
    public static Bitrix24Credentials Webhook(string url) => WebhookCredentials.Parse(url);

    /// <summary>An access token of an application.</summary>
    /// <param name="portalUrl">The portal: <c>https://example.bitrix24.com</c>.</param>
    /// <param name="token">The token.</param>
    public static Bitrix24Credentials AccessToken(string portalUrl, string token)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(token);
        return new AccessTokenCredentials(ParsePortal(portalUrl, nameof(portalUrl)), token);
    }

    /// <summary>A VibeCode key.</summary>
    /// <param name="key">The key; one that begins with <c>vibe_app_</c> is an application's and needs a session.</param>
    /// <param name="session">The session of the application's user.</param>
    /// <param name="url">Where the API is.</param>
    public static Bitrix24Credentials VibeCode(string key, string? session = null, string url = VibeCodeUrl)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return new VibeCodeCredentials(ParsePortal(url, nameof(url)), key, session);
    }

    /// <summary>An access token for an amoCRM or Kommo account.</summary>
    /// <param name="accountUrl">The account: <c>https://example.amocrm.ru</c>, <c>https://example.kommo.com</c>.</param>
    /// <param name="token">The token.</param>
    public static Bitrix24Credentials AmoCrm(string accountUrl, string token)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(token);
        return new AmoCrmCredentials(ParsePortal(accountUrl, nameof(accountUrl)), token);
    }

    /// <summary>The portal and the kind of credentials, without the secret.</summary>
    public override string ToString() => $"{GetType().Name}({Portal.Authority}, ***)";

    /// <summary>Tells apart whose operating time is used; never printed.</summary>
    internal abstract string Caller { get; }

    /// <summary>What the API takes, unless the options say otherwise.</summary>
    internal virtual Bitrix24RateLimit RateLimit => Bitrix24RateLimit.Standard;

    internal abstract Uri AddressOf(string method);

    internal virtual Uri AddressOf(HttpCall call) =>
        throw new InvalidOperationException($"{call.Verb} {call.Target} is not a method of the API that these credentials are for: {Portal.Authority}.");

    internal abstract void Authorize(HttpRequestMessage request);

    /// <summary>Takes the secret out of a text that comes from elsewhere.</summary>
    internal abstract string Redact(string text);

    private protected static Uri ParsePortal(string url, string parameter)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || !IsSafe(uri) || uri.UserInfo.Length > 0)
        {
            // The text may be a webhook with its secret: it is not repeated.
            throw new ArgumentException("Not the https address of a portal; http is for loopback only.", parameter);
        }

        return new Uri(uri.GetLeftPart(UriPartial.Authority) + "/");
    }

    private static bool IsSafe(Uri uri) =>
        uri.Scheme == Uri.UriSchemeHttps
        || (uri.Scheme == Uri.UriSchemeHttp && (uri.IsLoopback || (IPAddress.TryParse(uri.Host, out var ip) && IPAddress.IsLoopback(ip))));
}
