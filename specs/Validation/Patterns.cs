using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Bitrix24.Gen.Specs;

/// <summary>Matches text against patterns of specs.</summary>
internal static class Patterns
{
    // A spec is not trusted: an expression that backtracks without end must not hang the compiler.
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(250);

    private static readonly ConcurrentDictionary<string, Regex?> Known = new(StringComparer.Ordinal);

    /// <summary>Whether the text matches; true also where the pattern is no regular expression or takes too long.</summary>
    public static bool Matches(string pattern, string text)
    {
        try
        {
            return Known.GetOrAdd(pattern, Compile)?.IsMatch(text) ?? true;
        }
        catch (RegexMatchTimeoutException)
        {
            return true;
        }
    }

    private static Regex? Compile(string pattern)
    {
        try
        {
            return new(pattern, RegexOptions.CultureInvariant, Limit);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
