using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Bitrix24;

/// <summary>The file names of portals: one portal, one name; two portals, two names.</summary>
internal static class TokenFileName
{
    public const string Extension = ".token.json";

    // Leaves room for the extension, a draft's number and a lock.
    private const int MaxLength = 160;

    /// <summary>The name of a portal's file.</summary>
    /// <param name="portal">The portal's host, and its port where it has its own.</param>
    public static string Of(string portal)
    {
        var name = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(Ascii(portal)))
        {
            if (char.IsAsciiLetterLower((char)b) || char.IsAsciiDigit((char)b) || b is (byte)'.' or (byte)'-')
                name.Append((char)b);
            else
                name.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }

        if (name.Length > MaxLength)
            name.Length = MaxLength - 65;
        else
            return name + Extension;
        return $"{name}~{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(portal))).ToLowerInvariant()}{Extension}";
    }

    /// <summary>
    /// The name that version 0.1 gave the file, where it can be of no other portal; null: it is the same as today's, or
    /// others share it. Letters beyond ASCII had all become underscores: whose tokens such a file holds, nobody can tell.
    /// </summary>
    public static string? Old(string portal)
    {
        var ascii = Ascii(portal);
        var colon = ascii.LastIndexOf(':');
        return colon > 0 && !ascii.StartsWith("xn--", StringComparison.Ordinal) && !ascii.Contains(".xn--", StringComparison.Ordinal)
            && ascii.Where((c, i) => i != colon && !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-')).Any() is false
            ? string.Concat(ascii.AsSpan(0, colon), "_", ascii.AsSpan(colon + 1)) + Extension
            : null;
    }

    private static string Ascii(string portal) =>
        Uri.TryCreate("https://" + portal, UriKind.Absolute, out var address) && address.AbsolutePath == "/" && address.UserInfo.Length == 0 && address.Query.Length == 0
            ? PortalKey.Of(address)
            : portal.ToLowerInvariant();
}
