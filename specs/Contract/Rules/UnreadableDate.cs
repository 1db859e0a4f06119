#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>Tells texts that no server reads as a moment. Servers read dates as PHP's strtotime does, so most forms pass.</summary>
internal static class UnreadableDate
{
    /// <summary>The text is certainly no date.</summary>
    private const string NoDate = "date";

    /// <summary>The text names a day that its month does not have; PHP counts on into the next month.</summary>
    private const string NoDay = "day";

    private const string Marks = "$<{%*";

    // Words that strtotime reads begin with one of these.
    private static readonly string[] Words =
    [
        "now", "tod", "mid", "noo", "tom", "yes", "sun", "mon", "tue", "wed", "thu", "fri", "sat", "jan", "feb", "mar", "apr", "may", "jun", "jul",
        "aug", "sep", "oct", "nov", "dec", "fir", "sec", "thi", "fou", "fif", "six", "sev", "eig", "nin", "ten", "las", "nex", "pre", "ago", "bac", "fro",
        "day", "wee", "yea", "hou", "min",
    ];

    // These stand only beside a digit or one of the words above.
    private static readonly string[] Beside =
        ["am", "pm", "st", "nd", "rd", "th", "of", "fort", "mil", "mic", "ms", "us", "utc", "gmt", "msk", "cet", "eet", "est", "cst", "pst", "edt", "cdt", "pdt", "bst"];

    /// <summary>The rule that the text breaks: it is no date, or names a day that no calendar has; null: a server may read it.</summary>
    public static string? Problem(string text)
    {
        var hasDigit = false;
        foreach (var c in text)
        {
            // A placeholder, or a reference that the server fills in.
            if (Marks.IndexOf(c) >= 0)
                return null;
            hasDigit |= IsDigit(c);
        }

        if (!hasDigit)
            return text.Trim().Length > 0 && !HasWord(text) ? NoDate : null;
        return HasOtherWord(text) || HasNoTime(text) ? NoDate : OfCalendar(text);
    }

    /// <summary>2026-13-45, 31.02.2026, 13/31/2026.</summary>
    private static string? OfCalendar(string text)
    {
        var at = 0;
        if (!TryPart(text, ref at, out var first, out var length) || !TryMark(text, ref at, out var mark)
            || !TryPart(text, ref at, out var second, out var secondLength) || secondLength > 2
            || !TryMark(text, ref at, out var again) || again != mark || !TryPart(text, ref at, out var third, out var thirdLength))
        {
            return null;
        }

        if (length == 4)
            return thirdLength <= 2 ? OfDay(first, second, third) : null;
        if (length > 2 || thirdLength != 4)
            return null;
        // Portals differ in whether the month or the day comes first.
        return mark == '/' && OfDay(third, first, second) is null ? null : OfDay(third, second, first);
    }

    // A zero is how an empty date is written.
    private static string? OfDay(int year, int month, int day) =>
        month > 12 || day > 31 ? NoDate
        : year > 0 && month > 0 && day > DateTime.DaysInMonth(year, month) ? NoDay
        : null;

    private static bool TryPart(string text, ref int at, out int number, out int length)
    {
        var start = at;
        for (number = 0; at < text.Length && at - start < 5 && IsDigit(text[at]); at++)
            number = (number * 10) + (text[at] - '0');
        length = at - start;
        return length is > 0 and < 5;
    }

    private static bool TryMark(string text, ref int at, out char mark)
    {
        mark = at < text.Length ? text[at] : default;
        at++;
        return mark is '-' or '.' or '/';
    }

    /// <summary>25:00, 10:61.</summary>
    private static bool HasNoTime(string text)
    {
        var colon = text.IndexOf(':');
        return colon >= 2 && colon + 2 < text.Length && IsDigit(text[colon - 1]) && IsDigit(text[colon - 2]) && IsDigit(text[colon + 1]) && IsDigit(text[colon + 2])
            && (Two(text, colon - 2) > 24 || Two(text, colon + 1) > 59);
    }

    private static int Two(string text, int start) => ((text[start] - '0') * 10) + (text[start + 1] - '0');

    private static bool HasWord(string text)
    {
        for (var at = 0; NextWord(text, ref at, out var start);)
        {
            if (Begins(text, start, Words))
                return true;
        }

        return false;
    }

    /// <summary>Whether a word stands beside the digits that no date has: "in 5 days". Names of time zones pass.</summary>
    private static bool HasOtherWord(string text)
    {
        for (var at = 0; NextWord(text, ref at, out var start);)
        {
            var isZone = Mark(text, start - 1) || Mark(text, at) || (at - start < 6 && IsUpperCase(text, start, at));
            if (!isZone && (at - start > 1 || text[start] > 'z') && !Begins(text, start, Words) && !Begins(text, start, Beside))
                return true;
        }

        return false;

        static bool Mark(string text, int index) => index >= 0 && index < text.Length && text[index] is '/' or '_';
    }

    private static bool NextWord(string text, ref int at, out int start)
    {
        while (at < text.Length && !char.IsLetter(text[at]))
            at++;
        start = at;
        while (at < text.Length && char.IsLetter(text[at]))
            at++;
        return start < at;
    }

    private static bool Begins(string text, int start, string[] words)
    {
        foreach (var word in words)
        {
            if (string.Compare(text, start, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0)
                return true;
        }

        return false;
    }

    private static bool IsUpperCase(string text, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (text[i] is < 'A' or > 'Z')
                return false;
        }

        return true;
    }

    private static bool IsDigit(char c) => c is >= '0' and <= '9';
}
