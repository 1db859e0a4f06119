using Bitrix24.Gen.Importer.Markdown;

namespace Bitrix24.Gen.Importer.Pages;

/// <summary>A heading and what stands below it, up to the next heading of its level.</summary>
public sealed class Section(Heading heading, Section? parent)
{
    private readonly List<Block> _blocks = [];
    private readonly List<Section> _children = [];

    public Heading Heading { get; } = heading;

    public Section? Parent { get; } = parent;

    /// <summary>Blocks up to the first sub-heading.</summary>
    public IReadOnlyList<Block> Blocks => _blocks;

    public IReadOnlyList<Section> Children => _children;

    public string Title => Inline.PlainText(Heading.Text);

    public string Anchor => Heading.Anchor ?? Inline.Slug(Heading.Text);

    /// <summary>This section and all below it, in page order.</summary>
    public IEnumerable<Section> SelfAndDescendants()
    {
        yield return this;
        foreach (var child in _children)
        {
            foreach (var section in child.SelfAndDescendants())
                yield return section;
        }
    }

    /// <summary>Blocks of this section, of the notes in it and, when asked, of the sections below.</summary>
    public IEnumerable<Block> AllBlocks(bool deep = false) =>
        deep ? SelfAndDescendants().SelectMany(static s => BlockTree.Flatten(s._blocks)) : BlockTree.Flatten(_blocks);

    internal void Add(Block block) => _blocks.Add(block);

    internal void Add(Section child) => _children.Add(child);
}

/// <summary>A page of the documentation.</summary>
public sealed class DocPage
{
    private readonly Dictionary<string, Section> _byAnchor = new(StringComparer.OrdinalIgnoreCase);

    private DocPage(string path, Section root, IReadOnlyList<PageProblem> problems)
    {
        Path = path;
        Root = root;
        Problems = problems;
        foreach (var section in root.SelfAndDescendants())
        {
            _byAnchor.TryAdd(section.Anchor, section);
            _byAnchor.TryAdd(Inline.Slug(section.Heading.Text), section);
        }
    }

    /// <summary>Relative to the documentation's folder, with <c>/</c>.</summary>
    public string Path { get; }

    /// <summary>Everything; its heading is the page's title.</summary>
    public Section Root { get; }

    public IReadOnlyList<PageProblem> Problems { get; }

    public string Title => Root.Title;

    public IEnumerable<Section> Sections => Root.SelfAndDescendants();

    public Section? FindAnchor(string anchor) =>
        _byAnchor.TryGetValue(anchor, out var section) || _byAnchor.TryGetValue(Inline.Slug(anchor), out section) ? section : null;

    public static DocPage Read(string path, string text)
    {
        var reader = new YfmReader();
        var blocks = reader.Read(text);
        var title = blocks.OfType<Heading>().FirstOrDefault() ?? new Heading(1, "", null, 1);
        var root = new Section(new Heading(0, title.Text, title.Anchor, title.Line), null);
        var current = root;
        foreach (var block in blocks)
        {
            if (block is not Heading heading)
            {
                current.Add(block);
                continue;
            }

            if (ReferenceEquals(heading, title))
                continue;
            while (current.Parent is not null && current.Heading.Level >= heading.Level)
                current = current.Parent;
            var section = new Section(heading, current);
            current.Add(section);
            current = section;
        }

        return new DocPage(path, root, reader.Problems);
    }
}

/// <summary>Visits blocks within blocks.</summary>
public static class BlockTree
{
    /// <summary>The blocks and those inside notes; tabs stay closed.</summary>
    public static IEnumerable<Block> Flatten(IEnumerable<Block> blocks)
    {
        foreach (var block in blocks)
        {
            yield return block;
            if (block is not Note note)
                continue;
            foreach (var inner in Flatten(note.Blocks))
                yield return inner;
        }
    }

    /// <summary>The blocks, those inside notes and those inside tabs.</summary>
    public static IEnumerable<Block> FlattenAll(IEnumerable<Block> blocks)
    {
        foreach (var block in Flatten(blocks))
        {
            yield return block;
            if (block is not Tabs tabs)
                continue;
            foreach (var inner in tabs.Items.SelectMany(static t => FlattenAll(t.Blocks)))
                yield return inner;
        }
    }
}
