using Bitrix24.Gen.Importer.Markdown;

namespace Bitrix24.Gen.Importer.Pages;

/// <summary>All pages of a documentation folder.</summary>
public sealed class DocSet
{
    private readonly Dictionary<string, DocPage> _pages;

    public DocSet(IEnumerable<DocPage> pages)
    {
        Pages = pages.OrderBy(static p => p.Path, StringComparer.Ordinal).ToArray();
        _pages = Pages.ToDictionary(static p => p.Path, StringComparer.Ordinal);
    }

    /// <summary>In ordinal order of their paths.</summary>
    public IReadOnlyList<DocPage> Pages { get; }

    /// <summary>The page that a link on another page names; null when it is not in this set.</summary>
    public DocPage? Follow(DocPage from, string path)
    {
        if (path.Length == 0)
            return from;
        if (path.Contains("://", StringComparison.Ordinal))
            return null;
        var parts = path.StartsWith('/') ? [] : from.Path.Split('/')[..^1].ToList();
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
            else if (part is not ("." or ".."))
                parts.Add(part);
        }

        var target = string.Join('/', parts);
        if (target.EndsWith(".html", StringComparison.Ordinal))
            target = target[..^5] + ".md";
        return _pages.GetValueOrDefault(target);
    }

    /// <summary>The section that a link names.</summary>
    public Section? FollowAnchor(DocPage from, DocLink link) =>
        link.Anchor is { Length: > 0 } anchor ? Follow(from, link.Path)?.FindAnchor(anchor) : null;

    /// <summary>Blocks of a section with its includes replaced by what they name.</summary>
    public IEnumerable<Block> Expand(DocPage page, IEnumerable<Block> blocks)
    {
        foreach (var block in blocks)
        {
            yield return block;
            if (block is Include include && Follow(page, include.Target.Split('#')[0]) is { } target && !ReferenceEquals(target, page))
            {
                foreach (var inner in target.Sections.SelectMany(static s => s.AllBlocks()))
                {
                    if (inner is not Include)
                        yield return inner;
                }
            }
        }
    }
}
