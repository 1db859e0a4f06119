using System.Text.RegularExpressions;
using Bitrix24.Gen.Emulator;

namespace Bitrix24.Gen.Tools;

/// <summary>
/// Secrets that were typed on a command line, whether the tool has such an option or not: the values of options whose names say that
/// they are.
/// </summary>
internal sealed partial class TypedSecrets(IReadOnlyList<string> words)
{
    // What is shorter guards nothing, and stands in ordinary words.
    private const int Shortest = 6;

    private readonly IReadOnlyList<string> _secrets = [.. Values(words).Where(static v => v.Length >= Shortest).Select(PrintedLine.Of).OrderByDescending(static v => v.Length)];

    public string Hide(string text)
    {
        foreach (var secret in _secrets)
            text = text.Replace(secret, AddressSecrets.Hidden, StringComparison.OrdinalIgnoreCase);
        return AddressSecrets.Hide(text);
    }

    private static IEnumerable<string> Values(IReadOnlyList<string> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (SecretOption().Match(words[i]) is not { Success: true } option)
                continue;
            if (option.Groups["value"] is { Success: true } value)
                yield return value.Value;
            else if (i + 1 < words.Count && !words[i + 1].StartsWith('-'))
                yield return words[i + 1];
        }
    }

    /// <summary><c>--client-secret</c>, <c>--token=value</c>, <c>B24_ACCESS_TOKEN=value</c>; not <c>--tokens</c>, which is a folder.</summary>
    [GeneratedRegex("^(?:-{1,2}|(?=[a-z0-9_]+=))[a-z0-9_-]{0,30}(?:" + SecretNames.Outside + ")(?:[_-][a-z0-9_-]{0,30})?(?:[=:](?<value>.*))?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline, 1000)]
    private static partial Regex SecretOption();
}
