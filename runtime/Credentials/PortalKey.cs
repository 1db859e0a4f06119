using System.Globalization;
using System.Text;

namespace Bitrix24;

/// <summary>The name under which a portal is known to token stores, limits and logs.</summary>
internal static class PortalKey
{
    /// <summary>
    /// The host in its ASCII form (<c>xn--…</c>) and lower case, so that one portal has one name however it is spelt, and
    /// the port unless it is the scheme's own.
    /// </summary>
    public static string Of(Uri portal)
    {
        var host = HostOf(portal);
        return portal.IsDefaultPort ? host : host + ":" + portal.Port.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The host in its ASCII form and lower case; as it is written where it has none, as of characters that no name may have.</summary>
    public static string HostOf(Uri address)
    {
        // The dot at the end of a full name is no part of it.
        var host = address.Host.TrimEnd('.').ToLowerInvariant();
        if (address.HostNameType != UriHostNameType.Dns || Ascii.IsValid(host))
            return host;
        try
        {
            return new IdnMapping().GetAscii(host);
        }
        catch (ArgumentException)
        {
            return WrittenHostOf(address) ?? host;
        }
    }

    // Older rules take names that the newer ones refuse, and the other way round.
    private static string? WrittenHostOf(Uri address)
    {
        try
        {
            return address.IdnHost.TrimEnd('.').ToLowerInvariant();
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    /// <summary>An address with the host in its ASCII form.</summary>
    public static Uri AsciiAddress(Uri address) => new($"{address.Scheme}://{Of(address)}/");
}
