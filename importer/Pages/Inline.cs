using System.Text;
using System.Text.RegularExpressions;

namespace Bitrix24.Gen.Importer.Pages;

/// <summary>A link in running text.</summary>
/// <param name="Path">Relative path; empty for an anchor of the same page.</param>
public readonly record struct DocLink(string Text, string Path, string? Anchor);

/// <summary>Reads inline Markdown: links, code spans, emphasis.</summary>
public static partial class Inline
{
    /// <summary>Without links, emphasis and, unless they are wanted, code marks; white space collapsed.</summary>
    public static string PlainText(string text, bool codeMarks = false)
    {
        var plain = LinkPattern().Replace(text, static m => m.Groups["text"].Value);
        plain = plain.Replace("**", "", StringComparison.Ordinal);
        if (!codeMarks)
            plain = plain.Replace("`", "", StringComparison.Ordinal);
        plain = EscapePattern().Replace(plain, static m => m.Groups["c"].Value);
        return SpacePattern().Replace(plain, " ").Trim();
    }

    /// <summary>The anchor that the documentation builder derives from a heading.</summary>
    public static string Slug(string heading)
    {
        var builder = new StringBuilder();
        foreach (var c in PlainText(heading).ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(c) || c == '_')
                builder.Append(c);
            else if (c is ' ' or '-' or '.' && builder.Length > 0 && builder[^1] != '-')
                builder.Append('-');
        }

        return builder.ToString().Trim('-');
    }

    public static IEnumerable<DocLink> Links(string text)
    {
        foreach (Match match in LinkPattern().Matches(text))
        {
            var target = match.Groups["target"].Value.Trim();
            var hash = target.IndexOf('#', StringComparison.Ordinal);
            yield return hash < 0
                ? new DocLink(match.Groups["text"].Value, target, null)
                : new DocLink(match.Groups["text"].Value, target[..hash], target[(hash + 1)..]);
        }
    }

    /// <summary>Contents of code spans, of one or three backticks.</summary>
    public static IEnumerable<string> CodeSpans(string text)
    {
        foreach (Match match in CodePattern().Matches(text))
            yield return (match.Groups["long"].Success ? match.Groups["long"] : match.Groups["code"]).Value.Trim();
    }

    [GeneratedRegex(@"\[(?<text>(?:[^\[\]]|\[\])*)\]\((?<target>[^()\s]*)(?:\s+""[^""]*"")?\)", RegexOptions.NonBacktracking)]
    private static partial Regex LinkPattern();

    [GeneratedRegex(@"\\(?<c>[\\|*_`#<>\[\]{}()!.+-])", RegexOptions.NonBacktracking)]
    private static partial Regex EscapePattern();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex SpacePattern();

    [GeneratedRegex(@"```(?<long>[^`]+)```|`(?<code>[^`\n]+)`", RegexOptions.NonBacktracking)]
    private static partial Regex CodePattern();
}
