#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs;
#else
namespace Bitrix24;
#endif

/// <summary>Something in the markup of a Vibe widget that a portal does not support (B24119).</summary>
/// <param name="Offset">Where it begins in the markup; 0 where it is about the whole.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Message">What is wrong, and what is supported.</param>
public sealed record WidgetProblem(int Offset, int Length, string Message);

/// <summary>
/// Checks the markup of Vibe widgets: the directives, functions and phrases that portals support, one root, no script.
/// Source: https://apidocs.bitrix24.com/api-reference/vibe/index.html
/// </summary>
public static class WidgetMarkup
{
    private const string Phrase = "$Bitrix.Loc.getMessage(";

    // v-model stands in an example of the documentation, not in its list.
    private static readonly HashSet<string> Directives = new(StringComparer.Ordinal) { "v-if", "v-else", "v-for", "v-model" };

    private static readonly HashSet<string> RawText = new(StringComparer.OrdinalIgnoreCase) { "script", "style", "textarea", "title" };

    private static readonly HashSet<string> Void = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    };

    /// <summary>Checks a widget.</summary>
    /// <param name="content">Its markup (CONTENT).</param>
    /// <param name="rootNode">The selector of its root (<c>rootNode</c> of WIDGET_PARAMS); null: it is not known.</param>
    /// <param name="languages">Its phrases (<c>lang</c>): language to the codes that it has; null: they are not known.</param>
    /// <param name="data">What its demo data has (<c>demoData</c>); null: it is not known, or there is none.</param>
    /// <returns>What is wrong, in the order of the markup.</returns>
    public static IReadOnlyList<WidgetProblem> Check(
        string content, string? rootNode, IReadOnlyDictionary<string, IReadOnlyCollection<string>>? languages, IReadOnlyCollection<string>? data = null)
    {
        var problems = new List<WidgetProblem>();
        var names = new MarkupNames(problems);
        var roots = new List<MarkupTag>();
        var (around, comments) = (new List<string>(), new List<(int Start, int End)>());
        // Of each level, whether an element with v-if was the last thing on it.
        var conditions = new List<bool> { false };
        var beside = -1;
        for (var at = 0; at < content.Length;)
        {
            var open = NextTag(content, at);
            names.AddText(content, at, open);
            var text = FirstText(content, at, open);
            if (around.Count == 0 && beside < 0)
                beside = text;
            if (text >= 0)
                conditions[conditions.Count - 1] = false;
            if (open == content.Length)
                break;
            if (Starts(content, open, "<!--"))
            {
                var end = content.IndexOf("-->", open, StringComparison.Ordinal);
                at = end < 0 ? content.Length : end + 3;
                comments.Add((open, at));
            }
            else if (Starts(content, open, "</"))
            {
                var end = content.IndexOf('>', open);
                at = end < 0 ? content.Length : end + 1;
                Close(around, content.Substring(open + 2, Math.Max(0, (end < 0 ? content.Length : end) - open - 2)).Trim());
                conditions.RemoveRange(around.Count + 1, conditions.Count - around.Count - 1);
            }
            else if (open + 1 < content.Length && IsLetter(content[open + 1]))
            {
                var tag = MarkupTag.Read(content, open);
                at = tag.End;
                CheckTag(content, tag, problems);
                // An element that nobody closed may be the one before.
                if (tag.Has("v-else") && !conditions[conditions.Count - 1] && !(around.Count > 0 && around[around.Count - 1].Equals(tag.Name, StringComparison.OrdinalIgnoreCase)))
                    problems.Add(new(open, tag.Name.Length + 1, "\"v-else\" stands right after an element with v-if."));
                conditions[conditions.Count - 1] = tag.Has("v-if") || tag.Has("v-else-if");
                foreach (var attribute in tag.Attributes)
                {
                    if (attribute.Value is { } value)
                        names.AddAttribute(attribute.Name, value, attribute.ValueOffset);
                }

                if (around.Count == 0)
                    roots.Add(tag);
                if (tag.ClosesItself || Void.Contains(tag.Name))
                    continue;
                around.Add(tag.Name);
                conditions.Add(false);
                if (RawText.Contains(tag.Name) && content.IndexOf("</" + tag.Name, at, StringComparison.OrdinalIgnoreCase) is var end and >= 0)
                    at = end;
            }
            else
            {
                at = open + 1;
            }
        }

        CheckRoots(roots, rootNode, problems);
        if (roots.Count > 0 && beside >= 0)
            problems.Add(new(beside, 1, "Text beside the root element is cleared."));
        CheckPhrases(content, comments, languages, problems);
        CheckData(names, data, problems);
        problems.Sort(static (a, b) => a.Offset.CompareTo(b.Offset));
        return problems;
    }

    /// <summary>Where the next tag begins; signs within expressions begin none.</summary>
    private static int NextTag(string content, int at)
    {
        while (at < content.Length)
        {
            var (tag, expression) = (content.IndexOf('<', at), content.IndexOf("{{", at, StringComparison.Ordinal));
            if (tag < 0)
                return content.Length;
            if (expression < 0 || expression > tag || content.IndexOf("}}", expression, StringComparison.Ordinal) is not (var end and >= 0))
                return tag;
            at = end + 2;
        }

        return content.Length;
    }

    private static int FirstText(string content, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (!char.IsWhiteSpace(content[i]))
                return i;
        }

        return -1;
    }

    // An element that nobody closed ends with the one around it, as <li> and <p> do.
    private static void Close(List<string> around, string name)
    {
        var at = around.FindLastIndex(n => n.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (at >= 0)
            around.RemoveRange(at, around.Count - at);
    }

    private static void CheckRoots(List<MarkupTag> roots, string? rootNode, List<WidgetProblem> problems)
    {
        if (roots.Count == 0)
            problems.Add(new(0, 0, "The markup has no root element."));
        for (var i = 1; i < roots.Count; i++)
            problems.Add(new(roots[i].Start, roots[i].Name.Length + 1, $"<{roots[i].Name}> is a second root element; everything beside the first is cleared."));
        if (roots.Count > 0 && rootNode is not null && Selects(rootNode.Trim(), roots[0]) == false)
            problems.Add(new(roots[0].Start, roots[0].Name.Length + 1, $"rootNode \"{rootNode}\" does not select the root element."));
    }

    /// <summary>Null: the selector is more than a tag, a class or an id.</summary>
    private static bool? Selects(string selector, MarkupTag tag)
    {
        if (selector.Length == 0)
            return false;
        var start = 0;
        while (start < selector.Length)
        {
            var end = start + 1;
            while (end < selector.Length && (IsLetter(selector[end]) || char.IsDigit(selector[end]) || selector[end] is '-' or '_'))
                end++;
            var word = selector.Substring(start, end - start);
            if (end < selector.Length && selector[end] is not ('.' or '#'))
                return null;
            var found = word[0] switch
            {
                '.' => tag.Value("class") is { } names && Array.IndexOf(names.Split([' ', '\t', '\r', '\n']), word.Substring(1)) >= 0,
                '#' => tag.Value("id") == word.Substring(1),
                _ when IsLetter(word[0]) => word.Equals(tag.Name, StringComparison.OrdinalIgnoreCase),
                _ => (bool?)null,
            };
            if (found != true)
                return found;
            start = end;
        }

        return true;
    }

    private static void CheckTag(string content, MarkupTag tag, List<WidgetProblem> problems)
    {
        if (tag.Name.Equals("script", StringComparison.OrdinalIgnoreCase))
            problems.Add(new(tag.Start, tag.Name.Length + 1, "<script> does not run in a widget; use fetch, openApplication and openPath."));
        if (tag.Name.Equals("slot", StringComparison.OrdinalIgnoreCase) || tag.Name.Equals("component", StringComparison.OrdinalIgnoreCase))
            problems.Add(new(tag.Start, tag.Name.Length + 1, $"<{tag.Name}> is not supported: a widget has no components."));
        if (tag.End == content.Length && content[content.Length - 1] != '>')
            problems.Add(new(tag.Start, tag.Name.Length + 1, $"<{tag.Name}> has no \">\"."));
        foreach (var attribute in tag.Attributes)
        {
            var (name, at) = (attribute.Name, attribute.Offset);
            if (IsLetter(name[0]) && !name.StartsWith("v-", StringComparison.Ordinal) && attribute.Value?.IndexOf("{{", StringComparison.Ordinal) >= 0)
                problems.Add(new(at, name.Length, $"An attribute shows {{{{ }}}} as it stands; bind it: \":{name}\"."));
            if (name.StartsWith("v-on:", StringComparison.Ordinal) || name.StartsWith("@", StringComparison.Ordinal))
            {
                var happening = name.Substring(name[0] == '@' ? 1 : "v-on:".Length).Split('.')[0];
                if (happening != "click")
                    problems.Add(new(at, name.Length, $"\"{name}\" is not supported; handlers are @click and v-on:click."));
                else
                    MarkupHandler.Check(attribute.Value ?? "", attribute.ValueOffset, name, at, problems);
            }
            else if (name[0] == '#' || (name.StartsWith("v-", StringComparison.Ordinal) && !name.StartsWith("v-bind:", StringComparison.Ordinal) && !Directives.Contains(name.Split('.')[0])))
            {
                problems.Add(new(at, name.Length, $"\"{name}\" is not supported; directives are v-if, v-else, v-for, bindings such as :class, @click and v-on:click."));
            }
            else if (name.Length > 2 && name.StartsWith("on", StringComparison.OrdinalIgnoreCase) && name.IndexOf('-') < 0)
            {
                problems.Add(new(at, name.Length, $"\"{name}\" runs a script, which a widget cannot have; use @click."));
            }
            else if (name is "v-if" or "v-for" && string.IsNullOrWhiteSpace(attribute.Value))
            {
                problems.Add(new(at, name.Length, $"\"{name}\" needs an expression."));
            }
            else if (attribute.Value is { } value && MarkupScript.IsIn(name, value))
            {
                problems.Add(new(at, name.Length, $"\"{name}\" runs a script, which a widget cannot have."));
            }
        }
    }

    private static void CheckPhrases(
        string content, List<(int Start, int End)> comments, IReadOnlyDictionary<string, IReadOnlyCollection<string>>? languages, List<WidgetProblem> problems)
    {
        if (languages is null)
            return;
        for (var at = content.IndexOf(Phrase, StringComparison.Ordinal); at >= 0; at = content.IndexOf(Phrase, at + 1, StringComparison.Ordinal))
        {
            var start = at + Phrase.Length;
            while (start < content.Length && char.IsWhiteSpace(content[start]))
                start++;
            if (start >= content.Length || content[start] is not ('\'' or '"' or '`') || comments.Exists(c => c.Start < at && at < c.End))
                continue;
            var end = content.IndexOf(content[start], start + 1);
            if (end < 0)
                return;
            var code = content.Substring(start + 1, end - start - 1);
            // What is put together when the widget is shown is not known here.
            if (FirstText(content, end + 1, content.Length) is var after && (after < 0 || content[after] is not (')' or ',')) || (content[start] == '`' && code.Contains("${")))
                continue;
            if (languages.Count == 0)
                problems.Add(new(start + 1, code.Length, $"No language has the phrase \"{code}\"."));
            foreach (var language in languages)
            {
                var has = false;
                foreach (var known in language.Value)
                    has |= known == code;
                if (!has)
                    problems.Add(new(start + 1, code.Length, $"The language \"{language.Key}\" lacks the phrase \"{code}\"."));
            }
        }
    }

    private static void CheckData(MarkupNames names, IReadOnlyCollection<string>? data, List<WidgetProblem> problems)
    {
        if (data is null)
            return;
        foreach (var (name, offset) in names.Used)
        {
            var has = false;
            foreach (var known in data)
                has |= known == name;
            if (!has)
                problems.Add(new(offset, name.Length, $"The demo data has no \"{name}\", which the markup shows."));
        }
    }

    private static bool Starts(string text, int at, string what) => string.CompareOrdinal(text, at, what, 0, what.Length) == 0;

    private static bool IsLetter(char c) => c is >= 'a' and <= 'z' or >= 'A' and <= 'Z';
}
