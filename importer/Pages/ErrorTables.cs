using System.Globalization;
using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Examples;
using Bitrix24.Gen.Importer.Markdown;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Pages;

/// <summary>Reads the errors that a page documents: code tables, codes under headings (REST v3), error examples.</summary>
public static partial class ErrorTables
{
    private const int LongestMessage = 200;

    /// <summary>Errors of a page in the order of the page; the same code with another message is another error.</summary>
    public static (IReadOnlyList<ErrorSpec> Errors, int Rows, int UsedRows) Read(DocPage page, IReadOnlyList<ResponseExample> examples)
    {
        var errors = new List<ErrorSpec>();
        var rows = 0;
        var used = 0;
        var exampleMessages = Shown(examples).ToArray();
        foreach (var section in page.Sections)
        {
            foreach (var (table, heading) in Tables(section))
            {
                var columns = ErrorColumns.Of(table);
                if (columns is null && heading is null)
                    continue;
                table.IsRead = true;
                foreach (var row in table.Rows.Skip(1))
                {
                    rows++;
                    if ((columns is null ? heading! with { Message = FieldMessage(row) } : columns.Read(row, exampleMessages)) is not { } error)
                        continue;
                    used++;
                    Add(errors, error);
                }
            }
        }

        foreach (var example in exampleMessages)
        {
            if (example.Code.Length > 0 && !errors.Exists(e => e.Code == example.Code))
                errors.Add(example);
        }

        return (errors, rows, used);
    }

    /// <summary>The texts of a page's error tables, cell by cell.</summary>
    public static IEnumerable<string> Cells(DocPage page) =>
        page.Sections.SelectMany(static s => s.AllBlocks()).OfType<Table>().Where(static t => ErrorColumns.Of(t) is not null)
            .SelectMany(static t => t.Rows.Skip(1)).SelectMany(static r => r.Cells).Select(static c => c.Text.ReplaceLineEndings(" "));

    /// <summary>The errors of a page's tables, row by row, each with all that its row says beside the status.</summary>
    /// <param name="page">The page.</param>
    /// <param name="withoutCodes">The method answers errors without a code: a text where the table has the code is all there is.</param>
    public static IEnumerable<(ErrorSpec Error, IReadOnlyList<string> Cells)> Rows(DocPage page, bool withoutCodes = false)
    {
        foreach (var (table, heading) in page.Sections.SelectMany(Tables))
        {
            var columns = ErrorColumns.Of(table);
            foreach (var row in table.Rows.Skip(1))
            {
                // In a table of fields the second cell has the text; what follows says what the caller should do.
                if (columns is null && heading is not null)
                    yield return (heading with { Message = FieldMessage(row) }, [.. row.Cells.Take(2).Select(static c => c.Text.ReplaceLineEndings(" "))]);
                else if ((columns?.Read(row, []) ?? (withoutCodes ? columns?.ReadText(row) : null)) is { } error)
                    yield return (error, [.. row.Cells.Where((_, i) => i != columns!.Status).Select(static c => c.Text.ReplaceLineEndings(" "))]);
            }
        }
    }

    /// <summary>The errors that a page shows as answers.</summary>
    public static IEnumerable<ErrorSpec> Shown(IEnumerable<ResponseExample> examples) =>
        examples.Where(static e => e.IsError).Select(static e => Describe(e.Root)).OfType<ErrorSpec>();

    /// <summary>The tables of a section; one of fields (REST 3.0) with the code and the status that stand above it.</summary>
    private static IEnumerable<(Table Table, ErrorSpec? Heading)> Tables(Section section)
    {
        string? code = null;
        int? status = null;
        foreach (var block in section.AllBlocks())
        {
            if (block is Paragraph { Text: var text })
            {
                if (CodeLinePattern().Match(text) is { Success: true } line)
                    code = line.Groups["code"].Value;
                if (StatusLinePattern().Match(text) is { Success: true } http)
                    status = int.Parse(http.Groups["status"].Value, CultureInfo.InvariantCulture);
            }
            else if (block is Table table)
            {
                yield return (table, code is not null && IsFieldErrorTable(table) ? new ErrorSpec(code, null, status) : null);
            }
        }
    }

    private static string? FieldMessage(TableRow row) => row.Cells.Count > 1 ? CleanMessage(row.Cells[1].Text, quoted: true) : null;

    private static void Add(List<ErrorSpec> errors, ErrorSpec error)
    {
        var known = errors.FindIndex(e => e.Code == error.Code && (e.Message == error.Message || e.Message is null || error.Message is null));
        if (known < 0)
            errors.Add(error);
        else if (errors[known].Message is null)
            errors[known] = error with { Status = error.Status ?? errors[known].Status };
    }

    private static ErrorSpec? Describe(JsonObject? root)
    {
        if (root is null || !root.TryGet("error", out var node))
            return null;
        if (node is JsonObject v3)
            return v3.TryGet("code", out var code) && code is JsonString { Value: var value }
                ? new ErrorSpec(value, v3.TryGet("message", out var m) && m is JsonString { Value: var t } ? Placeholders(t) : null)
                : null;
        var text = node switch { JsonString s => s.Value, JsonNumber n => n.Text, _ => null };
        var message = root.TryGet("error_description", out var description) && description is JsonString { Value: var d } ? d : null;
        return text is null ? null : new ErrorSpec(text, message is null ? null : Placeholders(message));
    }

    private static bool IsFieldErrorTable(Table table) =>
        table.Rows.Count > 1 && table.Rows[0].Cells.Count > 1 && Inline.PlainText(table.Rows[0].Cells[1].Text).Contains("rror", StringComparison.Ordinal);

    // REST 3.0 itself writes names and values in backticks; a cell that is one code span as a whole shows nothing but that.
    private static string? CleanMessage(string cell, bool quoted = false)
    {
        var message = Inline.PlainText(cell, codeMarks: quoted && cell.Trim().Trim('`').Contains(' ', StringComparison.Ordinal));
        if (quoted && message is ['`', .. var inner, '`'] && !inner.Contains('`', StringComparison.Ordinal))
            message = inner;
        message = Unescaped(message).Replace("`\"", "\"", StringComparison.Ordinal).Replace("\"`", "\"", StringComparison.Ordinal);
        return message.Length is 0 or > LongestMessage || message is "-" or ">" or "—" ? null : Placeholders(message);
    }

    // Some tables have texts as their answers spell them in JSON.
    private static string Unescaped(string message) => EscapedPattern().Replace(
        LeadPattern().Match(message) is { Success: true, Length: var lead } && !message.AsSpan(lead).Contains('"') ? message[lead..] : message,
        static m => m.Groups["code"] is { Success: true, Value: var code } ? ((char)int.Parse(code, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).ToString() : "/");

    [GeneratedRegex("^(\"?error_description\"? *: *)?\"", RegexOptions.NonBacktracking)]
    private static partial Regex LeadPattern();

    [GeneratedRegex(@"\\u(?<code>[0-9A-Fa-f]{4})|\\/", RegexOptions.NonBacktracking)]
    private static partial Regex EscapedPattern();

    // "#FIELD#" stands for what varies; spec files write {field}.
    private static string Placeholders(string message) =>
        PlaceholderPattern().Replace(ShownId().Replace(message, "${lead}{value}${end}"), static m => m.Groups["name"].Value.ToLowerInvariant() switch
        {
            "type" => "{type}",
            "value" or "id" or "select" or "pagination" or "order" => "{value}",
            var name when name.Contains("list", StringComparison.Ordinal) => "{list}",
            "method" => "{method}",
            _ => "{field}",
        });

    // The id of the page's own example.
    [GeneratedRegex("(?<lead>with ID = `)[0-9]+(?<end>`)", RegexOptions.NonBacktracking)]
    private static partial Regex ShownId();

    private sealed record ErrorColumns(int Status, int Code, int Message, bool Literal)
    {
        public static ErrorColumns? Of(Table table)
        {
            if (table.Rows.Count < 2)
                return null;
            var words = table.Rows[0].Cells.Select(static c => Inline.PlainText(c.Text).ToLowerInvariant()).ToArray();
            var code = Array.FindIndex(words, static w => w is "code" or "error code" or "error" || w.StartsWith("code ", StringComparison.Ordinal));
            if (words.Length < 2)
                return null;
            // The old CRM answers its errors without a code: the text is all there is.
            if (words[0] is "error message" or "error text")
                return new ErrorColumns(-1, -1, 0, true);
            if (code < 0)
                return null;
            var status = Array.FindIndex(words, static w => w.Contains("status", StringComparison.Ordinal) && !w.StartsWith("code", StringComparison.Ordinal));
            var message = Array.FindIndex(words, static w => w is "error message" or "message" or "error description" or "error text");
            var literal = message >= 0;
            if (message < 0)
            {
                message = Array.FindIndex(words, static w => w.StartsWith("description", StringComparison.Ordinal));
                // Beside a column that explains, the description is the server's own text.
                literal = message >= 0 && words.Length - (status >= 0 ? 1 : 0) > 2;
            }

            if (message < 0 && !words.Exists(static w => w is "reason" or "meaning" or "cause" or "when it occurs"))
                return null;
            return new ErrorColumns(status, code, message, literal);
        }

        public ErrorSpec? ReadText(TableRow row) =>
            Code >= 0 && Code < row.Cells.Count && CleanMessage(row.Cells[Code].Text) is { } text && AboutPattern().IsMatch(text) ? new ErrorSpec("", text) : null;

        public ErrorSpec? Read(TableRow row, IReadOnlyList<ErrorSpec> examples)
        {
            if (Code < 0)
                return row.Cells.Count > Message && CleanMessage(row.Cells[Message].Text) is { } text ? new ErrorSpec("", text) : null;
            if (Code >= row.Cells.Count)
                return null;
            var lines = row.Cells[Code].Text.Trim().Split('\n', 2);
            var code = Inline.CodeSpans(lines[0]).FirstOrDefault() ?? Inline.PlainText(lines[0]);
            int? status = Status >= 0 && Status < row.Cells.Count && int.TryParse(Inline.PlainText(row.Cells[Status].Text), CultureInfo.InvariantCulture, out var s)
                && s is >= 100 and < 600 ? s : null;
            if (code is "" or "-" or "—" || EmptyPattern().IsMatch(code))
                code = "";
            if (!CodePattern().IsMatch(code))
                return null;
            var cell = Message >= 0 && Message < row.Cells.Count ? row.Cells[Message].Text.Trim() : "";
            if (lines.Length > 1 && cell.Length == 0)
                cell = lines[1];
            var message = CleanMessage(cell);
            var quoted = cell.Length > 2 && cell[0] == '`' && cell[^1] == '`';
            if (message is not null && !Literal && !quoted && !examples.Any(e => e.Message == message))
                message = null;
            if (status is null && code.Length == 3 && int.TryParse(code, CultureInfo.InvariantCulture, out var http) && http is >= 400 and < 600 && message is null)
                return null;
            return code.Length == 0 && message is null ? null : new ErrorSpec(code, message, status);
        }
    }

    // Which field, or which record, the text speaks of.
    [GeneratedRegex(@"^([A-Z]+(_[A-Z]+)+|[a-z]+([A-Z][a-z]+)*) is not defined|^Parameter '(fields|filter|order)' must be array|with ID '[0-9]+' is not found$", RegexOptions.NonBacktracking)]
    private static partial Regex AboutPattern();

    [GeneratedRegex(@"error code\**\s*:\**\s*`(?<code>[^`]+)`", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex CodeLinePattern();

    [GeneratedRegex(@"http[- ]status(?: code)?\**\s*:\s*\**(?<status>\d{3})\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex StatusLinePattern();

    [GeneratedRegex(@"^(empty( value| string| line)?|no code|none|without code|absent|\W*)$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex EmptyPattern();

    [GeneratedRegex(@"^[\w.:/\\-]*$", RegexOptions.NonBacktracking)]
    private static partial Regex CodePattern();

    [GeneratedRegex(@"#(?<name>[A-Za-z_]+)#", RegexOptions.NonBacktracking)]
    private static partial Regex PlaceholderPattern();
}

file static class ArrayWords
{
    public static bool Exists(this string[] words, Predicate<string> match) => Array.Exists(words, match);
}
