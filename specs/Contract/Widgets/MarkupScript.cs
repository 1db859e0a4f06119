using System.Net;
using System.Text;

#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs;
#else
namespace Bitrix24;
#endif

/// <summary>Finds script in the addresses of a widget's markup, as a browser reads them.</summary>
internal static class MarkupScript
{
    private const string Embedded = "srcdoc";

    // No scheme is longer.
    private const int Longest = 16;

    private static readonly HashSet<string> Addresses = new(StringComparer.OrdinalIgnoreCase) { "href", "xlink:href", "src", "action", "formaction", "data", "poster", "to" };

    private static readonly string[] Schemes = ["javascript:", "vbscript:", "data:text/html"];

    /// <summary>Whether the value of an attribute, or the text that is bound to it, runs a script.</summary>
    public static bool IsIn(string attribute, string value)
    {
        var name = attribute.StartsWith("v-bind:", StringComparison.Ordinal) ? attribute.Substring("v-bind:".Length) : attribute.TrimStart(':', '.');
        if (name.Equals(Embedded, StringComparison.OrdinalIgnoreCase))
            return WebUtility.HtmlDecode(value).IndexOf("<script", StringComparison.OrdinalIgnoreCase) >= 0;
        if (!Addresses.Contains(name.Split('.')[0]))
            return false;
        var address = Address(WebUtility.HtmlDecode(value), isBound: name != attribute);
        return Array.Exists(Schemes, s => address.StartsWith(s, StringComparison.OrdinalIgnoreCase));
    }

    // Browsers skip what cannot be seen before an address, and line ends and tabs within.
    private static string Address(string text, bool isBound)
    {
        var address = new StringBuilder(Longest);
        foreach (var c in text)
        {
            if (address.Length == Longest)
                break;
            if (c is not ('\t' or '\r' or '\n') && (address.Length > 0 || !(c <= ' ' || (isBound && c is '\'' or '"' or '`'))))
                address.Append(c);
        }

        return address.ToString();
    }
}
