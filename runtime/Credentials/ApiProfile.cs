using System.Text.Json;

namespace Bitrix24;

/// <summary>
/// What the profile of an API (<c>specs/…/api.b24.json</c>) says of all its calls: where tokens may go, and how many calls it
/// takes. The runtime has the files inside.
/// </summary>
internal sealed class ApiProfile
{
    private static readonly Lazy<ApiProfile> LazyBitrix24 = new(static () => new("bitrix24"));
    private static readonly Lazy<ApiProfile> LazyVibeCode = new(static () => new("vibecode"));
    private static readonly Lazy<ApiProfile> LazyAmoCrm = new(static () => new("amocrm"));

    private readonly JsonElement _profile;

    private ApiProfile(string api)
    {
        using var file = typeof(ApiProfile).Assembly.GetManifestResourceStream($"profiles/{api}.json")!;
        using var document = JsonDocument.Parse(file);
        _profile = document.RootElement.GetProperty("profile").Clone();
        TokenHosts = _profile.TryGetProperty("tokenHosts", out var hosts) ? [.. hosts.EnumerateArray().Select(static h => h.GetString()!)] : [];
        BatchLimit = _profile.TryGetProperty("batchLimit", out var limit) ? limit.GetInt32() : 1;
    }

    public static ApiProfile Bitrix24 => LazyBitrix24.Value;

    public static ApiProfile VibeCode => LazyVibeCode.Value;

    public static ApiProfile AmoCrm => LazyAmoCrm.Value;

    /// <summary>Hosts of authorization servers.</summary>
    public IReadOnlyList<string> TokenHosts { get; }

    /// <summary>Calls or records that the API takes at once.</summary>
    public int BatchLimit { get; }

    /// <summary>The limits of all calls that count requests in a stretch of time, the shortest first.</summary>
    public IReadOnlyList<PermitSource> NewWindows() => [.. Limits()
        .Where(static l => l.TryGetProperty("seconds", out _) && !l.TryGetProperty("path", out _))
        .OrderBy(static l => l.GetProperty("seconds").GetDouble())
        .Select(WindowOf)];

    /// <summary>The limits of calls to one path.</summary>
    public IReadOnlyList<PathLimit> NewPathLimits() => [.. _profile.GetProperty("rateLimits").EnumerateObject()
        .Where(static l => l.Value.TryGetProperty("seconds", out _) && l.Value.TryGetProperty("path", out _))
        .Select(static l => new PathLimit(l.Name, l.Value.GetProperty("path").GetString()!, WindowOf(l.Value)))];

    /// <summary>A limit that is a leaky bucket.</summary>
    public Bitrix24RateLimit Bucket(string name)
    {
        var limit = _profile.GetProperty("rateLimits").GetProperty(name);
        return new(limit.GetProperty("capacity").GetInt32(), limit.GetProperty("perSecond").GetDouble());
    }

    private static SlidingWindow WindowOf(JsonElement limit) =>
        new(limit.GetProperty("requests").GetInt32(), TimeSpan.FromSeconds(limit.GetProperty("seconds").GetDouble()));

    private IEnumerable<JsonElement> Limits() => _profile.GetProperty("rateLimits").EnumerateObject().Select(static l => l.Value);
}
