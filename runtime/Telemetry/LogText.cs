using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>Cleans what reaches a log, a tag or the message of an exception, and comes from a server or a user.</summary>
internal static class LogText
{
    private const int MaxCode = 64;
    private const int MaxName = 128;

    /// <summary>An error code as a tag: letters, digits, dots, dashes and underscores, 64 of them at most.</summary>
    public static string Code(string code)
    {
        if (code.Length <= MaxCode && IsCode(code))
            return code.Length == 0 ? "error" : code;
        var clean = string.Concat(code.Take(4 * MaxCode).Where(IsCodeLetter).Take(MaxCode));
        return clean.Length == 0 ? "error" : clean;
    }

    /// <summary>The name of a method as a tag.</summary>
    public static string Name(string method) => Line(method, MaxName);

    /// <summary>
    /// A path as a name: the words of the API stay, such as <c>v1</c> and <c>deal-categories</c>; what tells one record from
    /// another, and may be an address or a token, does not.
    /// </summary>
    public static string Path(string path) => string.Join('/', path.Split('?', '#')[0].Split('/').Select(static s => IsWord(s) ? s : "{id}"));

    /// <summary>A text in one line, without characters that move, hide or turn around what a terminal shows.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">Longer text is cut.</param>
    public static string Line(string? text, int length) => PrintedText.Line(text, length);

    /// <summary>A text whose addresses lose name and password: <c>http://user:password@proxy/</c>.</summary>
    public static string WithoutUserInfo(string text)
    {
        const string start = "://", mask = "***";
        for (var at = text.IndexOf(start, StringComparison.Ordinal); at >= 0; at = text.IndexOf(start, at, StringComparison.Ordinal))
        {
            at += start.Length;
            var end = text.AsSpan(at).IndexOfAny("@/?# \t\r\n'\"");
            if (end > 0 && text[at + end] == '@')
                text = string.Concat(text.AsSpan(0, at), mask, text.AsSpan(at + end));
        }

        return text;
    }

    private static bool IsCode(string code) => code.All(IsCodeLetter);

    private static bool IsCodeLetter(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_';

    private static bool IsWord(string segment) =>
        segment.Length <= 32
        && (segment.All(static c => char.IsAsciiLetterLower(c) || c is '-') || (segment is ['v', .. var version] && version.Length < 3 && version.All(char.IsAsciiDigit)));
}
