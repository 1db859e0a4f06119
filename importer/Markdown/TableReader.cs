using System.Globalization;
using System.Text;

namespace Bitrix24.Gen.Importer.Markdown;

/// <summary>Reads one <c>#| … |#</c> table, character by character: cells span lines and hold code and other tables.</summary>
internal sealed class TableReader(YfmReader owner)
{
    private readonly List<TableRow> _rows = [];
    private readonly List<TableCell> _cells = [];
    private readonly StringBuilder _cell = new();
    private bool _inRow;
    private int _rowLine;
    private int _cellLine;
    private int _codeRun;

    /// <summary>Reads from <paramref name="start"/>; answers the index of the line after the table.</summary>
    public int Read(ReadOnlySpan<SourceLine> lines, int start, bool hasMark, out Table table)
    {
        var first = lines[start].Number;
        var i = start;
        if (hasMark)
        {
            // What follows the mark on its line belongs to the first row.
            var rest = lines[i].Text.TrimStart()[2..];
            if (rest.Trim().Length > 0)
                ReadLine(new SourceLine(rest, first));
            i++;
        }
        else
            owner.Report(first, "Table row outside a table; read as a table.");

        var depth = 1;
        Fence? fence = null;
        var closed = false;
        for (; i < lines.Length; i++)
        {
            var line = lines[i];
            var text = line.Text.TrimStart();
            if (fence is { } open)
            {
                if (open.ClosedBy(text))
                {
                    fence = null;
                    AppendFenceEnd(line);
                }
                else
                    Append(line.Text);
                continue;
            }

            if (_inRow && _codeRun == 0 && Fence.Opens(text, out var opened))
            {
                fence = opened;
                Append(line.Text);
                continue;
            }

            if (text.StartsWith("#|", StringComparison.Ordinal) && _inRow)
            {
                depth++;
                Append(line.Text);
                continue;
            }

            if (text.StartsWith("|#", StringComparison.Ordinal))
            {
                if (--depth == 0)
                {
                    i++;
                    closed = true;
                    break;
                }

                Append(line.Text);
                continue;
            }

            if (depth > 1)
            {
                Append(line.Text);
                continue;
            }

            if (EndsTable(text))
                break;
            ReadLine(line);
        }

        if (_inRow)
        {
            owner.Report(_rowLine, string.Create(CultureInfo.InvariantCulture, $"Table row without an end; its text goes to line {lines[i - 1].Number}."));
            EndRow();
        }

        if (!closed)
            owner.Report(first, string.Create(CultureInfo.InvariantCulture, $"Table without '|#'; it goes to line {lines[i - 1].Number}."));
        table = new Table(_rows.ToArray(), first);
        return i;
    }

    // A heading or an include at the margin cannot stand in a cell: the table's end was forgotten.
    private static bool EndsTable(string text) =>
        (text.StartsWith("## ", StringComparison.Ordinal) || text.StartsWith("### ", StringComparison.Ordinal)
         || text.StartsWith("{% include", StringComparison.Ordinal) || text.StartsWith("{% list tabs", StringComparison.Ordinal));

    private void ReadLine(SourceLine line)
    {
        var text = line.Text;
        var i = 0;
        var trimmed = text.TrimStart();
        if (_inRow && _codeRun == 0 && trimmed.StartsWith("|| ", StringComparison.Ordinal) && trimmed.Length > 3 && !trimmed.AsSpan(2).Trim().IsEmpty)
        {
            owner.Report(_rowLine, "Table row without an end.");
            EndRow();
        }

        if (_inRow)
            _cell.Append('\n');
        for (; i < text.Length; i++)
        {
            var c = text[i];
            if (!_inRow)
            {
                if (c == '|' && Next(text, i) == '|')
                {
                    BeginRow(line.Number);
                    i++;
                }

                continue;
            }

            if (c == '`')
            {
                var run = 1;
                while (i + run < text.Length && text[i + run] == '`')
                    run++;
                if (_codeRun == 0)
                    _codeRun = Closes(text, i + run, run) ? run : 0;
                else if (_codeRun == run)
                    _codeRun = 0;
                _cell.Append('`', run);
                i += run - 1;
            }
            else if (c == '\\' && i + 1 < text.Length && _codeRun == 0)
            {
                _cell.Append(c).Append(text[++i]);
            }
            else if (c == '|' && _codeRun == 0)
            {
                if (Next(text, i) == '|' && Next(text, i + 1) != '|')
                {
                    EndRow();
                    i++;
                }
                else
                    EndCell(line.Number);
            }
            else
                _cell.Append(c);
        }
    }

    private static char Next(string text, int i) => i + 1 < text.Length ? text[i + 1] : '\0';

    // Code spans are closed on their own line in practice; a lone backtick is text.
    private static bool Closes(string text, int from, int run)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (text[i] != '`')
                continue;
            var length = 1;
            while (i + length < text.Length && text[i + length] == '`')
                length++;
            if (length == run)
                return true;
            i += length - 1;
        }

        return false;
    }

    private void AppendFenceEnd(SourceLine line)
    {
        var text = line.Text.TrimEnd();
        if (text.EndsWith("||", StringComparison.Ordinal))
        {
            Append(text[..^2].TrimEnd());
            EndRow();
        }
        else
            Append(text);
    }

    private void Append(string text)
    {
        if (_inRow)
            _cell.Append('\n').Append(text);
    }

    private void BeginRow(int line)
    {
        _inRow = true;
        _rowLine = line;
        _cellLine = line;
        _codeRun = 0;
        _cells.Clear();
        _cell.Clear();
    }

    private void EndCell(int line)
    {
        _cells.Add(new TableCell(_cell.ToString().Trim('\n', ' ', '\t'), _cellLine));
        _cell.Clear();
        _cellLine = line;
    }

    private void EndRow()
    {
        EndCell(_rowLine);
        _rows.Add(new TableRow(_cells.ToArray(), _rowLine));
        _inRow = false;
        _codeRun = 0;
    }
}
