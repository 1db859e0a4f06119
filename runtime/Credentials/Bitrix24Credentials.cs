using System.Net;
using Bitrix24.Descriptors;

namespace Bitrix24;

/// <summary>Who calls which portal. Never prints its secret.</summary>
public abstract class Bitrix24Credentials
{
    private const string V3Prefix = "api/";
    internal const string VibeCodeUrl = "https://vibecode.bitrix24.tech";

    private protected Bitrix24Credentials(Uri portal) => Portal = portal;

    /// <summary>The portal: scheme, host and port.</summary>
    public Uri Portal { get; private set; }

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

    /// <summary>Tokens of an application, from a store; they are renewed when they end.</summary>
    /// <param name="portalUrl">The portal: <c>https://example.bitrix24.com</c>.</param>
    /// <param name="application">The application.</param>
    /// <param name="store">Keeps the tokens.</param>
    public static Bitrix24Credentials OAuth(string portalUrl, Bitrix24Application application, ITokenStore store)
    {
        ArgumentNullException.ThrowIfNull(application);
        ArgumentNullException.ThrowIfNull(store);
        return new OAuthCredentials(ParsePortal(portalUrl, nameof(portalUrl)), application, store);
    }

    /// <summary>Exchanges the code that a portal sent back with a user for tokens, and saves them.</summary>
    /// <param name="portalUrl">The portal.</param>
    /// <param name="application">The application.</param>
    /// <param name="code">The code; it lasts 30 seconds.</param>
    /// <param name="store">Keeps the tokens.</param>
    /// <param name="options">How to reach the OAuth server.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Bitrix24ApiException">The code is not taken.</exception>
    public static async Task<Bitrix24Credentials> ExchangeCodeAsync(
        string portalUrl,
        Bitrix24Application application,
        string code,
        ITokenStore store,
        Bitrix24ClientOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var credentials = OAuth(portalUrl, application, store);
        options ??= new();
        var token = await OAuthClient.RequestAsync(
            HttpTransport.ClientOf(options), application, "authorization_code", "code", code, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        await store.SaveAsync(credentials.Portal.Authority, token, CancellationToken.None).ConfigureAwait(false);
        return credentials;
    }

    /// <summary>A VibeCode key.</summary>
    /// <param name="key">The key; one that begins with <c>vibe_app_</c> is an application's and needs a session.</param>
    /// <param name="session">The session of the application's user.</param>
    /// <param name="url">Where the API is.</param>
    public static Bitrix24Credentials VibeCode(string key, string? session = null, string url = VibeCodeUrl)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return new VibeCodeCredentials(ParsePortal(url, nameof(url)), key, session is null ? null : new(session, DateTimeOffset.MaxValue));
    }

    /// <summary>A VibeCode application with the session of a user.</summary>
    /// <param name="application">The application.</param>
    /// <param name="session">The session; once it has ended, calls throw <see cref="Bitrix24SessionExpiredException"/> unsent.</param>
    public static Bitrix24Credentials VibeCode(VibeCodeApplication application, VibeCodeSession session)
    {
        ArgumentNullException.ThrowIfNull(application);
        ArgumentNullException.ThrowIfNull(session);
        return new VibeCodeCredentials(application.Api, application.Key, session);
    }

    /// <summary>An access token for an amoCRM or Kommo account.</summary>
    /// <param name="accountUrl">The account: <c>https://example.amocrm.ru</c>, <c>https://example.kommo.com</c>.</param>
    /// <param name="token">The token.</param>
    public static Bitrix24Credentials AmoCrm(string accountUrl, string token)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(token);
        return new AmoCrmCredentials(ParsePortal(accountUrl, nameof(accountUrl)), token);
    }

    /// <summary>Tokens of an amoCRM or Kommo integration, from a store; they are renewed when they end, after a day.</summary>
    /// <param name="accountUrl">The account: <c>https://example.amocrm.ru</c>.</param>
    /// <param name="application">The integration.</param>
    /// <param name="store">Keeps the tokens.</param>
    public static Bitrix24Credentials AmoCrm(string accountUrl, AmoCrmApplication application, ITokenStore store)
    {
        ArgumentNullException.ThrowIfNull(application);
        ArgumentNullException.ThrowIfNull(store);
        return new AmoCrmOAuthCredentials(ParsePortal(accountUrl, nameof(accountUrl)), application, store);
    }

    /// <summary>Exchanges the code with which a user came back from amoCRM for tokens, and saves them.</summary>
    /// <param name="accountUrl">The account, from the parameter <c>referer</c>.</param>
    /// <param name="application">The integration.</param>
    /// <param name="code">The code; it lasts 20 minutes.</param>
    /// <param name="store">Keeps the tokens.</param>
    /// <param name="options">How to reach the account.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Bitrix24ApiException">The code is not taken.</exception>
    public static async Task<Bitrix24Credentials> ExchangeCodeAsync(
        string accountUrl,
        AmoCrmApplication application,
        string code,
        ITokenStore store,
        Bitrix24ClientOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var credentials = AmoCrm(accountUrl, application, store);
        options ??= new();
        var token = await OAuthClient.RequestAsync(
            HttpTransport.ClientOf(options), credentials.Portal, application, "authorization_code", code, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        await store.SaveAsync(credentials.Portal.Authority, token, CancellationToken.None).ConfigureAwait(false);
        return credentials;
    }

    /// <summary>The portal and the kind of credentials, without the secret.</summary>
    public override string ToString() => $"{GetType().Name}({Portal.Authority}, ***)";

    /// <summary>Tells apart whose operating time is used; never printed.</summary>
    internal abstract string Caller { get; }

    /// <summary>Tells apart who shares limits with whom at one host; never printed.</summary>
    internal virtual string LimitOwner => "";

    /// <summary>What the API takes, unless the options say otherwise; the shortest limit first.</summary>
    internal virtual IReadOnlyList<Allowance> NewAllowances() => [new LeakyBucket(Bitrix24RateLimit.Standard)];

    internal abstract Uri AddressOf(string method);

    /// <summary>The address of a method; REST 3.0 has one of its own, where some methods have the names of older ones.</summary>
    internal Uri AddressOf(MethodDescriptor method) =>
        AddressOf(method.Api.Envelope == EnvelopeKind.Bitrix24V3 ? V3Prefix + method.Name : method.Name);

    internal virtual Uri AddressOf(HttpCall call) =>
        throw new InvalidOperationException($"{call.Verb} {call.Target} is not a method of the API that these credentials are for: {Portal.Authority}.");

    internal abstract void Authorize(HttpRequestMessage request);

    /// <summary>Puts the credentials on a request; answers the token that was used, where it can be renewed.</summary>
    internal virtual ValueTask<string?> AuthorizeAsync(
        HttpRequestMessage request,
        HttpClient client,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        Authorize(request);
        return default;
    }

    /// <summary>The portal refused a token as ended; says whether there is another.</summary>
    internal virtual Task<bool> RefusedAsync(string? accessToken, HttpClient client, TimeProvider time, CancellationToken cancellationToken) =>
        Task.FromResult(false);

    /// <summary>
    /// Follows a portal that was renamed. Only within Bitrix24's own cloud and the same domain: anywhere else the
    /// credentials would go to whoever made the redirect.
    /// </summary>
    internal bool TryMove(Uri from, Uri? to)
    {
        if (to is null)
            return false;
        to = new Uri(from, to);
        if (to.Scheme != Uri.UriSchemeHttps || from.Scheme != Uri.UriSchemeHttps || to.Port != from.Port
            || to.AbsolutePath != from.AbsolutePath || to.Host == from.Host)
        {
            return false;
        }

        var domain = DomainOf(from.Host);
        if (!domain.StartsWith("bitrix24.", StringComparison.OrdinalIgnoreCase) || !domain.Equals(DomainOf(to.Host), StringComparison.OrdinalIgnoreCase))
            return false;
        Portal = new Uri(to.GetLeftPart(UriPartial.Authority) + "/");
        return true;
    }

    private static string DomainOf(string host) => host[(host.IndexOf('.', StringComparison.Ordinal) + 1)..];

    /// <summary>Takes the secret out of a text that comes from elsewhere.</summary>
    internal abstract string Redact(string text);

    internal static Uri ParsePortal(string url, string parameter)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || !IsSafe(uri) || uri.UserInfo.Length > 0)
        {
            // The text may be a webhook with its secret: it is not repeated.
            throw new ArgumentException("Not the https address of a portal; http is for loopback only.", parameter);
        }

        return new Uri(uri.GetLeftPart(UriPartial.Authority) + "/");
    }

    internal static bool IsSafe(Uri uri) =>
        uri.Scheme == Uri.UriSchemeHttps
        || (uri.Scheme == Uri.UriSchemeHttp && (uri.IsLoopback || (IPAddress.TryParse(uri.Host, out var ip) && IPAddress.IsLoopback(ip))));
}
