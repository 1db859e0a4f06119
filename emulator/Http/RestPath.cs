namespace Bitrix24.Gen.Emulator.Http;

/// <summary>The parts of <c>/rest/…</c> paths.</summary>
/// <param name="Version">The protocol.</param>
/// <param name="Method">The method as written; empty where the path names none.</param>
/// <param name="Webhook">User and secret, when the path has them.</param>
/// <param name="AsXml">The answer is wanted as XML.</param>
internal sealed record RestPath(RestVersion Version, string Method, WebhookKey? Webhook, bool AsXml = false)
{
    private const string Xml = ".xml";
    private static readonly string[] Suffixes = [".json", Xml];

    /// <summary>The parts, or null when the path is not the REST API's.</summary>
    public static RestPath? Parse(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0 || !parts[0].Equals("rest", StringComparison.Ordinal))
            return null;

        var version = RestVersion.V2;
        var rest = parts.AsSpan(1);
        if (rest.Length > 1 && rest[0].Equals("api", StringComparison.Ordinal))
        {
            version = RestVersion.V3;
            rest = rest[1..];
        }

        return rest.Length switch
        {
            1 => new RestPath(version, WithoutSuffix(rest[0], version), null, IsXml(rest[0], version)),
            3 => new RestPath(version, WithoutSuffix(rest[2], version), new WebhookKey(rest[0], rest[1]), IsXml(rest[2], version)),
            _ => new RestPath(version, "", null),
        };
    }

    private static bool IsXml(string method, RestVersion version) => version == RestVersion.V2 && method.EndsWith(Xml, StringComparison.OrdinalIgnoreCase);

    private static string WithoutSuffix(string method, RestVersion version)
    {
        var suffix = version == RestVersion.V2
            ? Suffixes.FirstOrDefault(s => method.EndsWith(s, StringComparison.OrdinalIgnoreCase))
            : null;
        return suffix is null ? method : method[..^suffix.Length];
    }
}
