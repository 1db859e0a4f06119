namespace Bitrix24.Gen.Importer.Markdown;

/// <summary>A piece of a page. Lines count from 1.</summary>
public abstract record Block(int Line);

/// <summary>A heading.</summary>
/// <param name="Anchor">The explicit <c>{#anchor}</c>; null: derived from the text.</param>
public sealed record Heading(int Level, string Text, string? Anchor, int Line) : Block(Line);

/// <summary>Running text and lists: consecutive lines up to a blank one.</summary>
public sealed record Paragraph(string Text, int Line) : Block(Line);

/// <summary>The lines of a <c>&gt;</c> quote.</summary>
public sealed record Quote(string Text, int Line) : Block(Line);

/// <summary>A fenced code block.</summary>
public sealed record Code(string Language, string Text, int Line) : Block(Line);

/// <summary>A YFM table.</summary>
public sealed record Table(IReadOnlyList<TableRow> Rows, int Line) : Block(Line)
{
    /// <summary>Somebody took its rows. What nobody took is reported.</summary>
    internal bool IsRead { get; set; }
}

/// <summary>A row of a <see cref="Table"/>.</summary>
public sealed record TableRow(IReadOnlyList<TableCell> Cells, int Line);

/// <summary>A cell; its text is Markdown itself.</summary>
public sealed record TableCell(string Text, int Line);

/// <summary>A <c>{% note %}</c> or <c>{% cut %}</c>.</summary>
public sealed record Note(string Kind, string Title, IReadOnlyList<Block> Blocks, int Line) : Block(Line);

/// <summary>A <c>{% list tabs %}</c>.</summary>
public sealed record Tabs(IReadOnlyList<Tab> Items, int Line) : Block(Line);

/// <summary>One tab.</summary>
public sealed record Tab(string Title, IReadOnlyList<Block> Blocks, int Line);

/// <summary>An <c>{% include %}</c>.</summary>
/// <param name="Target">The path as written.</param>
public sealed record Include(string Target, int Line) : Block(Line);

/// <summary>Something that does not follow the grammar, and how it was read.</summary>
public sealed record PageProblem(int Line, string Message);
