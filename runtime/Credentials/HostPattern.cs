namespace Bitrix24;

/// <summary>Host names as allow lists write them: a name, or <c>*.</c> and the domain of names that are one step longer.</summary>
internal static class HostPattern
{
    private const string Any = "*.";

    public static bool Matches(Uri address, IReadOnlyList<string> patterns)
    {
        var host = PortalKey.HostOf(address);
        foreach (var pattern in patterns)
        {
            if (Matches(host, pattern))
                return true;
        }

        return false;
    }

    /// <summary>A pattern with its host in ASCII form.</summary>
    /// <exception cref="ArgumentException">It is none, or matches every host of a top-level domain.</exception>
    public static string Checked(string? pattern, string parameter)
    {
        var isDomain = pattern?.StartsWith(Any, StringComparison.Ordinal) == true;
        if (Uri.TryCreate($"https://{(isDomain ? pattern![Any.Length..] : pattern)}/", UriKind.Absolute, out var address)
            && address is { PathAndQuery: "/", Fragment: "", UserInfo: "", IsDefaultPort: true }
            && (isDomain ? address.HostNameType == UriHostNameType.Dns : address.HostNameType is not (UriHostNameType.Unknown or UriHostNameType.Basic))
            && PortalKey.HostOf(address) is var host && (!isDomain || host.Contains('.', StringComparison.Ordinal)))
        {
            return isDomain ? Any + host : host;
        }

        throw new ArgumentException($"'{LogText.Line(pattern, 100)}' is not the name of a host; write crm.example.com, or *.example.com for the hosts of a domain.", parameter);
    }

    private static bool Matches(string host, string pattern)
    {
        if (!pattern.StartsWith(Any, StringComparison.Ordinal))
            return host.Equals(pattern, StringComparison.OrdinalIgnoreCase);
        var domain = pattern.AsSpan(1);
        return host.Length > domain.Length
            && host.AsSpan().EndsWith(domain, StringComparison.OrdinalIgnoreCase)
            && host.AsSpan(0, host.Length - domain.Length).IndexOf('.') < 0;
    }
}
