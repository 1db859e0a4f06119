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

    /// <summary>Reads every Markdown file below a folder.</summary>
    /// <param name="progress">Told the share done, from 0 to 1.</param>
    public static DocSet Load(string folder, Action<double>? progress = null)
    {
        var files = Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories).OrderBy(static f => f, StringComparer.Ordinal).ToArray();
        var pages = new DocPage[files.Length];
        var done = 0;
        Parallel.For(0, files.Length, i =>
        {
            var relative = Path.GetRelativePath(folder, files[i]).Replace('\\', '/');
            pages[i] = DocPage.Read(relative, File.ReadAllText(files[i]));
            progress?.Invoke((double)Interlocked.Increment(ref done) / files.Length);
        });
        return new DocSet(pages);
    }

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
