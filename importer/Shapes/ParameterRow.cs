using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Markdown;
using Bitrix24.Gen.Importer.Pages;

namespace Bitrix24.Gen.Importer.Shapes;

/// <summary>A row of a table that lists parameters, fields or members of an answer.</summary>
/// <param name="Name">As written, without marks; may be a path such as <c>items[].id</c>.</param>
/// <param name="Types">The type spellings; empty where the row has none.</param>
/// <param name="TypeLink">Where the type's link leads.</param>
/// <param name="Starred">Marked as required.</param>
/// <param name="Flags">Cells of flag columns by the column's word in lower case.</param>
public sealed partial record ParameterRow(string Name, IReadOnlyList<string> Types, DocLink? TypeLink, bool Starred, string Description, IReadOnlyDictionary<string, string> Flags, int Line)
{
    /// <summary>Reads the rows of a table; null when the table lists something else.</summary>
    public static IReadOnlyList<ParameterRow>? ReadTable(Table table)
    {
        if (table.Rows.Count == 0)
            return null;
        var header = Columns.Of(table.Rows[0]);
        if (header is null && !IsParameterCell(table.Rows[0].Cells[0].Text))
            return null;
        table.IsRead = true;
        var columns = header ?? Columns.Usual;
        var rows = new List<ParameterRow>();
        foreach (var row in table.Rows.Skip(header is null ? 0 : 1))
        {
            if (ReadRow(row, columns) is { } read)
                rows.Add(read);
        }

        return rows;
    }

    private static ParameterRow? ReadRow(TableRow row, Columns columns)
    {
        if (row.Cells.Count == 0)
            return null;
        var cell = row.Cells[0].Text.Replace("\\*", "\\\u0001", StringComparison.Ordinal);
        string name;
        string rest;
        if (BoldPattern().Match(cell) is { Success: true } bold)
        {
            name = bold.Groups["name"].Value + bold.Groups["star"].Value;
            rest = cell[(bold.Index + bold.Length)..];
        }
        else
        {
            var lines = cell.Trim().Split('\n', 2);
            var spans = Inline.CodeSpans(lines[0]).ToArray();
            name = spans.Length > 0 ? spans[0] : lines[0];
            rest = lines.Length > 1 ? lines[1] : spans.Length > 1 ? string.Join(' ', spans.Skip(1).Select(static s => $"`{s}`")) : "";
            if (spans.Length > 0 && lines[0].TrimEnd().EndsWith('*'))
                name += "*";
        }

        var starred = name.Contains("^*^", StringComparison.Ordinal) || StarPattern().IsMatch(name);
        name = name.Replace("^*^", "", StringComparison.Ordinal).Trim();
        if (name.EndsWith("_\\\u0001", StringComparison.Ordinal))
        {
            // "UF_\*" is a pattern of names, not a mark.
            name = name[..^2] + "...";
            starred = false;
        }

        name = name.Replace("\\\u0001", "", StringComparison.Ordinal).TrimEnd('*', '\\', ' ', '^').Replace("\\", "", StringComparison.Ordinal);
        name = Inline.PlainText(name).Trim();
        if (name.Length == 0)
            return null;
        rest = rest.Replace("\\\u0001", "*", StringComparison.Ordinal);
        var typeText = columns.Type > 0 && columns.Type < row.Cells.Count ? row.Cells[columns.Type].Text : rest;
        var types = Inline.CodeSpans(typeText.Replace("\\|", "|", StringComparison.Ordinal)).ToList();
        if (types.Count == 0 && Inline.PlainText(typeText) is { Length: > 0 and < 60 } words)
            types.Add(words);
        DocLink? link = Inline.Links(typeText).Select(static l => (DocLink?)l).FirstOrDefault();
        var description = columns.Description < row.Cells.Count ? row.Cells[columns.Description].Text : "";
        var flags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (word, index) in columns.Flags)
        {
            if (index < row.Cells.Count)
                flags[word] = Inline.PlainText(row.Cells[index].Text);
        }

        return new ParameterRow(name, types, link, starred, description, flags, row.Line);
    }

    private static bool IsParameterCell(string cell) => TypedCellPattern().IsMatch(cell);

    /// <summary>Which column says what.</summary>
    private sealed record Columns(int Type, int Description, IReadOnlyList<(string Word, int Index)> Flags)
    {
        public static Columns Usual { get; } = new(0, 1, []);

        public static Columns? Of(TableRow row)
        {
            if (row.Cells.Count == 0)
                return null;
            var words = row.Cells.Select(static c => Inline.PlainText(c.Text).ToLowerInvariant()).ToArray();
            var first = words[0].Split(' ', '/', '(')[0];
            if (first is not ("name" or "parameter" or "parameters" or "field" or "fields" or "key" or "property" or "attribute" or "argument" or "option" or "title"
                or "value" or "code" or "element" or "variable"))
                return null;
            var typed = words[0].Contains("type", StringComparison.Ordinal);
            var type = 0;
            var description = -1;
            var flags = new List<(string, int)>();
            for (var i = 1; i < words.Length; i++)
            {
                if (words[i] is "type" or "data type" or "value type" or "field type")
                    type = i;
                else if (words[i] is "read" or "write" or "required" or "mandatory" or "immutable" or "read-only" or "readonly" or "read only" or "multiple" or "default"
                    or "default value" or "filterable" or "sortable")
                    flags.Add((words[i], i));
                else if (description < 0)
                    description = i;
            }

            // Tables of codes and their meaning list no fields, unless a type says so.
            if (first is "title" or "value" or "code" or "element" && !typed && type == 0)
                return null;
            return new Columns(type, description < 0 ? words.Length : description, flags);
        }
    }

    [GeneratedRegex(@"^\s*\*\*(?<name>.+?)\*\*(?<star>[ *^]*(\\\u0001)?)", RegexOptions.None, 1000)]
    private static partial Regex BoldPattern();

    [GeneratedRegex(@"(\*|\\\u0001|\^)\s*$", RegexOptions.NonBacktracking)]
    private static partial Regex StarPattern();

    [GeneratedRegex(@"^\s*\*\*[^*\n]+\**\s*\n\s*\[?`+[^`\n]+`+", RegexOptions.NonBacktracking)]
    private static partial Regex TypedCellPattern();
}
