using System.Globalization;
using System.Text.RegularExpressions;

namespace Bitrix24.Gen.Importer.Markdown;

/// <summary>Reads Yandex Flavored Markdown as the Bitrix24 documentation uses it. Never throws; what it cannot place becomes a problem or text.</summary>
public sealed partial class YfmReader
{
    private const int MaxDepth = 12;

    private readonly List<PageProblem> _problems = [];

    /// <summary>What did not follow the grammar.</summary>
    public IReadOnlyList<PageProblem> Problems => _problems;

    /// <summary>Reads text that starts at a given line of its page.</summary>
    public IReadOnlyList<Block> Read(string text, int firstLine = 1)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var source = new SourceLine[lines.Length];
        for (var i = 0; i < lines.Length; i++)
            source[i] = new SourceLine(lines[i].TrimEnd(), firstLine + i);
        return ReadBlocks(source, 0);
    }

    internal void Report(int line, string message) => _problems.Add(new PageProblem(line, message));

    private List<Block> ReadBlocks(ReadOnlySpan<SourceLine> lines, int depth)
    {
        var blocks = new List<Block>();
        var i = 0;
        while (i < lines.Length)
        {
            var line = lines[i];
            var text = line.Text.TrimStart();
            if (text.Length == 0)
                i++;
            else if (Fence.Opens(text, out var fence))
                i = ReadCode(lines, i, fence, blocks);
            else if (text.StartsWith("#|", StringComparison.Ordinal) || StartsRow(text))
                i = ReadTable(lines, i, text[0] == '#', blocks);
            else if (text.StartsWith("{%", StringComparison.Ordinal) && depth < MaxDepth)
                i = ReadDirective(lines, i, blocks, depth);
            else if (HeadingPattern().Match(text) is { Success: true } heading && Indent(line.Text) < 4)
            {
                blocks.Add(MakeHeading(heading, line.Number));
                i++;
            }
            else if (text[0] == '>')
                i = ReadQuote(lines, i, blocks);
            else
                i = ReadParagraph(lines, i, blocks);
        }

        return blocks;
    }

    private static bool StartsRow(string text) => text.StartsWith("|| ", StringComparison.Ordinal) || text == "||";

    private static Heading MakeHeading(Match match, int line)
    {
        var text = match.Groups["text"].Value.Trim();
        string? anchor = null;
        if (AnchorPattern().Match(text) is { Success: true } found)
        {
            anchor = found.Groups["id"].Value;
            text = text[..found.Index].Trim();
        }

        return new Heading(match.Groups["marks"].Length, text, anchor, line);
    }

    private int ReadCode(ReadOnlySpan<SourceLine> lines, int start, Fence fence, List<Block> blocks)
    {
        var indent = Indent(lines[start].Text);
        var end = start + 1;
        while (end < lines.Length && !fence.ClosedBy(lines[end].Text))
            end++;
        if (end == lines.Length)
            Report(lines[start].Number, string.Create(CultureInfo.InvariantCulture, $"Code fence without an end; code to line {lines[^1].Number}."));
        var code = new List<string>();
        foreach (var line in lines[(start + 1)..end])
            code.Add(Dedent(line.Text, indent));
        blocks.Add(new Code(fence.Language, string.Join('\n', code), lines[start].Number));
        return Math.Min(end + 1, lines.Length);
    }

    private static int ReadQuote(ReadOnlySpan<SourceLine> lines, int start, List<Block> blocks)
    {
        var end = start;
        var text = new List<string>();
        while (end < lines.Length && lines[end].Text.TrimStart() is { Length: > 0 } line && line[0] == '>')
        {
            text.Add(line[1..].Trim());
            end++;
        }

        blocks.Add(new Quote(string.Join('\n', text), lines[start].Number));
        return end;
    }

    private static int ReadParagraph(ReadOnlySpan<SourceLine> lines, int start, List<Block> blocks)
    {
        var end = start;
        var text = new List<string>();
        while (end < lines.Length)
        {
            var line = lines[end].Text.TrimStart();
            if (line.Length == 0 || (end > start && BreaksParagraph(line)))
                break;
            text.Add(lines[end].Text);
            end++;
        }

        blocks.Add(new Paragraph(string.Join('\n', text), lines[start].Number));
        return end;
    }

    private static bool BreaksParagraph(string line) =>
        line[0] == '>' || line.StartsWith("{%", StringComparison.Ordinal) || line.StartsWith("#|", StringComparison.Ordinal)
        || line.StartsWith("|| ", StringComparison.Ordinal) || Fence.Opens(line, out _) || HeadingPattern().IsMatch(line);

    private int ReadTable(ReadOnlySpan<SourceLine> lines, int start, bool hasMark, List<Block> blocks)
    {
        var reader = new TableReader(this);
        var end = reader.Read(lines, start, hasMark, out var table);
        if (table.Rows.Count > 0)
            blocks.Add(table);
        return end;
    }

    private int ReadDirective(ReadOnlySpan<SourceLine> lines, int start, List<Block> blocks, int depth)
    {
        var line = lines[start];
        var match = DirectivePattern().Match(line.Text);
        if (!match.Success)
            return ReadParagraph(lines, start, blocks);
        var name = match.Groups["name"].Value;
        var rest = match.Groups["rest"].Value.Trim();
        switch (name)
        {
            case "include":
                if (LinkPattern().Match(rest) is { Success: true } link)
                    blocks.Add(new Include(link.Groups["target"].Value, line.Number));
                return start + 1;
            case "note" or "cut":
                {
                    var end = FindEnd(lines, start, name, out var next);
                    var words = rest.Split('"', 3);
                    var kind = words[0].Trim();
                    blocks.Add(new Note(kind.Length > 0 ? kind : name, words.Length > 1 ? words[1].Trim() : "", ReadBlocks(lines[(start + 1)..end], depth + 1), line.Number));
                    return next;
                }

            case "list":
                {
                    var end = FindEnd(lines, start, name, out var next);
                    blocks.Add(new Tabs(ReadTabs(lines[(start + 1)..end], depth + 1), line.Number));
                    return next;
                }

            default:
                // Conditions and closing marks carry no content of their own.
                return start + 1;
        }
    }

    private int FindEnd(ReadOnlySpan<SourceLine> lines, int start, string name, out int next)
    {
        var open = 1;
        Fence? fence = null;
        for (var i = start + 1; i < lines.Length; i++)
        {
            var text = lines[i].Text.TrimStart();
            if (fence is { } current)
            {
                if (current.ClosedBy(text))
                    fence = null;
                continue;
            }

            if (Fence.Opens(text, out var opened))
            {
                fence = opened;
                continue;
            }

            if (DirectivePattern().Match(text) is not { Success: true } match)
                continue;
            var found = match.Groups["name"].Value;
            if (found == name)
                open++;
            else if (found == "end" + name && --open == 0)
            {
                next = i + 1;
                return i;
            }
        }

        Report(lines[start].Number, $"'{name}' without 'end{name}'.");
        var end = start + 1;
        while (end < lines.Length && !HeadingPattern().IsMatch(lines[end].Text))
            end++;
        next = end;
        return end;
    }

    private List<Tab> ReadTabs(ReadOnlySpan<SourceLine> lines, int depth)
    {
        var tabs = new List<Tab>();
        var starts = new List<int>();
        var tables = 0;
        Fence? fence = null;
        for (var i = 0; i < lines.Length; i++)
        {
            var text = lines[i].Text;
            if (fence is null && text.TrimStart() is var mark && (mark.StartsWith("#|", StringComparison.Ordinal) || mark.StartsWith("|#", StringComparison.Ordinal)))
                tables = Math.Max(0, tables + (mark[0] == '#' ? 1 : -1));
            if (fence is { } current)
            {
                if (current.ClosedBy(text))
                    fence = null;
            }
            else if (Fence.Opens(text.TrimStart(), out var opened))
                fence = opened;
            else if (tables == 0 && Indent(text) < 2 && text.TrimStart().StartsWith("- ", StringComparison.Ordinal))
                starts.Add(i);
        }

        for (var i = 0; i < starts.Count; i++)
        {
            var end = i + 1 < starts.Count ? starts[i + 1] : lines.Length;
            var title = lines[starts[i]].Text.TrimStart()[2..].Trim();
            tabs.Add(new Tab(title, ReadBlocks(lines[(starts[i] + 1)..end], depth), lines[starts[i]].Number));
        }

        return tabs;
    }

    private static int Indent(string line) => line.Length - line.TrimStart().Length;

    private static string Dedent(string line, int indent)
    {
        var count = 0;
        while (count < indent && count < line.Length && char.IsWhiteSpace(line[count]))
            count++;
        return line[count..];
    }

    [GeneratedRegex(@"^(?<marks>#{1,6})\s+(?<text>.+)$", RegexOptions.NonBacktracking)]
    private static partial Regex HeadingPattern();

    [GeneratedRegex(@"\{\s*#(?<id>[^}\s]+)\s*\}", RegexOptions.NonBacktracking)]
    private static partial Regex AnchorPattern();

    [GeneratedRegex(@"^\s*\{%\s*(?<name>[a-z]+)\s*(?<rest>[^%]*)%\}", RegexOptions.NonBacktracking)]
    private static partial Regex DirectivePattern();

    [GeneratedRegex(@"\]\((?<target>[^)]+)\)", RegexOptions.NonBacktracking)]
    private static partial Regex LinkPattern();
}

/// <summary>A line and its number in the page.</summary>
internal readonly record struct SourceLine(string Text, int Number);
