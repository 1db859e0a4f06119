using System.Text;
using Bitrix24.Gen.Emulator.Records;

namespace Bitrix24.Gen.Emulator.State;

/// <summary>
/// Phone numbers and e-mail addresses as a portal compares them when it looks for duplicates: of a number its digits, without
/// the extension; of an address neither case nor blanks around it count.
/// </summary>
internal static class AlikeTexts
{
    private const int NationalLength = 10;

    /// <summary>How a lookup compares texts.</summary>
    public static Func<string, string> Of(JsonObject lookup) => JsonValues.Text(lookup["alike"]) is null ? static text => text : Fold;

    private static string Fold(string text) =>
        text.Any(char.IsLetter) || text.Contains('@', StringComparison.Ordinal) ? text.Trim().ToLowerInvariant() : Number(text);

    private static string Number(string text)
    {
        var digits = new StringBuilder();
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
                digits.Append(c);
            else if (c is '#' or ';' or ',' && digits.Length > 0)
                break;
        }

        var number = digits.ToString();
        if (number.Length < NationalLength)
            return number;
        if (number.StartsWith("00", StringComparison.Ordinal))
            number = number[2..];
        // Russia's trunk prefix: 8 900 123-45-67 is +7 900 123-45-67.
        return number is ['8', not ('0' or '1' or '2'), ..] && text.TrimStart() is not ['+', ..] ? '7' + number[1..] : number;
    }
}
