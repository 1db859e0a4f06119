using System.Text.RegularExpressions;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>Texts of documented errors with what the call gave in place of the page's example.</summary>
internal static partial class ErrorText
{
    /// <summary>The text; null: the page shows none.</summary>
    /// <param name="text">The documented text.</param>
    /// <param name="field">The parameter or field that is wrong.</param>
    /// <param name="given">What the call gave for it.</param>
    public static string? Filled(string? text, string field, string? given)
    {
        if (text?.Contains('{', StringComparison.Ordinal) != true)
            return text;
        given ??= "";
        // This text has braces around the value, whatever it is.
        text = Invalid().Replace(text, m => m.Groups["lead"].Value + given + m.Groups["rest"].Value);
        return Named().Replace(text, m => m.Groups["name"].Value switch
        {
            "field" => field,
            "value" => given,
            // So has this one, around names of parameters.
            var name when !m.Groups["parameter"].Success && name.Equals(field, StringComparison.OrdinalIgnoreCase) => given,
            _ => m.Value,
        });
    }

    [GeneratedRegex(@"(?<lead>^Invalid value \{)[^}]*(?<rest>\} to match with)", RegexOptions.NonBacktracking, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Invalid();

    [GeneratedRegex(@"(?<parameter>parameter )?\{(?<name>[A-Za-z_]+)\}", RegexOptions.NonBacktracking, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Named();
}
