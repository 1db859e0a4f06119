using System.Text.RegularExpressions;

namespace Bitrix24.Gen.Importer.Pages;

/// <summary>Headings under which a page says what a method answers.</summary>
internal static partial class AnswerHeadings
{
    public static bool Is(Section section) => Pattern().IsMatch(section.Title);

    /// <summary>Whether the section, or one around it, says what the method answers.</summary>
    public static bool Around(Section section)
    {
        for (var at = section; at is not null; at = at.Parent)
        {
            if (Is(at))
                return true;
        }

        return false;
    }

    [GeneratedRegex(
        @"^returned data|^response (data|parameters|fields)|^(data )?returned|^(successful response|response on success|response|result|response handling"
        + @"|response structure)$|^(returned (values?|fields|parameters)|fields returned)", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();
}
