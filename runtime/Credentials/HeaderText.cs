namespace Bitrix24;

/// <summary>Text that a header may contain: a token or key with other characters would fail every call, or inject headers.</summary>
internal static class HeaderText
{
    /// <summary>Visible ASCII characters, and spaces between them.</summary>
    public static bool IsSafe(string text) =>
        text.Length > 0 && text[0] != ' ' && text[^1] != ' ' && text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0;

    /// <summary>A token or key, which has no spaces either.</summary>
    public static bool IsToken(string? text) => text is { Length: > 0 } && text.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0;

    /// <summary>A token or key as it is.</summary>
    /// <exception cref="ArgumentException">It is empty, or has a character that no header can carry; the text is not repeated.</exception>
    public static string Token(string? text, string parameter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text, parameter);
        return IsToken(text)
            ? text
            : throw new ArgumentException("It has a space, a line break or another character that is not visible ASCII. Was it truncated or decoded with the wrong encoding?", parameter);
    }
}
