using System.Text.RegularExpressions;

namespace Bitrix24.Gen.Tools;

/// <summary>Finds secrets in texts: that of a webhook, and the values of parameters and members whose names say that they are.</summary>
internal static partial class AddressSecrets
{
    public const string Hidden = "***";

    private const string Names = "[a-z0-9_-]{0,30}(?:" + SecretNames.Outside + ")[a-z0-9_-]{0,30}";

    public static string Hide(string text) => Secret().Replace(text, Hidden);

    /// <summary>
    /// What follows the user in <c>/rest/1/secret/</c>, the values of <c>?auth=</c>, <c>&amp;amp;token=</c> and the like, also in an address
    /// that is a parameter of another, the password in <c>https://user:password@host</c>, also where a path has one slash of the two, and
    /// tokens in JSON and headers.
    /// </summary>
    [GeneratedRegex(
        "(?<=(?:(?<![a-z0-9_])|(?<=%2F))rest(?:/|%2F)(?:api(?:/|%2F))?[0-9]{1,20}(?:/|%2F))[^/\\s'\"?#<>%&]+|(?<=https?:/{1,2}[^/\\s:@]{0,100}:)[^/\\s@]+(?=@)"
        + "|(?<=(?:[?&;,]|%3F|%26)" + Names + "(?:=|%3D))(?:(?!%26)[^&#\\s'\"<>])+"
        + "|(?<=[\"']" + Names + "[\"']\\s{0,3}:\\s{0,3}[\"'])[^\"']+|(?<=\\bBearer )[^\\s\"',;<>]+",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Secret();
}
