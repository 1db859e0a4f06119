#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>Validates texts that are addresses, by their form: whether somebody answers there only a call could tell.</summary>
internal static class AddressRule
{
    private const string Data = "data:";

    /// <summary>What is wrong with an address; null: nothing.</summary>
    public static string? Problem(AddressKind kind, string name, string text)
    {
        if (text.Length == 0 || (kind == AddressKind.Image && text.StartsWith(Data, StringComparison.OrdinalIgnoreCase)))
            return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
        {
            return kind == AddressKind.Image
                ? $"\"{name}\" must be the address of a picture, or its content as data:."
                : $"\"{name}\" must be an address that begins with https:// or http://.";
        }

        return kind == AddressKind.Public && !IsPublic(address)
            ? $"\"{name}\" must be an address that the server can call; {address.Host} is known to this network only."
            : null;
    }

    private static bool IsPublic(Uri address)
    {
        var host = address.DnsSafeHost;
        if (address.HostNameType == UriHostNameType.Dns)
        {
            return host.IndexOf('.') > 0
                && !host.EndsWith(".local", StringComparison.OrdinalIgnoreCase)
                && !host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
                && !host.EndsWith(".internal", StringComparison.OrdinalIgnoreCase);
        }

        if (!System.Net.IPAddress.TryParse(host, out var ip))
            return true;
        var bytes = ip.GetAddressBytes();
        if (bytes.Length == 16)
            return !System.Net.IPAddress.IsLoopback(ip) && !ip.IsIPv6LinkLocal && (bytes[0] & 0xFE) != 0xFC;
        return bytes[0] is not (0 or 10 or 127)
            && !(bytes[0] == 172 && bytes[1] is >= 16 and <= 31)
            && !(bytes[0] == 192 && bytes[1] == 168)
            && !(bytes[0] == 169 && bytes[1] == 254);
    }
}
