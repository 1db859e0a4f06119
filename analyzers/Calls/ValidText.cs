using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Analyzers.Calls;

/// <summary>Finds a text near to a given one that a pattern takes.</summary>
internal static class ValidText
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    /// <summary>The text in lower or upper case, foreign characters replaced by underscores, begun with a letter; null where no form of it matches.</summary>
    public static string? Nearest(string text, FieldSpec field)
    {
        if (field.Pattern is not { } pattern || text.Length == 0)
            return null;
        try
        {
            var regex = new Regex(pattern, RegexOptions.CultureInvariant, Patience);
            return Candidates(text)
                .Select(c => field.MaxLength is { } most && c.Length > most ? c.Substring(0, most) : c)
                .FirstOrDefault(c => c.Length >= (field.MinLength ?? 1) && regex.IsMatch(c));
        }
        catch (Exception e) when (e is ArgumentException or RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Candidates(string text)
    {
        var words = Words(text);
        foreach (var candidate in new[] { text.Trim(), words, words.ToLowerInvariant(), words.ToUpperInvariant() })
        {
            yield return candidate;
            yield return "n" + candidate;
            yield return "N" + candidate;
        }
    }

    private static string Words(string text)
    {
        var words = new StringBuilder(text.Length);
        foreach (var c in text.Trim())
            words.Append(c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') ? c : '_');
        return words.ToString();
    }
}
