namespace Bitrix24.Infrastructure;

/// <content>The pattern as it is matched against bytes and characters.</content>
public sealed partial class FieldRules
{
    private AsciiPattern? _ascii;

    /// <summary>Whether ASCII text matches the pattern; null where only the expression itself can tell.</summary>
    internal bool? MatchesAscii(ReadOnlySpan<byte> text) => Pattern is null ? true : (_ascii ??= AsciiPattern.Parse(Pattern)).IsMatch(text);

    /// <summary>Whether text matches the pattern; null where only the expression itself can tell.</summary>
    internal bool? MatchesAscii(ReadOnlySpan<char> text) => Pattern is null ? true : (_ascii ??= AsciiPattern.Parse(Pattern)).IsMatch(text);
}
