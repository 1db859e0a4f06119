using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Markdown;

namespace Bitrix24.Gen.Importer.Pages;

/// <summary>A name that a page may be about, and who spoke for it.</summary>
/// <param name="Name">In the spelling with the most votes.</param>
/// <param name="Score">Sum of the votes.</param>
/// <param name="Witnesses">Which places named it: title, url, calls, slug, text.</param>
public sealed record NameVote(string Name, int Score, IReadOnlyList<string> Witnesses);

/// <summary>Finds the method that a page describes. Title, URLs, calls, file name and text vote: no single one is safe.</summary>
public static partial class MethodName
{
    private const int TitleWeight = 4;
    private const int UrlWeight = 4;
    private const int CallWeight = 3;
    private const int SlugWeight = 3;
    private const int TextWeight = 2;

    /// <summary>The winner; null when nothing on the page looks like a method.</summary>
    public static NameVote? Vote(DocPage page)
    {
        var votes = new Ballot();
        foreach (Match match in DottedPattern().Matches(Inline.PlainText(page.Root.Heading.Text)))
            votes.Add(match.Value, TitleWeight, "title");
        var code = BlockTree.FlattenAll(page.Sections.SelectMany(static s => s.Blocks)).OfType<Code>().ToArray();
        AddShare(votes, code.SelectMany(Urls), UrlWeight, "url");
        AddShare(votes, code.SelectMany(Calls), CallWeight, "calls");
        var opening = page.Root.Blocks.OfType<Paragraph>().Take(3);
        foreach (var name in opening.SelectMany(static p => Inline.CodeSpans(p.Text)).Where(static s => WholePattern().IsMatch(s)).Take(1))
            votes.Add(name, TextWeight, "text");
        votes.AddSlug(Path.GetFileNameWithoutExtension(page.Path), SlugWeight);
        return votes.Winner();
    }

    /// <summary>Methods that the page's examples call over HTTP, and whether it is REST v3.</summary>
    public static IEnumerable<string> Urls(Code code)
    {
        foreach (Match match in UrlPattern().Matches(code.Text))
            yield return match.Groups["name"].Value;
    }

    private static IEnumerable<string> Calls(Code code)
    {
        foreach (Match match in CallPattern().Matches(code.Text))
            yield return match.Groups["name"].Value;
    }

    // Examples may call helpers as well: the vote is shared by how often each is called, and the most frequent takes it whole.
    private static void AddShare(Ballot votes, IEnumerable<string> names, int weight, string witness)
    {
        var groups = names.GroupBy(static n => n, StringComparer.OrdinalIgnoreCase).Select(static g => (Name: Spelling(g), Count: g.Count())).ToArray();
        if (groups.Length == 0)
            return;
        var most = groups.Max(static g => g.Count);
        foreach (var (name, count) in groups)
            votes.Add(name, count == most ? weight : 1, witness);
    }

    private static string Spelling(IEnumerable<string> names) =>
        names.GroupBy(static n => n, StringComparer.Ordinal).OrderByDescending(static g => g.Count()).ThenBy(static g => g.Key, StringComparer.Ordinal).First().Key;

    private sealed class Ballot
    {
        private readonly Dictionary<string, (Dictionary<string, int> Spellings, int Score, List<string> Witnesses)> _votes = new(StringComparer.OrdinalIgnoreCase);

        public void Add(string name, int weight, string witness)
        {
            if (name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase))
                name = name[..name.LastIndexOf('.')];
            if (!_votes.TryGetValue(name, out var vote))
                vote = (new Dictionary<string, int>(StringComparer.Ordinal), 0, []);
            vote.Spellings[name] = vote.Spellings.GetValueOrDefault(name) + weight;
            if (!vote.Witnesses.Contains(witness))
                vote.Witnesses.Add(witness);
            _votes[name] = vote with { Score = vote.Score + weight };
        }

        public void AddSlug(string slug, int weight)
        {
            var key = Letters(slug);
            foreach (var name in _votes.Keys.ToArray())
            {
                var letters = Letters(name);
                if (letters == key)
                    Add(name, weight, "slug");
                else if (name.Contains('.', StringComparison.Ordinal) && key.Length > 3 && (key.StartsWith(letters, StringComparison.Ordinal) || letters.EndsWith(key, StringComparison.Ordinal)))
                    Add(name, weight - 1, "slug");
            }
        }

        public NameVote? Winner()
        {
            var best = _votes.OrderByDescending(static v => v.Value.Score).ThenByDescending(static v => v.Value.Witnesses.Count)
                .ThenBy(static v => v.Key, StringComparer.Ordinal).FirstOrDefault();
            if (best.Key is null)
                return null;
            var spelling = best.Value.Spellings.OrderByDescending(static s => s.Value).ThenBy(static s => s.Key, StringComparer.Ordinal).First().Key;
            return new NameVote(spelling, best.Value.Score, best.Value.Witnesses);
        }

        private static string Letters(string text) => string.Concat(text.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
    }

    [GeneratedRegex(@"\b[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)+", RegexOptions.NonBacktracking)]
    private static partial Regex DottedPattern();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)+$", RegexOptions.NonBacktracking)]
    private static partial Regex WholePattern();

    [GeneratedRegex(@"/rest/(?:[^\s'""/]+/)*(?<name>[A-Za-z][A-Za-z0-9_.]*)(?:/?\s*$|/?[?'""\s])", RegexOptions.NonBacktracking | RegexOptions.Multiline)]
    private static partial Regex UrlPattern();

    [GeneratedRegex(
        @"(?:callMethod|callBatch|CRest::call|core->call|method:|\.Call\(ctx,|callListMethod|fetchListMethod"
        + @"|callLongListMethod)\s*\(?\s*['""](?<name>[A-Za-z][A-Za-z0-9_.]*)['""]", RegexOptions.NonBacktracking)]
    private static partial Regex CallPattern();
}
