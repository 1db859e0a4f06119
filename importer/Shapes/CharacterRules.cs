using System.Text;
using System.Text.RegularExpressions;

namespace Bitrix24.Gen.Importer.Shapes;

/// <summary>Turns a sentence on allowed characters into a pattern.</summary>
public static partial class CharacterRules
{
    /// <summary>The pattern; null where the text names no closed set of characters.</summary>
    public static string? Read(string plain)
    {
        var start = StartPattern().Match(plain);
        var set = SetPattern().Match(plain);
        // What a value "can contain" is a closed set only where it says so, or says how the value starts.
        if (!set.Success || !(start.Success || set.Value.Contains("only", StringComparison.OrdinalIgnoreCase) || set.Value.StartsWith("allowed", StringComparison.OrdinalIgnoreCase)))
            return null;
        // Characters that this does not know would be refused.
        if (set.Groups["rest"].Success)
            return null;
        var classes = Classes(set.Groups["set"].Value);
        // Bare letters are how people say "in English".
        if (classes.Length == 0 || !(classes.Contains('0', StringComparison.Ordinal) || classes.Contains('_', StringComparison.Ordinal)))
            return null;
        var first = "";
        if (start.Success)
        {
            var beginning = start.Groups["set"].Value;
            var letters = LowerPattern().IsMatch(beginning) || UpperPattern().IsMatch(beginning) || beginning.Contains("a-z", StringComparison.OrdinalIgnoreCase) ? Classes(beginning) : "";
            first = $"[{(letters.Length > 0 ? letters : Letters(classes))}]";
        }

        return first.Length > 2 ? $"^{first}[{classes}]*$" : $"^[{classes}]+$";
    }

    private static string Letters(string classes) =>
        (classes.Contains("A-Z", StringComparison.Ordinal) ? "A-Z" : "") + (classes.Contains("a-z", StringComparison.Ordinal) ? "a-z" : "");

    private static string Classes(string text)
    {
        var builder = new StringBuilder();
        var lower = text.Contains("a-z", StringComparison.Ordinal) || LowerPattern().IsMatch(text);
        var upper = text.Contains("A-Z", StringComparison.Ordinal) || UpperPattern().IsMatch(text);
        if (!lower && !upper && LatinPattern().IsMatch(text))
            lower = upper = true;
        if (upper)
            builder.Append("A-Z");
        if (lower)
            builder.Append("a-z");
        if (text.Contains("0-9", StringComparison.Ordinal) || DigitPattern().IsMatch(text))
            builder.Append("0-9");
        if (text.Contains('_', StringComparison.Ordinal) || text.Contains("underscore", StringComparison.OrdinalIgnoreCase))
            builder.Append('_');
        var named = NamedPattern().Matches(text).Select(static m => m.Groups["sign"].Value[0]).ToHashSet();
        foreach (var sign in ":;|/+".Where(named.Contains))
            builder.Append(sign);
        if (named.Contains('.') || text.Contains(" dot", StringComparison.OrdinalIgnoreCase) || text.Contains("period", StringComparison.OrdinalIgnoreCase))
            builder.Append('.');
        if (named.Contains('-') || text.Contains("hyphen", StringComparison.OrdinalIgnoreCase) || text.Contains("dash", StringComparison.OrdinalIgnoreCase))
            builder.Append('-');
        return lower || upper ? builder.ToString() : "";
    }

    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase;

    [GeneratedRegex(@"\b(must|should) (start|begin) with (?<set>(a|an|the)?\s*((lowercase|uppercase|capital|latin|english)\s+)*(letter|character)s?\s*(a-z)?(\s*or\s*a-z)?)", Options)]
    private static partial Regex StartPattern();

    [GeneratedRegex(
        @"\b((can|may|must|should) (only )?(use|contain|include|consist of)( only)?|allowed characters( are)?:?|only( the)?( characters| symbols)?:?" +
        @"|consists? (only )?of)\s+(?<set>(([aA]-[zZ]|0-9|only|the|characters?|symbols?|lowercase|uppercase|small|capital|latin|english|letters?|digits?|numbers?" +
        @"|underscores?|hyphens?|dashes|dash|dots?|periods?|and|or|an|a|_|,|-|\(|\)|\.|:|;|\||/|\+)\s*)+)(?<rest>[^\s\w""'`])?", Options)]
    private static partial Regex SetPattern();

    // A sign that stands for itself has room around it; the one that ends a sentence has none before it.
    [GeneratedRegex(@"[\s,](?<sign>[:;|/+.-])(?:,|\s|$)", Options)]
    private static partial Regex NamedPattern();

    [GeneratedRegex(@"\b(lowercase|small)\b", Options)]
    private static partial Regex LowerPattern();

    [GeneratedRegex(@"\b(uppercase|capital)\b", Options)]
    private static partial Regex UpperPattern();

    [GeneratedRegex(@"\b(latin|english|letters?)\b", Options)]
    private static partial Regex LatinPattern();

    [GeneratedRegex(@"\b(digits?|numbers?)\b", Options)]
    private static partial Regex DigitPattern();
}
