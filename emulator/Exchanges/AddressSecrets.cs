using System.Text.RegularExpressions;

namespace Bitrix24.Gen.Tools;

/// <summary>Finds secrets in addresses: that of a webhook, and the values of parameters whose names say that they are.</summary>
internal static partial class AddressSecrets
{
    public const string Hidden = "***";

    public static string Hide(string text) => Secret().Replace(text, Hidden);

    /// <summary>What follows the user in <c>/rest/1/secret/</c>, and the values of <c>?auth=</c>, <c>&amp;amp;token=</c> and the like.</summary>
    [GeneratedRegex("(?<=/rest/(?:api/)?[0-9]{1,20}/)[^/\\s'\"?#<>]+|(?<=[?&;,][a-z_]{0,30}(?:token|secret|passw|auth|key|sessid|sign)[a-z_]{0,30}=)[^&#\\s'\"<>]+",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Secret();
}
