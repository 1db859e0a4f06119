using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Markdown;

namespace Bitrix24.Gen.Importer.Pages;

/// <summary>What a page is about.</summary>
public enum PageKind
{
    Method,
    Event,
    Placement,

    /// <summary>Overviews, articles, dictionaries.</summary>
    Other,
}

/// <summary>What a page is about, and the method where it is one.</summary>
public sealed record PageRole(PageKind Kind, NameVote? Name);

/// <summary>Tells method pages from the others.</summary>
public static partial class PageClassifier
{
    private const int FewestPoints = 5;

    public static PageRole Classify(DocPage page)
    {
        var vote = MethodName.Vote(page);
        var titles = page.Sections.Select(static s => s.Title).ToArray();
        if (EventTitlePattern().IsMatch(page.Title) && !HasOwnName(vote) || titles.Any(static t => HandlerPattern().IsMatch(t)) && vote?.Witnesses.Contains("slug") != true)
            return new PageRole(PageKind.Event, null);
        if (PlacementTitlePattern().IsMatch(page.Title) && !HasOwnName(vote))
            return new PageRole(PageKind.Placement, null);
        if (vote is null || vote.Score < FewestPoints || !HasOwnName(vote) || IsForeign(vote.Name))
            return new PageRole(PageKind.Other, vote);
        if (!titles.Any(static t => MethodSectionPattern().IsMatch(t)) && !(vote.Witnesses.Contains("title") && vote.Witnesses.Contains("slug") && page.Root.AllBlocks().OfType<Table>().Any()))
            return new PageRole(PageKind.Other, vote);
        // An overview names methods, but is about none: it lists them.
        if (Path.GetFileName(page.Path) == "index.md" && !vote.Witnesses.Contains("title"))
            return new PageRole(PageKind.Other, vote);
        return new PageRole(PageKind.Method, vote);
    }

    // A page owns a name that its title or file name carries, or that its own text introduces and its examples call.
    private static bool HasOwnName(NameVote? vote) =>
        vote is not null && ((vote.Witnesses.Contains("title") && vote.Witnesses.Count > 2) || vote.Witnesses.Contains("slug") || (vote.Witnesses.Contains("text") && vote.Witnesses.Contains("url")));

    // Functions of the JavaScript library, and events, which shout.
    private static bool IsForeign(string name) =>
        name.StartsWith("BX24.", StringComparison.OrdinalIgnoreCase) || !name.Any(char.IsLower);

    [GeneratedRegex(@"^on[A-Z]\w+|\bevent\b.*\bOn[A-Z]\w+|\bOn[A-Z]\w+\s*$|\bON[A-Z_]{4,}\s*$", RegexOptions.NonBacktracking)]
    private static partial Regex EventTitlePattern();

    [GeneratedRegex(@"\b[A-Z]+(_[A-Z0-9]+)+\b", RegexOptions.NonBacktracking)]
    private static partial Regex PlacementTitlePattern();

    [GeneratedRegex(@"what the handler receives|event handler parameters", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex HandlerPattern();

    [GeneratedRegex(@"code examples?|method parameters|response|returned data|request parameters|^parameters|^examples?$|error handling", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex MethodSectionPattern();
}
