using System.Security.Cryptography;

namespace Bitrix24.Gen.Emulator.Auth;

/// <summary>A caller whose secret or token was right.</summary>
/// <param name="ByWebhook">By a webhook's secret rather than an application's token.</param>
/// <param name="UserId">Whom it acts for.</param>
internal sealed record Caller(bool ByWebhook, int UserId);

/// <summary>An access token and what belongs to it.</summary>
internal sealed record IssuedTokens(string AccessToken, string RefreshToken, DateTimeOffset Expires);

/// <summary>The webhook and the application of a portal, and the tokens that the application was given.</summary>
internal sealed class PortalAccounts(PortalOptions options)
{
    public static readonly TimeSpan AccessLifetime = TimeSpan.FromHours(1);
    public static readonly TimeSpan SessionLifetime = TimeSpan.FromHours(24);
    private static readonly TimeSpan RefreshLifetime = TimeSpan.FromDays(180);
    private static readonly TimeSpan CodeLifetime = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _accessTokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _refreshTokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _codes = new(StringComparer.Ordinal);

    public string WebhookSecret { get; } = options.WebhookSecret ?? RandomToken(16);

    public string ClientSecret { get; } = options.ClientSecret ?? RandomToken(25);

    /// <summary>The VibeCode API key.</summary>
    public string ApiKey { get; } = options.ApiKey ?? "vibe_api_" + RandomToken(32);

    /// <summary>A VibeCode API key that may only read.</summary>
    public string ReadOnlyKey { get; } = "vibe_api_" + RandomToken(32);

    /// <summary>A VibeCode key for management.</summary>
    public string ManagementKey { get; } = "vibe_live_" + RandomToken(32);

    /// <summary>The VibeCode key of an application; good together with a session.</summary>
    public string ApplicationKey { get; } = "vibe_app_" + RandomToken(32);

    public string MemberId { get; } = RandomToken(32);

    public int Refreshes { get; private set; }

    private DateTimeOffset Now => options.TimeProvider.GetUtcNow();

    public static string RandomToken(int length) => RandomNumberGenerator.GetHexString(length, lowercase: true);

    public bool IsWebhook(string user, string secret) =>
        user == options.UserId.ToString(System.Globalization.CultureInfo.InvariantCulture)
        && CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(secret), System.Text.Encoding.UTF8.GetBytes(WebhookSecret));

    /// <summary>Whether the token is known, and if so, whether it is still good.</summary>
    public (bool Known, bool Valid) Check(string token) => Check(_accessTokens, token);

    /// <summary>Whether the session of a VibeCode application is known, and if so, whether it is still good.</summary>
    public (bool Known, bool Valid) CheckSession(string session) => Check(_sessions, session);

    public void Accept(string accessToken, string refreshToken)
    {
        lock (_gate)
        {
            _accessTokens[accessToken] = DateTimeOffset.MaxValue;
            _refreshTokens[refreshToken] = Now + RefreshLifetime;
        }
    }

    public void Expire(string accessToken)
    {
        lock (_gate)
        {
            if (_accessTokens.ContainsKey(accessToken))
                _accessTokens[accessToken] = DateTimeOffset.MinValue;
        }
    }

    public void ExpireAll()
    {
        lock (_gate)
        {
            foreach (var tokens in new[] { _accessTokens, _sessions })
            {
                foreach (var token in tokens.Keys.ToList())
                    tokens[token] = DateTimeOffset.MinValue;
            }
        }
    }

    public string IssueCode()
    {
        var code = RandomToken(40);
        lock (_gate)
            _codes[code] = Now + CodeLifetime;
        return code;
    }

    public IssuedTokens? RedeemCode(string code, TimeSpan? lifetime = null)
    {
        lock (_gate)
            return TakeCode(code) ? Issue(lifetime ?? AccessLifetime) : null;
    }

    /// <summary>A session for a code, which is worth nothing afterwards.</summary>
    public string? RedeemSession(string code)
    {
        lock (_gate)
            return TakeCode(code) ? IssueSession() : null;
    }

    public string IssueSession()
    {
        var session = "vibe_session_" + RandomToken(48);
        lock (_gate)
            _sessions[session] = Now + SessionLifetime;
        return session;
    }

    /// <summary>New tokens for a refresh token, which is worth nothing afterwards.</summary>
    public IssuedTokens? Refresh(string refreshToken, TimeSpan? lifetime = null)
    {
        lock (_gate)
        {
            if (!_refreshTokens.Remove(refreshToken, out var expires) || Now >= expires)
                return null;
            Refreshes++;
            return Issue(lifetime ?? AccessLifetime);
        }
    }

    private (bool Known, bool Valid) Check(Dictionary<string, DateTimeOffset> tokens, string token)
    {
        lock (_gate)
            return tokens.TryGetValue(token, out var expires) ? (true, Now < expires) : (false, false);
    }

    private bool TakeCode(string code) => _codes.Remove(code, out var expires) && Now < expires;

    private IssuedTokens Issue(TimeSpan lifetime)
    {
        var tokens = new IssuedTokens(RandomToken(64), RandomToken(64), Now + lifetime);
        _accessTokens[tokens.AccessToken] = tokens.Expires;
        _refreshTokens[tokens.RefreshToken] = Now + RefreshLifetime;
        return tokens;
    }
}
