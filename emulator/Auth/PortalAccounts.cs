using System.Globalization;
using System.Security.Cryptography;
using Bitrix24.Gen.Emulator.Records;

namespace Bitrix24.Gen.Emulator.Auth;

/// <summary>A caller whose secret or token was right.</summary>
/// <param name="ByWebhook">By a webhook's secret rather than an application's token.</param>
/// <param name="UserId">Whom it acts for.</param>
internal sealed record Caller(bool ByWebhook, int UserId)
{
    public const string Administrator = "administrator";

    /// <summary>The scope that every caller has.</summary>
    public const string BasicScope = "basic";

    /// <summary>Scopes that it was granted; null: all.</summary>
    public IReadOnlyCollection<string>? Scopes { get; init; }

    /// <summary>What the user may do; null: everything.</summary>
    public IReadOnlyCollection<string>? Rights { get; init; }

    /// <summary>Whether the scope was granted; what every caller may ask of the portal itself needs no grant.</summary>
    public bool Covers(string scope) => scope == BasicScope || Scopes?.Contains(scope) != false;

    /// <summary>Whether the user has a right.</summary>
    public bool Has(string right) => Rights?.Contains(right) != false;
}

/// <summary>An access token and what belongs to it.</summary>
internal sealed record IssuedTokens(string AccessToken, string RefreshToken, DateTimeOffset Expires)
{
    /// <summary>Says when the access token ends, not what it is.</summary>
    public override string ToString() => $"IssuedTokens(until {Expires:u}, ***)";
}

/// <summary>The webhook and the application of a portal, and the tokens that the application was given.</summary>
internal sealed partial class PortalAccounts(PortalOptions options, RecordStore records)
{
    /// <summary>How many of the application's tokens a data file has, the latest: more than a client asks for before the first expire.</summary>
    private const int KeptTokens = 100_000;

    public static readonly TimeSpan AccessLifetime = TimeSpan.FromHours(1);
    public static readonly TimeSpan SessionLifetime = TimeSpan.FromHours(24);
    private static readonly TimeSpan RefreshLifetime = TimeSpan.FromDays(180);
    private static readonly TimeSpan CodeLifetime = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _accessTokens = options.Tokens.ToDictionary(
        static t => t.Token, static t => t.Expired ? DateTimeOffset.MinValue : DateTimeOffset.MaxValue, StringComparer.Ordinal);

    private string[]? _lasting;
    private readonly Dictionary<string, DateTimeOffset> _refreshTokens = new(StringComparer.Ordinal);
    private readonly HashSet<string> _lastingRefreshes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _codes = new(StringComparer.Ordinal);

    public string WebhookSecret => field ??= Secret("webhookSecret", options.WebhookSecret, static () => RandomToken(16));

    public string ClientSecret => field ??= Secret("clientSecret", options.ClientSecret, static () => RandomToken(25));

    /// <summary>The VibeCode API key.</summary>
    public string ApiKey => field ??= Secret("apiKey", options.ApiKey, static () => "vibe_api_" + RandomToken(32));

    /// <summary>A VibeCode API key that may only read.</summary>
    public string ReadOnlyKey => field ??= Secret("readOnlyKey", null, static () => "vibe_api_" + RandomToken(32));

    /// <summary>A VibeCode key for management.</summary>
    public string ManagementKey => field ??= Secret("managementKey", null, static () => "vibe_live_" + RandomToken(32));

    /// <summary>The VibeCode key of an application; good together with a session.</summary>
    public string ApplicationKey => field ??= Secret("applicationKey", null, static () => "vibe_app_" + RandomToken(32));

    public string MemberId => field ??= Secret("memberId", null, static () => RandomToken(32));

    public int Refreshes { get; private set; }

    private KeptList<(string Name, string Value)>? Secrets => options.DataFile is null ? null : field ??= new(
        records,
        RecordStore.Apart + "secrets",
        static s => new JsonObject { ["NAME"] = s.Name, ["VALUE"] = s.Value },
        static r => (Values.Text(r["NAME"]) ?? "", Values.Text(r["VALUE"]) ?? ""));

    private KeptList<IssuedTokens>? Tokens => options.DataFile is null ? null : field ??= new(
        records,
        RecordStore.Apart + "tokens",
        static t => new JsonObject { ["ACCESS"] = t.AccessToken, ["REFRESH"] = t.RefreshToken, ["EXPIRES"] = t.Expires.ToUnixTimeSeconds() },
        static r => new(Values.Text(r["ACCESS"]) ?? "", Values.Text(r["REFRESH"]) ?? "", DateTimeOffset.FromUnixTimeSeconds(r["EXPIRES"] as long? ?? 0)));

    // What is shorter would be found in ordinary names.
    private string[] Lasting => _lasting ??= [.. new[] { WebhookSecret, ClientSecret, ApiKey, ReadOnlyKey, ManagementKey, ApplicationKey }
        .Concat(options.Webhooks.Select(static w => w.Secret)).Concat(options.Tokens.Select(static t => t.Token)).Where(static s => s.Length >= 8)];

    private DateTimeOffset Now => options.TimeProvider.GetUtcNow();

    public static string RandomToken(int length) => RandomNumberGenerator.GetHexString(length, lowercase: true);

    /// <summary>Who calls by a webhook; null: there is no such webhook.</summary>
    public Caller? Webhook(string user, string secret)
    {
        Caller? caller = null;
        // All are compared, so that the time tells nothing.
        foreach (var webhook in options.Webhooks.Prepend(new PortalWebhook(options.UserId, WebhookSecret)))
        {
            if (user == webhook.UserId.ToString(CultureInfo.InvariantCulture) & IsSame(secret, webhook.Secret))
                caller = CallerOf(byWebhook: true, webhook.UserId, webhook.Scopes);
        }

        return caller;
    }

    /// <summary>Who calls with an access token.</summary>
    public Caller Application(string token)
    {
        var own = options.Tokens.FirstOrDefault(t => t.Token == token);
        return CallerOf(byWebhook: false, own?.UserId ?? options.UserId, own?.Scopes);
    }

    /// <summary>A text of a call without the portal's secrets: an address that was put together wrongly has one where the method's name should be.</summary>
    public string Redact(string text)
    {
        if (IsKnown(_accessTokens, text) || IsKnown(_refreshTokens, text) || IsKnown(_sessions, text))
            return "***";
        foreach (var secret in Lasting)
            text = text.Replace(secret, "***", StringComparison.OrdinalIgnoreCase);
        return text;
    }

    /// <summary>Whether the token is known, and if so, whether it is still good.</summary>
    public (bool Known, bool Valid) Check(string token) => Check(_accessTokens, token);

    /// <summary>Whether the session of a VibeCode application is known, and if so, whether it is still good.</summary>
    public (bool Known, bool Valid) CheckSession(string session) => Check(_sessions, session);

    /// <summary>A secret of the portal: the given one, the one that its data file has, or a new one.</summary>
    public string Secret(string name, string? given, Func<string> make)
    {
        if (given is not null)
            return given;
        lock (records.Gate)
        {
            if (Secrets?.Items.FirstOrDefault(s => s.Name == name).Value is { Length: > 0 } known)
                return known;
            var made = make();
            Secrets?.Add((name, made));
            return made;
        }
    }

    /// <summary>Takes up the tokens that the data file has.</summary>
    public void LoadTokens()
    {
        foreach (var tokens in Tokens?.Items ?? [])
        {
            lock (_gate)
            {
                _accessTokens[tokens.AccessToken] = tokens.Expires;
                _refreshTokens[tokens.RefreshToken] = tokens.Expires + RefreshLifetime;
            }
        }
    }

    private void Keep(IssuedTokens? tokens, string? used = null)
    {
        // Not under the gate of the tokens: whoever holds that of the records may want it.
        if (used is not null)
            Tokens?.Remove(t => t.RefreshToken == used);
        if (tokens is not null)
            Tokens?.Add(tokens);
        Tokens?.Trim(KeptTokens);
    }

    public void Accept(string accessToken, string refreshToken)
    {
        lock (_gate)
        {
            _accessTokens[accessToken] = DateTimeOffset.MaxValue;
            _refreshTokens[refreshToken] = Now + RefreshLifetime;
            _lastingRefreshes.Add(refreshToken);
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

    /// <summary>Tokens as they go with what the portal sends.</summary>
    public IssuedTokens IssuePair()
    {
        IssuedTokens tokens;
        lock (_gate)
            tokens = Issue(AccessLifetime);
        Keep(tokens);
        return tokens;
    }

    public IssuedTokens? RedeemCode(string code, TimeSpan? lifetime = null)
    {
        IssuedTokens? tokens;
        lock (_gate)
            tokens = TakeCode(code) ? Issue(lifetime ?? AccessLifetime) : null;
        Keep(tokens);
        return tokens;
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
        IssuedTokens tokens;
        lock (_gate)
        {
            if (!_refreshTokens.Remove(refreshToken, out var expires) || Now >= expires)
                return null;
            Refreshes++;
            tokens = Issue(lifetime ?? AccessLifetime);
        }

        Keep(tokens, refreshToken);
        return tokens;
    }

    private (bool Known, bool Valid) Check(Dictionary<string, DateTimeOffset> tokens, string token)
    {
        lock (_gate)
            return tokens.TryGetValue(token, out var expires) ? (true, Now < expires) : (false, false);
    }

    /// <summary>Who calls with a VibeCode key.</summary>
    public Caller KeyOwner() => CallerOf(byWebhook: false, options.UserId, null);

    private Caller CallerOf(bool byWebhook, int user, IReadOnlyCollection<string>? scopes)
    {
        var limited = options.Users.FirstOrDefault(u => u.Id == user);
        return new Caller(byWebhook, user)
        {
            Scopes = scopes ?? options.Scopes,
            Rights = limited is null or { Administrator: true } ? null : limited.Rights,
        };
    }

    private static bool IsSame(string given, string secret) =>
        CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(given), System.Text.Encoding.UTF8.GetBytes(secret));

    private bool TakeCode(string code) => _codes.Remove(code, out var expires) && Now < expires;

    private IssuedTokens Issue(TimeSpan lifetime)
    {
        var tokens = new IssuedTokens(RandomToken(64), RandomToken(64), Now + lifetime);
        _accessTokens[tokens.AccessToken] = tokens.Expires;
        _refreshTokens[tokens.RefreshToken] = Now + RefreshLifetime;
        return tokens;
    }

    private bool IsKnown(Dictionary<string, DateTimeOffset> tokens, string text)
    {
        lock (_gate)
            return tokens.ContainsKey(text);
    }
}
