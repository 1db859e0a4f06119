using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Pages;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Shapes;

/// <content>Lists of values.</content>
public static partial class ProseRules
{
    /// <summary>Values of a closed list in a description; empty when there is none, or the list is open.</summary>
    public static IReadOnlyList<string> AllowedValues(string description)
    {
        if (OpenListPattern().IsMatch(description))
            return [];
        // A list in a sentence may go on over several lines.
        var lines = ContinuedPattern().Replace(description.ReplaceLineEndings("\n"), ", ${next}").Split('\n');
        Bullet(lines);
        var listed = new List<string>();
        var depth = -1;
        for (var i = 0; i < lines.Length; i++)
        {
            if (!LeadPattern().IsMatch(lines[i]) || NotValuesPattern().IsMatch(LeadOf(lines[i])) || IsInnermost(lines, i) || (listed.Count > 0 && Depth(lines[i]) != depth))
                continue;
            // "Custom kinds: …", "System kinds: …": parts of one list.
            var values = Bullets(lines, i + 1, isOpen: false);
            if (values.Count == 0 && listed.Count > 0 && i + 1 < lines.Length && BulletPattern().Match(lines[i + 1]) is { Success: true } bullet
                && BulletValuePattern().IsMatch(bullet.Groups["content"].Value))
            {
                return [];
            }

            if (listed.Count == 0)
                depth = Depth(lines[i]);
            listed.AddRange(values.Except(listed, StringComparer.Ordinal));
        }

        return listed.Count > 0 ? listed : ListedInline(lines, InlineListPattern());
    }

    /// <summary>Gives a list that an example shows to be one of texts the values that its row lists for them.</summary>
    public static void ApplyToItems(Member member)
    {
        if (member is not { Enum.Count: 0, Shape: ListShape { Item: ScalarShape { Kind: TypeKind.String } }, Text: { } text }
            || !text.ReplaceLineEndings("\n").Split('\n').Any(static l => Depth(l) < 0 && ValuesLeadPattern().IsMatch(l)))
            return;
        var values = AllowedValues(text);
        if (values.Count > 1 && !values.Any(static v => v == Null || TypeSpelling.Basic(v) is not null))
            member.Enum = values;
    }

    // "The kind of field. Possible values:": what stands before says what has the values.
    private static string LeadOf(string line) => ValuesLeadPattern().Match(line) is { Success: true } lead ? lead.Value : line;

    // Values that stand on lines of their own after a colon need no bullets; some are bold in place of code.
    private static void Bullet(string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
            lines[i] = BoldBulletPattern().Replace(lines[i], "${mark}`${value}`${rest}");
        for (var i = 1; i < lines.Length; i++)
        {
            if (lines[i].StartsWith('`') && (lines[i - 1].TrimEnd().EndsWith(':') || (i > 1 && lines[i - 1].StartsWith("- `", StringComparison.Ordinal))))
                lines[i] = "- " + lines[i];
        }
    }

    // "Offset type: `day`, `week`", or bullets below words that do not speak of values: nothing says that there are no others.
    private static IReadOnlyList<string> BareValues(string description)
    {
        if (OpenListPattern().IsMatch(description))
            return [];
        var lines = description.ReplaceLineEndings("\n").Split('\n');
        if (ListedInline(lines, BareListPattern()) is { Length: > 0 } inline)
            return inline;
        Bullet(lines);
        var first = Array.FindIndex(lines, static l => BulletPattern().IsMatch(l));
        var lead = first < 0 ? -1 : Array.FindLastIndex(lines, first - (first > 0 ? 1 : 0), static l => l.Trim().Length > 0);
        if (lead < 0 || lead >= first || NotValuesPattern().IsMatch(FieldPattern().Replace(lines[lead], "")))
            return [];
        var values = Bullets(lines, first, isOpen: false);
        return values.Count > 1 && ExplainedCodes(string.Join('\n', lines[first..])) is { Count: var explained } && explained == values.Count ? values : [];
    }

    // "If the rating is absent — `0` or `null`", below the list.
    private static IEnumerable<string> AbsentValues(string description) =>
        AbsentPattern().Matches(description.ReplaceLineEndings("\n")).SelectMany(static m => Inline.CodeSpans(m.Groups["values"].Value)).Where(IsValue);

    private static string[] ListedInline(string[] lines, Regex pattern)
    {
        foreach (var line in lines)
        {
            if (pattern.Match(line) is not { Success: true } match || NotValuesPattern().IsMatch(line))
                continue;
            var values = Inline.CodeSpans(match.Groups["list"].Value).Select(static v => v.Trim('\'', '"')).Distinct(StringComparer.Ordinal).ToArray();
            if (values.Length > 1 && values.All(IsValue))
                return values;
        }

        return [];
    }

    /// <summary>Values that a description gives for example, or in a list that other bullets keep open.</summary>
    private static string[] SampleValues(string description)
    {
        var lines = description.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (SamplePattern().Match(lines[i]) is not { Success: true } match)
                continue;
            var values = Inline.CodeSpans(match.Groups["list"].Value).Select(static v => v.Trim('\'', '"')).Where(IsValue).ToArray();
            return values.Length > 0 ? values : [.. Bullets(lines, i + 1, isOpen: false)];
        }

        var lead = Array.FindIndex(lines, static l => ValuesLeadPattern().IsMatch(l));
        return lead < 0 ? [] : [.. Bullets(lines, lead + 1, isOpen: true)];
    }

    /// <summary>Codes that a text explains one by one, in bullets or in a row: <c>`1` — meeting, `2` — call</c>.</summary>
    public static IReadOnlyList<string> ExplainedCodes(string text)
    {
        var values = new List<string>();
        foreach (Match match in ExplainedPattern().Matches(DeniedPattern().Replace(text.ReplaceLineEndings("\n"), "")))
            values.Add(match.Groups["value"].Value.Trim('\'', '"'));
        return values.Count > 1 && values.TrueForAll(IsValue) ? values.Distinct(StringComparer.Ordinal).ToArray() : [];
    }

    private static List<string> Bullets(string[] lines, int from, bool isOpen)
    {
        var values = new List<string>();
        var indent = -1;
        for (var i = from; i < lines.Length; i++)
        {
            var line = lines[i];
            if (line.Trim().Length == 0)
            {
                if (values.Count > 0 && i + 1 < lines.Length && !BulletPattern().IsMatch(lines[i + 1]))
                    break;
                continue;
            }

            var bullet = BulletPattern().Match(line);
            if (!bullet.Success)
            {
                if (values.Count == 0 || line.Length - line.TrimStart().Length <= indent)
                    break;
                continue;
            }

            var depth = bullet.Groups["indent"].Length;
            if (indent < 0)
                indent = depth;
            if (depth > indent)
                continue;
            if (depth < indent)
                break;
            var content = bullet.Groups["content"].Value;
            if (BulletValuePattern().Match(content) is not { Success: true } value || OpenBulletPattern().IsMatch(content))
            {
                if (isOpen)
                    continue;
                return [];
            }

            foreach (var one in Inline.CodeSpans(value.Groups["values"].Value))
            {
                // In quotes nothing is a value too.
                var code = one.Trim('\'', '"');
                if (!IsValue(code) && one is not ("\"\"" or "''"))
                    return [];
                if (!values.Contains(code))
                    values.Add(code);
            }
        }

        return values;
    }

    // Placeholders, patterns and filter operators are no values.
    private static bool IsValue(string value) =>
        value.Length is > 0 and <= 64 && !PlaceholderPattern().IsMatch(value);
}
