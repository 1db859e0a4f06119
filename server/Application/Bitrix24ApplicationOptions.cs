using Microsoft.Extensions.Options;

namespace Bitrix24.AspNetCore;

/// <summary>How an application is set up. Never prints its secret.</summary>
public sealed class Bitrix24ApplicationOptions
{
    /// <summary>The application's id: <c>local.…</c> or <c>app.…</c>.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The application's secret.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>The authorization server; null: Bitrix24's own.</summary>
    public Uri? OAuthServer { get; set; }

    /// <summary>
    /// The address under which portals reach this server, as <c>https://app.example.com</c>; null: the one of the request.
    /// Set it behind a proxy that does not forward the host.
    /// </summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>How large a request may be.</summary>
    public IncomingLimits Limits { get; set; } = IncomingLimits.Default;

    /// <summary>How clients of portals work; HTTP client and logger come from the host unless set here.</summary>
    public Bitrix24ClientOptions Client { get; set; } = new();

    /// <summary>A page may be framed by the portal that opened it, and by nobody else; true unless set.</summary>
    public bool FrameOnlyInPortal { get; set; } = true;

    /// <summary>Reads offline events; null: not read.</summary>
    public OfflineEventOptions? OfflineEvents { get; set; }

    internal Bitrix24Application Application => OAuthServer is null
        ? new(ClientId, ClientSecret)
        : new(ClientId, ClientSecret) { OAuthServer = OAuthServer };
}

/// <summary>How offline events are read.</summary>
public sealed class OfflineEventOptions
{
    /// <summary>How often each portal is asked; a minute unless set. <c>ONOFFLINEEVENT</c> asks at once.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Events a call; 50 unless set.</summary>
    public int BatchSize { get; set; } = 50;

    /// <summary>Portals that are asked at once; 8 unless set.</summary>
    public int Parallel { get; set; } = 8;

    /// <summary>
    /// How often to look for events that a process reserved and left behind when it died; fifteen minutes unless set, and at the start.
    /// The inbox knows what another process is handling: share it if several machines read.
    /// </summary>
    public TimeSpan RecoverAfter { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The source key that the events were bound with.</summary>
    public string? AuthConnector { get; set; }
}

/// <summary>Describes what is wrong with options, never their values.</summary>
internal sealed class Bitrix24ApplicationOptionsValidator : IValidateOptions<Bitrix24ApplicationOptions>
{
    public ValidateOptionsResult Validate(string? name, Bitrix24ApplicationOptions options)
    {
        var problems = new List<string>();
        if (string.IsNullOrWhiteSpace(options.ClientId))
            problems.Add("ClientId is empty.");
        if (string.IsNullOrWhiteSpace(options.ClientSecret))
            problems.Add("ClientSecret is empty.");
        if (options.OAuthServer is { } server && !IsSafe(server))
            problems.Add("OAuthServer is not an https address; http is for loopback only.");
        if (options.PublicUrl is { IsAbsoluteUri: false })
            problems.Add("PublicUrl is not an absolute address.");
        if (options.OfflineEvents is { } offline
            && (offline.Interval <= TimeSpan.Zero || offline.RecoverAfter <= TimeSpan.Zero || offline.BatchSize is < 1 or > 1000 || offline.Parallel is < 1 or > 1000))
            problems.Add("OfflineEvents: Interval and RecoverAfter are above zero, BatchSize and Parallel from 1 to 1000.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static bool IsSafe(Uri uri) => uri.IsAbsoluteUri && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));
}
