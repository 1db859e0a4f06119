using System.Text.RegularExpressions;
using Bitrix24.Gen.Emulator.Records;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>Texts of documented errors with what the call gave in place of the page's example.</summary>
internal static partial class ErrorText
{
    /// <summary>The text; null: the page shows none.</summary>
    /// <param name="text">The documented text.</param>
    /// <param name="field">The parameter or field that is wrong.</param>
    /// <param name="given">What the call gave for it.</param>
    /// <param name="type">The kind of value that it takes, in the server's words.</param>
    public static string? Filled(string? text, string field, string? given, string? type = null)
    {
        if (text?.Contains('{', StringComparison.Ordinal) != true)
            return text;
        given ??= "";
        // This text has braces around the value, whatever it is.
        text = Invalid().Replace(text, m => m.Groups["lead"].Value + given + m.Groups["rest"].Value);
        return Named().Replace(text, m => m.Groups["name"].Value switch
        {
            "field" => m.Groups["parameter"].Value + field,
            "value" => m.Groups["parameter"].Value + given,
            "type" when type is not null => m.Groups["parameter"].Value + type,
            // So has this one, around names of parameters.
            var name when !m.Groups["parameter"].Success && name.Equals(field, StringComparison.OrdinalIgnoreCase) => given,
            _ => m.Value,
        });
    }

    /// <summary>A text that lists all required fields, with those alone that the call leaves out.</summary>
    public static string? WithMissing(string? text, JsonNode? holder)
    {
        if (text is null || holder is not JsonObject given)
            return text;
        var clauses = text.Split(", ");
        if (clauses.Length > 1 && Array.TrueForAll(clauses, static c => Clause().IsMatch(c)))
            return string.Join(", ", clauses.Where(c => JsonValues.IsNothing(JsonValues.Member(given, Clause().Match(c).Groups["name"].Value))).DefaultIfEmpty(text));
        if (Listed().Match(text) is not { Success: true } list)
            return text;
        var missing = list.Groups["names"].Value.Split(", ").Where(n => JsonValues.IsNothing(JsonValues.Member(given, n))).ToList();
        return missing.Count == 0 ? text : list.Groups["lead"].Value + string.Join(", ", missing);
    }

    /// <summary>A text that ends with the names of required fields, with those that the call leaves out.</summary>
    /// <param name="text">The text.</param>
    /// <param name="missing">The fields that are missing.</param>
    /// <param name="other">Another text with the names in the server's order; null: none.</param>
    public static string WithAll(string text, IReadOnlyList<string> missing, string? other = null)
    {
        if (missing.Count == 0 || Ending().Match(text) is not { Success: true } match)
            return text;
        var order = $"{match.Groups["names"].Value}, {(other is null ? "" : Ending().Match(other).Groups["names"].Value)}".Split(", ");
        return $"{match.Groups["lead"].Value} {string.Join(", ", missing.OrderBy(m => Array.IndexOf(order, m) is >= 0 and var at ? at : order.Length))}";
    }

    /// <summary>A text that speaks of an item of a list, <c>MESSAGES[{N}]</c>, with the item's index.</summary>
    public static string? WithIndex(string? text, string path) =>
        text?.Contains("{N}", StringComparison.Ordinal) == true && Index().Match(path) is { Success: true } index ? text.Replace("{N}", index.Groups["at"].Value, StringComparison.Ordinal) : text;

    [GeneratedRegex(@"[.\[](?<at>[0-9]+)", RegexOptions.NonBacktracking, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Index();

    [GeneratedRegex(@"^(?<lead>[^:]*fields: )(?<names>[A-Za-z_]+(, [A-Za-z_]+)+)$", RegexOptions.NonBacktracking, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Listed();

    [GeneratedRegex("^(?<lead>Required fields:) *(?<names>[A-Za-z0-9_#, ]*)$", RegexOptions.NonBacktracking, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Ending();

    [GeneratedRegex("^(?<name>[A-Za-z_]+) is not (found|defined|specified|set|provided)$", RegexOptions.NonBacktracking, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Clause();

    [GeneratedRegex(@"(?<lead>^Invalid value \{)[^}]*(?<rest>\} to match with)", RegexOptions.NonBacktracking, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Invalid();

    [GeneratedRegex(@"(?<parameter>parameter )?\{\$?(?<name>[A-Za-z_]+)\}", RegexOptions.NonBacktracking, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Named();
}
