using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Markdown;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Pages;

/// <summary>What the head of a method page says: scope, who may call, whether it is retired, and for what.</summary>
/// <param name="Deprecated">It is to be removed, or does nothing any more.</param>
/// <param name="Superseded">It works, its development has stopped.</param>
/// <param name="Access">Who may call it; null: it depends, or the page does not say.</param>
/// <param name="Successor">The page or method that a note of either names.</param>
public sealed record PageFacts(string? Scope, bool ApplicationOnly, bool WebhookOnly, bool Deprecated, bool Superseded, Access? Access, DocLink? Successor, bool V3)
{
    /// <summary>A note says that something else is to be called.</summary>
    public bool Retired => Deprecated || Superseded;

    public static PageFacts Read(DocPage page) => Reader.Read(page);
}

internal static partial class Reader
{
    public static PageFacts Read(DocPage page)
    {
        string? scope = null;
        foreach (var quote in page.Sections.SelectMany(static s => s.Blocks).OfType<Quote>())
        {
            if (ScopePattern().Match(quote.Text) is { Success: true } match)
            {
                scope = Inline.CodeSpans(match.Groups["scope"].Value).FirstOrDefault() ?? Inline.PlainText(match.Groups["scope"].Value);
                scope = scope.Split(',', ' ', '—')[0].Trim();
                if (!ScopeNamePattern().IsMatch(scope))
                    scope = null;
                break;
            }
        }

        var notes = page.Sections.SelectMany(static s => s.AllBlocks()).OfType<Note>().ToArray();
        var deprecation = notes.FirstOrDefault(static n =>
            n.Kind is "warning" or "alert" && (DeprecatedPattern().IsMatch(n.Title) || n.Blocks.OfType<Paragraph>().Any(static p => HaltedPattern().IsMatch(p.Text)))
            && !AboutPartPattern().IsMatch(n.Title));
        var dead = deprecation is not null && DeadPattern().IsMatch(deprecation.Title + ' ' + string.Join(' ', deprecation.Blocks.OfType<Paragraph>().Select(static p => Inline.PlainText(p.Text))));
        var retired = deprecation is not null || page.Path.Split('/').Any(static p => p is "outdated" or "deprecated");
        var successor = deprecation?.Blocks.OfType<Paragraph>().SelectMany(static p => Inline.Links(p.Text)).Select(static l => (DocLink?)l)
            .FirstOrDefault(static l => l!.Value.Path.EndsWith(".md", StringComparison.Ordinal));
        var text = string.Join('\n', page.Root.AllBlocks().Concat(page.Sections.SelectMany(static s => s.AllBlocks())).Select(static b => b switch
        {
            Paragraph p => p.Text,
            Quote q => q.Text,
            _ => "",
        }));
        var v3 = page.Sections.SelectMany(static s => BlockTree.FlattenAll(s.Blocks)).Any(static b => b switch
        {
            Include { Target: var target } => target.Contains("error-info-v3", StringComparison.Ordinal),
            Code { Text: var code } => code.Contains("/rest/api/", StringComparison.Ordinal),
            _ => false,
        });
        return new PageFacts(scope, ApplicationPattern().IsMatch(text), WebhookPattern().IsMatch(text), dead, retired && !dead, AccessNote.Read(page), successor, v3);
    }

    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase;

    [GeneratedRegex(@"scope:\s*(?<scope>[^\n]+)", Options)]
    private static partial Regex ScopePattern();

    [GeneratedRegex(@"^[a-z][\w.]*$", RegexOptions.NonBacktracking)]
    private static partial Regex ScopeNamePattern();

    [GeneratedRegex(@"deprecated|outdated|obsolete|discontinued|halted", Options)]
    private static partial Regex DeprecatedPattern();

    [GeneratedRegex(@"development of (this|the) method (has|is) |method (is|has been) (deprecated|discontinued)", Options)]
    private static partial Regex HaltedPattern();

    // What a note says of a method that is gone, or is about to go: development that has stopped leaves it working.
    [GeneratedRegex(
        @"\b(does|do|will) (not|no longer) (work|function|do anything|have any effect)\b|\bno longer (works?|functions?|available|supported|does)\b|\b(has" +
        @"|have) no effect\b|\bdoes nothing\b|\b(will be|is being|are being|has been|have been|was|were) (removed|deleted|disabled|turned off|shut down|switched off)\b" +
        @"|\bnot displayed\b|\bonly functions? in the old\b", Options)]
    private static partial Regex DeadPattern();

    [GeneratedRegex(@"\bevent\b|\bfield\b|\bparameter\b", Options)]
    private static partial Regex AboutPartPattern();

    [GeneratedRegex(
        @"(works|available|can be (called|used|executed)|executed|runs) only (in|within|from|with) (the )?(context|scope|authorization)? ?(of |from )?(an |the " +
        @"|a )?(\[)?(application|app)\b|only (in|within) the (\[)?application context|method (can|must) only be called from an application|not available (for|via" +
        @"|through) (a )?(\[)?webhook|cannot be called (via|through|using) (a )?(\[)?webhook", Options)]
    private static partial Regex ApplicationPattern();

    [GeneratedRegex(@"only (via|through|by) (a |an )?(incoming |inbound )?webhook", Options)]
    private static partial Regex WebhookPattern();
}
