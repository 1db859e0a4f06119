using System.Net;
using System.Text;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>Who calls which portal. Never prints its secret.</summary>
public abstract class Bitrix24Credentials
{
    private const string V3Prefix = "api/";
    internal const string VibeCodeUrl = "https://vibecode.bitrix24.tech";

    private protected Bitrix24Credentials(Uri portal, Secrets secrets) => (Portal, PortalName, Secrets) = (portal, PortalKey.Of(portal), secrets);

    /// <summary>The portal: scheme, host and port.</summary>
    public Uri Portal { get; private set; }

    /// <summary>The portal's name in limits, logs and token stores.</summary>
    internal string PortalName { get; private set; }

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
        HeaderText.Token(token, nameof(token));
        return new AccessTokenCredentials(ParsePortal(portalUrl, nameof(portalUrl)), new FixedToken(token), new(token));
    }

    /// <summary>Tokens of an application, from a store; they are refreshed when they end.</summary>
    /// <param name="portalUrl">The portal: <c>https://example.bitrix24.com</c>.</param>
    /// <param name="application">The application.</param>
    /// <param name="store">Keeps the tokens.</param>
    public static Bitrix24Credentials OAuth(string portalUrl, Bitrix24Application application, ITokenStore store) =>
        RefreshedTokens.CredentialsFor(ParsePortal(portalUrl, nameof(portalUrl)), application, store);

    /// <summary>A VibeCode key.</summary>
    /// <param name="key">The key; one that begins with <c>vibe_app_</c> is an application's and needs a session.</param>
    /// <param name="session">The session of the application's user.</param>
    /// <param name="url">Where the API is.</param>
    public static Bitrix24Credentials VibeCode(string key, string? session = null, string url = VibeCodeUrl)
    {
        HeaderText.Token(key, nameof(key));
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
        HeaderText.Token(token, nameof(token));
        return new AmoCrmCredentials(ParsePortal(accountUrl, nameof(accountUrl)), new FixedToken(token), new(token));
    }

    /// <summary>Tokens of an amoCRM or Kommo integration, from a store; they are refreshed when they end, after a day.</summary>
    /// <param name="accountUrl">The account: <c>https://example.amocrm.ru</c>.</param>
    /// <param name="application">The integration.</param>
    /// <param name="store">Keeps the tokens.</param>
    public static Bitrix24Credentials AmoCrm(string accountUrl, AmoCrmApplication application, ITokenStore store) =>
        RefreshedTokens.CredentialsFor(ParsePortal(accountUrl, nameof(accountUrl)), application, store);

    /// <summary>Exchanges the authorization code of a portal or an amoCRM account for tokens, and saves them.</summary>
    /// <param name="portalUrl">The portal, or the account from amoCRM's parameter <c>referer</c>.</param>
    /// <param name="application">The application.</param>
    /// <param name="code">The code; Bitrix24's lasts 30 seconds, amoCRM's 20 minutes.</param>
    /// <param name="store">Keeps the tokens.</param>
    /// <param name="options">How to reach the authorization server.</param>
    /// <param name="cancellationToken">Cancels the exchange, which may lose the code.</param>
    /// <exception cref="Bitrix24ApiException">The code was refused.</exception>
    /// <exception cref="Bitrix24ConnectionException">No answer arrived.</exception>
    /// <exception cref="Bitrix24ProtocolException">The answer holds no tokens.</exception>
    /// <exception cref="InvalidOperationException">The store has tokens of another application for the portal.</exception>
    public static async Task<Bitrix24Credentials> ExchangeCodeAsync(
        string portalUrl,
        OAuthApplication application,
        string code,
        ITokenStore store,
        Bitrix24ClientOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(code);
        var credentials = RefreshedTokens.CredentialsFor(ParsePortal(portalUrl, nameof(portalUrl)), application, store);
        credentials.Secrets.Add(code);
        var transport = new HttpTransport(options ?? new());
        var key = credentials.PortalName;
        // Before the code is used up.
        await TokenStoreUse.CheckAsync(store, key, application, transport.Time).ConfigureAwait(false);
        var tokens = await TokenReader.RequestAsync(application, credentials.Portal, TokenGrant.Code, code, credentials.Secrets, transport, cancellationToken).ConfigureAwait(false);
        await using (await TokenStoreUse.LockAsync(store, key, transport).ConfigureAwait(false))
            await TokenStoreUse.SaveAsync(store, key, tokens, transport.Time).ConfigureAwait(false);
        return credentials;
    }

    /// <summary>The portal and the kind of credentials, without the secret.</summary>
    public override string ToString() => $"{GetType().Name}({PortalName}, ***)";

    /// <summary>Identifies whose operating time is used; never printed.</summary>
    internal abstract string Caller { get; }

    /// <summary>Identifies those that share limits at one host; never printed.</summary>
    internal virtual string LimitOwner => "";

    /// <summary>What the API takes, unless the options say otherwise; the shortest limit first.</summary>
    internal virtual IReadOnlyList<PermitSource> NewPermitSources() => [new BucketPermits(Bitrix24RateLimit.Standard)];

    /// <summary>Limits that the API has for calls to one path.</summary>
    internal virtual IReadOnlyList<PathLimit> NewPathLimits() => [];

    /// <summary>The number of requests that a call counts as.</summary>
    internal virtual int PermitsOf(MethodDescriptor method, ReadOnlyMemory<byte> parameters) => 1;

    internal abstract Uri AddressOf(string method);

    /// <summary>The address of a method; REST 3.0 has one of its own, where some methods have the names of older ones.</summary>
    internal Uri AddressOf(MethodDescriptor method) =>
        AddressOf(method.Api.Envelope == EnvelopeKind.Bitrix24V3 ? V3Prefix + method.Name : method.Name);

    internal virtual Uri AddressOf(HttpCall call) =>
        throw new InvalidOperationException($"{call.Verb} {call.Target} is not a method of the API that these credentials are for: {Portal.Authority}.");

    /// <summary>What texts from elsewhere must lose before they are printed.</summary>
    internal Secrets Secrets { get; }

    /// <summary>The access tokens that calls carry; null: they carry something else.</summary>
    internal virtual AccessTokens? Tokens => null;

    internal abstract void Authorize(HttpRequestMessage request, string? token);

    /// <summary>Puts the credentials on a request; answers the token that was used, where it can be refreshed.</summary>
    internal virtual async ValueTask<string?> AuthorizeAsync(HttpRequestMessage request, HttpTransport transport, CancellationToken cancellationToken)
    {
        var (token, refreshable) = Tokens is null ? (null, false) : await Tokens.GetAsync(transport, cancellationToken).ConfigureAwait(false);
        Authorize(request, token);
        return refreshable ? token : null;
    }

    /// <summary>
    /// Follows a portal that was renamed. Only within Bitrix24's own cloud and the same domain: anywhere else the
    /// credentials would go to whoever made the redirect.
    /// </summary>
    internal bool TryMove(Uri from, Uri? to)
    {
        if (to is null)
            return false;
        if (!Uri.TryCreate(from, to, out to) || !IsSafe(to) || to.Scheme != Uri.UriSchemeHttps || from.Scheme != Uri.UriSchemeHttps || to.Port != from.Port
            || to.AbsolutePath != from.AbsolutePath || to.Host == from.Host)
        {
            return false;
        }

        var domain = DomainOf(from.Host);
        if (!domain.StartsWith("bitrix24.", StringComparison.OrdinalIgnoreCase) || !domain.Equals(DomainOf(to.Host), StringComparison.OrdinalIgnoreCase))
            return false;
        MoveTo(to);
        return true;
    }

    /// <summary>The portal has another address now.</summary>
    internal void MoveTo(Uri portal)
    {
        var old = PortalName;
        (Portal, PortalName) = (PortalKey.AsciiAddress(portal), PortalKey.Of(portal));
        PortalThrottle.Rename(old, PortalName);
    }

    private static string DomainOf(string host) => host[(host.IndexOf('.', StringComparison.Ordinal) + 1)..];

    internal static Uri ParsePortal(string url, string parameter)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || !IsSafe(uri) || uri.UserInfo.Length > 0)
        {
            // The text may be a webhook with its secret: it is not repeated.
            throw new ArgumentException("Not the https address of a portal; http is for loopback only.", parameter);
        }

        return PortalKey.AsciiAddress(uri);
    }

    /// <summary>An https address, or one of this machine, whose host can be looked up.</summary>
    internal static bool IsSafe(Uri uri) =>
        (uri.Scheme == Uri.UriSchemeHttps && Ascii.IsValid(PortalKey.HostOf(uri)))
        || (uri.Scheme == Uri.UriSchemeHttp && (uri.IsLoopback || (IPAddress.TryParse(uri.Host, out var ip) && IPAddress.IsLoopback(ip))));
}
