using System.Text;
using Bitrix24.Gen.Importer.Methods;

namespace Bitrix24.Gen.Importer.Reporting;

/// <summary>Lists where the documentation contradicts itself: which page, what against what.</summary>
public static class DocumentationIssues
{
    public static string Write(IReadOnlyList<MethodDoc> methods, IReadOnlyList<CheckedExample> examples)
    {
        var text = new StringBuilder();
        text.Append("# Where the documentation contradicts itself\n\nWritten by `b24-spec import --issues`. Each line names the page, the line and what stands against what.\n");
        Section(text, "Documented requests that the page's own parameter tables refuse", examples.Where(static e => e is { IsRequest: true, Strict: true, Fails: true })
            .Select(static e => (e.Method.Page.Path, e.Line, $"`{e.Method.Name}`: {Reason(e)}")));
        Section(text, "Documented requests with words in place of values, such as `your_invoice_id`",
            examples.Where(static e => e is { IsRequest: true, Strict: true, Fails: false, HasPlaceholders: true })
            .Select(static e => (e.Method.Page.Path, e.Line, $"`{e.Method.Name}`")));
        Section(text, "JavaScript and PHP examples that the page's own parameter tables refuse", examples.Where(static e => e is { IsRequest: true, FromCode: true, Fails: true })
            .Select(static e => (e.Method.Page.Path, e.Line, $"`{e.Method.Name}`: {Reason(e)}")));
        Section(text, "Documented answers that do not fit what the pages of the method say of them", examples.Where(static e => e is { IsRequest: false, Strict: true, Fails: true })
            .Select(static e => (e.Method.Page.Path, e.Line, $"`{e.Method.Name}`: {Reason(e)}")));
        Section(text, "Tables against examples, and the API's own field descriptions against tables", methods.SelectMany(static m => m.Tally.Notes.Where(static n => IsContradiction(n.Message))
            .Select(n => (m.Page.Path, n.Line, $"`{m.Name}`: {n.Message}"))));
        return text.ToString();
    }

    private static bool IsContradiction(string message) =>
        message.StartsWith("Answer: ", StringComparison.Ordinal) || message.StartsWith("Request: ", StringComparison.Ordinal) || message.Contains("no example on the page", StringComparison.Ordinal)
        || message.Contains("stands in an example only", StringComparison.Ordinal) || message.Contains("in every example", StringComparison.Ordinal)
        || message.Contains("own description", StringComparison.Ordinal)
        || message.Contains("own example breaks it", StringComparison.Ordinal) || message.Contains("the documentation gives '", StringComparison.Ordinal);

    private static string Reason(CheckedExample example)
    {
        var violations = example.Violations.Where(v => !example.IsRequest || v.Severity == Specs.RuleSeverity.Error).ToArray();
        var texts = violations.Take(3).Select(v => v.Rule switch
        {
            "required" when example.Violations.FirstOrDefault(o =>
                o.Rule == "unknown" && o.Path.EndsWith(v.Path[(v.Path.LastIndexOf('.') + 1)..], StringComparison.OrdinalIgnoreCase)) is { } other =>
                    $"the table spells `{v.Path}`, the example `{other.Path}`",
            "required" => $"the table requires `{v.Path}`, the example lacks it",
            "type" => $"`{v.Path}`: the value shown is of another type ({v.Message.TrimEnd('.')})",
            "readOnly" => $"`{v.Path}` is read-only by the API's own description, yet the example writes it",
            _ => $"`{v.Path}`: {v.Message.TrimEnd('.')}",
        });
        var more = violations.Length > 3 ? $"; {violations.Length - 3} more of the kind" : "";
        return string.Join("; ", texts) + more;
    }

    private static void Section(StringBuilder text, string title, IEnumerable<(string Path, int Line, string Message)> lines)
    {
        var all = lines.Distinct().OrderBy(static l => l.Path, StringComparer.Ordinal).ThenBy(static l => l.Line).ThenBy(static l => l.Message, StringComparer.Ordinal).ToArray();
        text.Append("\n## ").Append(title).Append(" (").Append(all.Length).Append(")\n\n");
        foreach (var (path, line, message) in all)
            text.Append("- ").Append(path).Append(line > 0 ? $":{line}" : "").Append(" — ").Append(message).Append('\n');
    }
}
