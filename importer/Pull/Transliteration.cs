using System.Text;

namespace Bitrix24.Gen.Importer.Pull;

/// <summary>Russian and Ukrainian text in Latin letters, for names in code.</summary>
internal static class Transliteration
{
    private const string Letters = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ";

    private static readonly string[] Latin =
    [
        "a", "b", "v", "g", "d", "e", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya",
        "i", "yi", "ye", "g",
    ];

    /// <summary>The text with its Cyrillic letters replaced; null: a letter of another alphabet stands in it.</summary>
    public static string? Of(string text)
    {
        var latin = new StringBuilder();
        foreach (var letter in text)
        {
            var at = Letters.IndexOf(char.ToLowerInvariant(letter), StringComparison.Ordinal);
            if (at < 0 && char.IsLetter(letter) && !char.IsAscii(letter))
                return null;
            var replaced = at < 0 ? (char.IsAsciiLetterOrDigit(letter) ? letter.ToString() : " ") : Latin[at];
            latin.Append(char.IsUpper(letter) && replaced.Length > 0 ? char.ToUpperInvariant(replaced[0]) + replaced[1..] : replaced);
        }

        return latin.ToString().Trim();
    }
}
