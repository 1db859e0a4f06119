using System.Text.RegularExpressions;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Shapes;

/// <summary>Tells what answers call their records from keys that are data.</summary>
internal static partial class RecordNames
{
    /// <summary>Whether a member of an answer is named for what the method works on, and not by a key that is data.</summary>
    public static bool Fit(string methodName, string member)
    {
        var method = Letters(methodName);
        return CSharpNames.Pascal(member) is var words && WordPattern().Matches(words).Select(static m => m.Value.ToLowerInvariant().TrimEnd('s'))
            .Any(word => word is "item" or "list" or "data" or "record" or "element" or "row" or "entry" or "result" or "object" or "field"
                || (word.Length > 2 && method.Contains(word.EndsWith("ie", StringComparison.Ordinal) ? word[..^2] : word, StringComparison.Ordinal)));
    }

    private static string Letters(string text) => string.Concat(text.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    [GeneratedRegex("[A-Z][a-z0-9]*", RegexOptions.NonBacktracking)]
    private static partial Regex WordPattern();
}
