namespace Bitrix24;

/// <summary>Host names as allow lists write them: a name, or <c>*.</c> and the domain of names that are one step longer.</summary>
internal static class HostPattern
{
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

    private static bool Matches(string host, string pattern)
    {
        if (!pattern.StartsWith("*.", StringComparison.Ordinal))
            return host.Equals(pattern, StringComparison.OrdinalIgnoreCase);
        var domain = pattern.AsSpan(1);
        return host.Length > domain.Length
            && host.AsSpan().EndsWith(domain, StringComparison.OrdinalIgnoreCase)
            && host.AsSpan(0, host.Length - domain.Length).IndexOf('.') < 0;
    }
}
