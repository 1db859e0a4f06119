using System.Text.RegularExpressions;

namespace Bitrix24.Gen.Importer.Shapes;

/// <content>The words by which descriptions state rules.</content>
public static partial class ProseRules
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase;

    [GeneratedRegex(@"(^|[.(,]\s*|\bis |\bfield is |\bparameter is )read[- ]?only\b", Options)]
    private static partial Regex ReadOnlyPattern();

    [GeneratedRegex(@"\bISO[- ]?8601\b", Options)]
    private static partial Regex IsoPattern();

    [GeneratedRegex(@"\b(cannot|can't|can not|must not) be (changed|modified|edited)( after (creation|creating|adding)[^.]*)?\s*(\.|$)|\bimmutable\b|\bnot (editable|modifiable)\s*(\.|$)", Options)]
    private static partial Regex ImmutablePattern();

    [GeneratedRegex(@"\b(must|should) be (a )?unique\b", Options)]
    private static partial Regex UniquePattern();

    [GeneratedRegex(@"(^|\.\s+)(deprecated|obsolete|outdated)\b", Options)]
    private static partial Regex DeprecatedPattern();

    // "Identifier of the parent document or null for the root".
    [GeneratedRegex(@"\bor null(\.|,|;|$| if| for | when )", RegexOptions.NonBacktracking)]
    private static partial Regex OrNullPattern();

    [GeneratedRegex(@"(\b(values?|options|variants|types|modes|statuses|one of|following|accepts|takes?|can be)\b[^`]*[:—-]?\s*$)|:\s*$", Options)]
    private static partial Regex LeadPattern();

    // A bullet leads to the bullets below it, not to those beside it: "`Money` — monetary value" is one of the list.
    private static bool IsInnermost(string[] lines, int at) =>
        Depth(lines[at]) is >= 0 and var depth && (at + 1 == lines.Length || Depth(lines[at + 1]) <= depth);

    private static int Depth(string line) => BulletPattern().Match(line) is { Success: true } bullet ? bullet.Groups["indent"].Length : -1;

    [GeneratedRegex(@"\b(possible|allowed|available|supported|following) (values|types|variants|options)\b[^`]*:\s*$", Options)]
    private static partial Regex ValuesLeadPattern();

    [GeneratedRegex(@"^If [^`\n]{1,60}\b(absent|missing) [—-] (?<values>`[^`\n]+`( or `[^`\n]+`)?)\s*$", Options | RegexOptions.Multiline)]
    private static partial Regex AbsentPattern();

    [GeneratedRegex(
        @"\b(for example|e\.g\.|such as|example|examples|format|formats|prefix|prefixes|operators?|operations?|mask|masks|filter|keys?|fields?|where|structure|method"
        + @"|methods|among others|etc|parameters|contains|includes|objects? with|properties|may contain|depends|characters?|symbols?)\b", Options)]
    private static partial Regex NotValuesPattern();

    [GeneratedRegex(
        @"\b(possible|allowed|acceptable|available|valid|permissible|accepted|supported)\s+(values?|options|types|modes)(\s+are|\s+is)?\s*[:—-]?\s*(?<list>`[^`]+`[^.`]{0,120}([,;/|]" +
        @"|or|and)\s*`[^`]+`.*)$|\b(accepts|takes|can take|can be|either)\s+(the\s+)?(values?\s+)?(?<list>`[^`]+`[^.`]{0,40}(,|or|and|/)\s*`[^`]+`[^.]*)", Options)]
    private static partial Regex InlineListPattern();

    [GeneratedRegex(@":\s*(?<list>`[^`]+`(\s*(,|,?\s*or|,?\s*and|/)\s*`[^`]+`)+)\s*\.?\s*$", Options)]
    private static partial Regex BareListPattern();

    // The list is not all there is.
    [GeneratedRegex(@"\b(any other|other values|(basic|main|typical|common|standard|popular) values|own values?|arbitrary|not limited to|and others|among others|and so on)\b", Options)]
    private static partial Regex OpenListPattern();

    // The value stands for many: "128 or higher", "the identifier of a particular type".
    [GeneratedRegex(@"\b(or|and) (higher|above|greater|up)\b|\b(identifiers?|IDs?|codes?) of (a|the) (specific|particular|corresponding|given)\b", Options)]
    private static partial Regex OpenBulletPattern();

    [GeneratedRegex(@",[ \t]*\n[ \t]*(?<next>\**`)", RegexOptions.NonBacktracking)]
    private static partial Regex ContinuedPattern();

    [GeneratedRegex(@"\b(for example|e\.g\.|such as|examples?( of)?( values?)?|value examples?)\s*[:,—-]?\s*(?<list>(\**`[^`]+`[^`.]{0,20})+|$)", Options)]
    private static partial Regex SamplePattern();

    [GeneratedRegex(@"`(?<value>[^`]+)`\s*(?:—|–|-|:|=)\s*[^`,;]", RegexOptions.NonBacktracking)]
    private static partial Regex ExplainedPattern();

    // A list of what does not work: "Sorting by these is not supported:".
    [GeneratedRegex(@"^[^\n]*\b(not supported|not available|cannot be used)\b[^\n]*:[ \t]*\n([ \t]*[-*][^\n]*(\n|$))+",
        RegexOptions.NonBacktracking | RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex DeniedPattern();

    [GeneratedRegex(@"^(?<mark>\s*[-*+]\s+)\*\*(?<value>[A-Za-z0-9_]{1,40})\*\*(?<rest>\s*(—|–|-|:).*)$", RegexOptions.NonBacktracking)]
    private static partial Regex BoldBulletPattern();

    // The field that has the values, not one of several that are listed.
    [GeneratedRegex(@"\b(the|a|this) (\**`[^`]+`\** )?field\b", Options)]
    private static partial Regex FieldPattern();

    [GeneratedRegex(@"^(?<indent>\s*)[-*+]\s+(?<content>.+)$", RegexOptions.NonBacktracking)]
    private static partial Regex BulletPattern();

    [GeneratedRegex(@"^(?<values>\**`[^`]+`\**(\s*(,|or|and|/|\|)\s*\**`[^`]+`\**)*)\s*($|—|–|-|:|\(|=|,|;|\.|\|)", RegexOptions.NonBacktracking)]
    private static partial Regex BulletValuePattern();

    [GeneratedRegex(@"\.\.\.|[{}<>\[\]%@=]|^[!]|XXX|xxx|\s|^\.|^N$N|_n$|_N$|\*", RegexOptions.NonBacktracking)]
    private static partial Regex PlaceholderPattern();

    [GeneratedRegex(@"\b(by default|defaults? to|default value( is| set to| is set to)?|default( is)?)\s*,?\s*(—|–|-|:|,|value|the value|is|is set to)?\s*`(?<value>[^`]+)`", Options)]
    private static partial Regex DefaultPattern();

    [GeneratedRegex(
        @"\b(up to|maximum length( of [\w ]{0,30})?( is|:| —| -)?|max(imum)?( is)?|(must|can|should|may)(not| not)? exceed|not exceed(ing)?|no more than|at most"
        + @"|not longer than|no longer than|limited to|length limit is)\s+(?<n>\d[\d, ]{0,7}\d|\d)\s+(characters|chars|symbols|bytes)", Options)]
    private static partial Regex MaxLengthPattern();

    [GeneratedRegex(@"\b(at least|minimum( length)?( of| is|:| —)?|no less than|not less than)\s+(?<n>\d+)\s+(characters|chars|symbols)", Options)]
    private static partial Regex MinLengthPattern();

    [GeneratedRegex(@"\b(from|between|range of|range:?)\s+(?<min>-?\d+)\s*(to|and|–|—|-|\.\.)\s*(?<max>\d+)\b(\s*\.|\s*$|\s*,|\s+inclusive|\s*\))", Options)]
    private static partial Regex RangePattern();

    [GeneratedRegex(@"\b(greater than or equal to|not less than|no less than|at least|minimum( value)?( is| —| -|:)?)\s+(?<n>-?\d+)(\s*\.|\s*$|\s*,|\s+and)", Options)]
    private static partial Regex AtLeastPattern();

    [GeneratedRegex(@"\b(must be|should be|is)\s+greater than\s+(?<n>\d+)\b", Options)]
    private static partial Regex GreaterPattern();

    [GeneratedRegex(@"\b(less than or equal to|not more than|no more than|at most|maximum( value)?( is| —| -|:)?|must not exceed|cannot exceed)\s+(?<n>\d[\d,]*\d|\d)(\s*\.|\s*$|\s*,)", Options)]
    private static partial Regex AtMostPattern();

    [GeneratedRegex(
        @"\b(at least one of[^`.]{0,80}|(pass|provide|specify|set|fill)( in)? either (the )?(parameters? |fields? )?)"
        + @"(?<names>`\w+`(\s*(parameter|field)?\s*(,|,?\s*or|,?\s*and)\s*(the\s+)?`\w+`)+)", Options)]
    private static partial Regex OneOfPattern();

    [GeneratedRegex(
        @"\b(required|mandatory)\s*,?\s+(if|when|unless)\s+(the\s+)?(parameters?\s+|fields?\s+|neither\s+|both\s+)?(?<names>`\w+`((,|\s+or|\s+and"
        + @"|\s+nor)\s*`\w+`)*)\s*(parameters?\s+|fields?\s+)?((is|are|was|were)\s+(not|missing|empty|absent)|(is|are)n't|is omitted)", Options)]
    private static partial Regex RequiredWithoutPattern();

    [GeneratedRegex(@"\b(is |be )?used instead of the `(?<name>\w+)` (parameter|field)", Options)]
    private static partial Regex InsteadPattern();

    [GeneratedRegex(
        @"\b(required|mandatory)\s*,?\s+(only\s+)?(if|when|for)\s+(the\s+)?(parameter\s+|field\s+|value of\s+)?`(?<field>\w+)`\s*(is|=|equals|is equal to|is set to"
        + @"|has the value|with the values?|with values?)?\s*:?\s*(?<values>`[^`]+`((,|,?\s+or)\s+`[^`]+`)*)", Options)]
    private static partial Regex RequiredIfPattern();

    // "Required for visible commands `hidden: false`".
    [GeneratedRegex(@"\b(required|mandatory)\s*,?\s+(only\s+)?(if|when|for)\s+(\w+\s+){0,3}`(?<field>\w+)\s*(=|:)\s*(?<value>['""]?[\w-]+['""]?)`", Options)]
    private static partial Regex RequiredIfWithinPattern();

    [GeneratedRegex(
        @"\b(required|mandatory)\s*,?\s+(only\s+)?(if|when|unless|for)\b|\b(relevant|used|applies|needed|specified|arrives|comes) only (for|in|when|if)\b"
        + @"|\bparameter (can|may) be (omitted|left out)\b", Options)]
    private static partial Regex ConditionallyRequiredPattern();

    [GeneratedRegex(@"^[A-Za-z_]\w*$", RegexOptions.NonBacktracking)]
    private static partial Regex NamePattern();
}
