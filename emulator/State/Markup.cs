using System.Globalization;
using System.Text.RegularExpressions;

namespace Bitrix24.Gen.Emulator.State;

/// <summary>HTML of a block: its elements by selector, and the text with one of them changed. What is not well formed is left as it stands.</summary>
internal static partial class Markup
{
    private static readonly HashSet<string> Void = new(StringComparer.OrdinalIgnoreCase) { "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr" };

    /// <summary>The elements of a selector: <c>.class</c>, <c>#id</c>, <c>tag</c> or several of them together; of a path the last step. In the order of the text.</summary>
    public static List<Element> Find(string html, string selector)
    {
        var (css, _) = Split(selector);
        var step = css.Split([' ', '>'], StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "";
        var parts = Part().Matches(step).Select(static m => m.Value).ToList();
        return parts.Count == 0 ? [] : [.. Elements(html).Where(e => parts.TrueForAll(p => Has(html, e, p)))];
    }

    /// <summary>The selector without the position behind <c>@</c>; what is no number there is the first.</summary>
    public static (string Css, int? At) Split(string selector) => selector.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at
        ? (selector[..at].Trim(), int.TryParse(selector[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : 0)
        : (selector.Trim(), null);

    public static string? Attribute(string html, Element element, string name) => AttributePattern().Matches(html[element.Start..element.Inner])
        .FirstOrDefault(m => m.Groups["name"].Value.Equals(name, StringComparison.OrdinalIgnoreCase))?.Groups["value"].Value.Trim('"', '\'');

    /// <summary>With the attribute; null takes it away.</summary>
    public static string WithAttribute(string html, Element element, string name, string? value)
    {
        var tag = html[element.Start..element.Inner];
        var written = value is null ? "" : $" {name}=\"{value.Replace("\"", "&quot;", StringComparison.Ordinal)}\"";
        var old = AttributePattern().Matches(tag).FirstOrDefault(m => m.Groups["name"].Value.Equals(name, StringComparison.OrdinalIgnoreCase));
        var head = 1 + element.Tag.Length;
        tag = old is null ? tag[..head] + written + tag[head..] : tag[..old.Index] + written + tag[(old.Index + old.Length)..];
        return html[..element.Start] + tag + html[element.Inner..];
    }

    public static string WithInner(string html, Element element, string inner) => html[..element.Inner] + inner + html[element.InnerEnd..];

    public static string WithTag(string html, Element element, string tag)
    {
        var close = html[element.InnerEnd..element.End].Length > 0 ? $"</{tag}>" : "";
        return html[..element.Start] + "<" + tag + html[(element.Start + 1 + element.Tag.Length)..element.InnerEnd] + close + html[element.End..];
    }

    public static string Outer(string html, Element element) => html[element.Start..element.End];

    /// <summary>Scripts, frames and handlers are in it.</summary>
    public static bool IsDangerous(string html) => Dangerous().IsMatch(html);

    /// <summary>With the text in the middle of each dangerous word.</summary>
    public static string Marked(string html, string splitter) => Dangerous().Replace(html, m => m.Value.Insert(m.Groups["word"].Index - m.Index + ((m.Groups["word"].Length + 1) / 2), splitter));

    private static List<Element> Elements(string html)
    {
        var found = new List<Element>();
        var open = new List<int>();
        foreach (Match tag in TagPattern().Matches(html))
        {
            var name = tag.Groups["tag"].Value;
            if (tag.Groups["close"].Length == 0)
            {
                found.Add(new Element(name, tag.Index, tag.Index + tag.Length, tag.Index + tag.Length, tag.Index + tag.Length));
                if (!Void.Contains(name) && !tag.Value.EndsWith("/>", StringComparison.Ordinal))
                    open.Add(found.Count - 1);
                continue;
            }

            var opened = open.FindLastIndex(i => found[i].Tag.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (opened < 0)
                continue;
            found[open[opened]] = found[open[opened]] with { InnerEnd = tag.Index, End = tag.Index + tag.Length };
            open.RemoveRange(opened, open.Count - opened);
        }

        return found;
    }

    private static bool Has(string html, Element element, string part) => part[0] switch
    {
        '.' => (Attribute(html, element, "class") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Contains(part[1..]),
        '#' => Attribute(html, element, "id") == part[1..],
        _ => element.Tag.Equals(part, StringComparison.OrdinalIgnoreCase),
    };

    [GeneratedRegex(@"<(?<close>/?)(?<tag>[A-Za-z][A-Za-z0-9-]*)([^<>""']|""[^""]*""|'[^']*')*>", RegexOptions.NonBacktracking, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex TagPattern();

    [GeneratedRegex(@"\s+(?<name>[A-Za-z_:][A-Za-z0-9_:.-]*)(\s*=\s*(?<value>""[^""]*""|'[^']*'|[^\s""'>]+))?", RegexOptions.NonBacktracking, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex AttributePattern();

    [GeneratedRegex(
        @"</?(?<word>script|iframe|object|embed|applet|frameset|frame|meta|base)\b|\s(?<word>on[a-z]+)\s*=|(?<word>javascript)\s*:",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Dangerous();

    [GeneratedRegex(@"[.#]?[A-Za-z_][A-Za-z0-9_-]*", RegexOptions.NonBacktracking, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Part();

    /// <summary>Where an element stands in the text: its tag, what is in it, the end of it.</summary>
    internal readonly record struct Element(string Tag, int Start, int Inner, int InnerEnd, int End);
}
