using System.Globalization;

namespace Bitrix24.Gen.Testing;

/// <summary>A text that would pass for another line of what is printed, steer a terminal, or hide a part of itself.</summary>
public static class HostileText
{
    /// <summary>Line ends of every kind, an escape sequence, a text direction, a joiner, tags (a pair) and half a pair.</summary>
    public const string Value = "x\r\nother.cs(1,1): error CS9999: forged\n::error::forged\u0085\u2028\u2029\u001b[2J\u202egnp\u200d\U000E0041\ud800";

    /// <summary>As JSON writes it.</summary>
    public static string Json { get; } = string.Concat(Value.Select(static c => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}")));

    /// <summary>Whether a text is one line that shows what it is.</summary>
    public static bool IsClean(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (CharUnicodeInfo.GetUnicodeCategory(text, i) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                return false;
            if (char.IsHighSurrogate(text[i]))
                i++;
        }

        return true;
    }
}
