#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>Tells texts that no server reads as a moment. Servers read dates as PHP's strtotime does, so most forms pass.</summary>
internal static class UnreadableDate
{
    private const string Marks = "$<{%*";

    // What strtotime reads without a digit begins with one of these.
    private static readonly string[] Words =
    [
        "now", "tod", "mid", "noo", "tom", "yes", "sun", "mon", "tue", "wed", "thu", "fri", "sat", "jan", "feb", "mar", "apr", "may", "jun", "jul",
        "aug", "sep", "oct", "nov", "dec", "fir", "sec", "thi", "fou", "fif", "six", "sev", "eig", "nin", "ten", "las", "nex", "pre", "ago", "bac", "fro",
        "day", "wee", "yea", "hou", "min",
    ];

    /// <summary>Whether the text is certainly no date: it has no digit and no word of time, or a month or day that no calendar has.</summary>
    public static bool Is(string text)
    {
        var hasDigit = false;
        foreach (var c in text)
        {
            // A placeholder, or a reference that the server fills in.
            if (Marks.IndexOf(c) >= 0)
                return false;
            hasDigit |= c is >= '0' and <= '9';
        }

        return hasDigit ? IsOutOfCalendar(text) : text.Trim().Length > 0 && !HasWord(text);
    }

    // 2026-13-45
    private static bool IsOutOfCalendar(string text) =>
        text.Length >= 10 && text[4] == '-' && text[7] == '-' && Number(text, 0, 4) >= 0
        && (Number(text, 5, 2) > 12 || Number(text, 8, 2) > 31);

    private static int Number(string text, int start, int length)
    {
        var number = 0;
        for (var i = start; i < start + length; i++)
        {
            if (text[i] is < '0' or > '9')
                return -1;
            number = (number * 10) + (text[i] - '0');
        }

        return number;
    }

    private static bool HasWord(string text)
    {
        foreach (var word in Words)
        {
            for (var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
            {
                if (at == 0 || !char.IsLetter(text[at - 1]))
                    return true;
            }
        }

        return false;
    }
}
