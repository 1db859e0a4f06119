using System.Globalization;
using System.Text;

#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>
/// Texts from outside (a spec, a server, a file name) on their way to a log, a tag, a console or the output of a build: the
/// one function that cleans them.
/// </summary>
#if BITRIX24_SPECS
public
#else
internal
#endif
static class PrintedText
{
    /// <summary>
    /// A text in one line, without characters that end it, steer a terminal, or hide or turn around what it shows: what is
    /// left of it cannot pass for another line.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="longest">What is longer is cut.</param>
    public static string Line(string? text, int longest = int.MaxValue)
    {
        if (text is null)
            return "";
        var isCut = text.Length > longest;
        var end = isCut ? longest : text.Length;
        if (isCut && end > 0 && char.IsHighSurrogate(text[end - 1]))
            end--;
        if (!isCut && IsClean(text))
            return text;
        var line = new StringBuilder(end + 1);
        for (var i = 0; i < end; i++)
        {
            var isPair = char.IsHighSurrogate(text[i]) && i + 1 < end && char.IsLowSurrogate(text[i + 1]);
            if (text[i] is '\n' or '\r' or '\t')
                line.Append(' ');
            else if (IsUnseen(text, i))
                line.Append('\uFFFD');
            else
                line.Append(text, i, isPair ? 2 : 1);
            if (isPair)
                i++;
        }

        return isCut ? line.Append('…').ToString() : line.ToString();
    }

    private static bool IsClean(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is >= ' ' and <= '~')
                continue;
            if (IsUnseen(text, i))
                return false;
            if (char.IsHighSurrogate(text[i]))
                i++;
        }

        return true;
    }

    // Of a pair the category is that of both, so that a half has that of surrogates.
    private static bool IsUnseen(string text, int index) => CharUnicodeInfo.GetUnicodeCategory(text, index) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
