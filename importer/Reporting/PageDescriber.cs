using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Markdown;
using Bitrix24.Gen.Importer.Methods;
using Bitrix24.Gen.Importer.Pages;
using Bitrix24.Gen.Importer.Shapes;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Reporting;

/// <summary>Tells what the import made of a method page.</summary>
internal static partial class PageDescriber
{
    /// <summary>What stands around every answer.</summary>
    private static readonly string[] Envelope =
        ["result", "time", "total", "next", "start", "finish", "duration", "processing", "date_start", "date_finish", "operating", "operating_reset_at", "error", "error_description"];

    private const string OfApi = "API's own description";

    public static PageReport Describe(MethodDoc method, PageRole role, IEnumerable<CheckedExample> examples)
    {
        var tally = method.Tally;
        var all = examples.ToArray();
        var requests = all.Where(static e => e is { IsRequest: true, FromCode: false }).ToArray();
        var code = all.Where(static e => e.FromCode).ToArray();
        var responses = all.Where(static e => !e.IsRequest).ToArray();
        var own = method.Requests.Where(r => MethodReader.Matches(r, method)).ToArray();
        var answers = method.Responses.Where(static r => !r.IsError).ToArray();
        return new PageReport(
            method.Page.Path, method.Name, method.Api, role.Name?.Witnesses ?? [],
            new ParameterCounts(tally.Typed, tally.Untyped, tally.UnknownTypes, tally.Starred, tally.NestedResolved, tally.NestedUnresolved),
            tally.RuleCounts, Sum([tally.FlagOrigins, OfFields(method.FieldFlags)]), method.ErrorRows, method.ErrorRowsUsed,
            new ExampleCounts(own.Length, own.Count(static r => r.Parameters is not null), own.Count(static r => r.Strict),
                requests.Count(static e => e is { Strict: true, Fails: false }),
                requests.Count(static e => e is { Strict: true, Fails: false, HasPlaceholders: true }),
                requests.Sum(static e => e.Violations.Count(static v => v.Severity == RuleSeverity.Error))),
            new ExampleCounts(answers.Length, answers.Count(static r => r.Root is not null), answers.Count(static r => r.Strict),
                responses.Count(static e => e is { Strict: true, Fails: false }),
                0,
                responses.Sum(static e => e.Violations.Count)),
            all.Where(static e => e.Fails)
                .SelectMany(static e => e.Violations.Select(v => new ReportNote(e.Line, $"{(e.IsRequest ? "request" : "response")} {v.RuleId} {v.Path}: {v.Message}")))
                .ToArray(),
            [.. tally.Notes.Select(static n => new ReportNote(n.Line, n.Message)).Concat(UnreadTables(method.Page)).Concat(UnreadExamples(method))
                .Concat(LostRows(method)).OrderBy(static n => n.Line)])
        {
            CodeRequests = new ExampleCounts(code.Length, code.Length, code.Length, code.Count(static e => !e.Fails),
                code.Count(static e => e is { Fails: false, HasPlaceholders: true }),
                code.Sum(static e => e.Violations.Count(static v => v.Severity == RuleSeverity.Error))),
        };
    }

    /// <summary>Adds up flags by origin.</summary>
    public static SortedDictionary<string, SortedDictionary<string, int>> Sum(IEnumerable<IReadOnlyDictionary<string, SortedDictionary<string, int>>> parts)
    {
        var sum = new SortedDictionary<string, SortedDictionary<string, int>>(StringComparer.Ordinal);
        foreach (var (flag, origins) in parts.SelectMany(static p => p))
        {
            if (!sum.TryGetValue(flag, out var known))
                sum.Add(flag, known = new(StringComparer.Ordinal));
            foreach (var (origin, count) in origins)
                known[origin] = known.GetValueOrDefault(origin) + count;
        }

        return sum;
    }

    private static Dictionary<string, SortedDictionary<string, int>> OfFields(ObjectShape? fields)
    {
        var found = new Dictionary<string, SortedDictionary<string, int>>(StringComparer.Ordinal);
        Add("required", static m => m.Required);
        Add("readOnly", static m => m.ReadOnly);
        Add("immutable", static m => m.Immutable);
        Add("multiple", static m => m.Multiple);
        Add("not filterable", static m => m.Filterable == false);
        Add("not sortable", static m => m.Sortable == false);
        return found;

        void Add(string flag, Func<Member, bool> holds)
        {
            if (fields?.Members.Count(holds) is > 0 and var count)
                found.Add(flag, new(StringComparer.Ordinal) { [OfApi] = count });
        }
    }

    // A row may be taken up and yet come to nothing, where examples show another form.
    private static IEnumerable<ReportNote> LostRows(MethodDoc method)
    {
        var kept = ShapeNames.Of(method.Params);
        if (method.Result is not null)
            kept.UnionWith(ShapeNames.Of(method.Result));
        kept.UnionWith(Envelope);
        if (method.ResultAt is not null)
            kept.Add(method.ResultAt);
        var noted = method.Tally.Notes.Select(static n => n.Message).ToArray();
        return method.Tally.Rows
            .Where(r => !kept.Contains(r.Name) && !SchemaReader.IsPattern(r.Name) && !Array.Exists(noted, t => t.Contains(r.Name, StringComparison.Ordinal)))
            .Select(static r => new ReportNote(r.Line, $"Row '{r.Name}' is in no parameter and no answer: examples show another form."));
    }

    // Which tables speak of a method is decided by their heads and positions; whatever else stands in one is named here.
    private static IEnumerable<ReportNote> UnreadTables(DocPage page)
    {
        foreach (var section in page.Sections)
        {
            foreach (var code in BlockTree.FlattenAll(section.Blocks).OfType<Code>().Where(static c => RowPattern().IsMatch(c.Text)))
                yield return new ReportNote(code.Line,
                    $"Code under '{section.Title}' holds rows of a table, left unread: "
                    + $"{string.Join("; ", RowPattern().Matches(code.Text).Select(static r => r.Groups["name"].Value))}.");
            foreach (var table in BlockTree.FlattenAll(section.Blocks).OfType<Table>().Where(static t => !t.IsRead))
            {
                var names = table.Rows.Where(static r => r.Cells.Count > 0).Select(static r => Inline.PlainText(r.Cells[0].Text).ReplaceLineEndings(" ").Trim()).Where(static n => n.Length > 0);
                yield return new ReportNote(table.Line, $"Table under '{section.Title}' left unread: {string.Join("; ", names)}.");
            }
        }
    }

    private static IEnumerable<ReportNote> UnreadExamples(MethodDoc method)
    {
        foreach (var request in method.Requests)
        {
            if (!MethodReader.Matches(request, method))
                yield return new ReportNote(request.Line, $"Request left unread: it calls {request.Method}.");
            else if (request.Parameters is null)
                yield return new ReportNote(request.Line, $"Request left unread: {request.Error ?? "not JSON"}.");
            else if (!request.Strict)
                yield return new ReportNote(request.Line, $"Request read after repairs: {request.Error ?? "shell code within"}.");
        }

        foreach (var response in method.Responses.Where(static r => !r.Strict))
            yield return new ReportNote(response.Line, $"Answer {(response.Root is null ? "left unread" : "read after repairs")}: {response.Error}.");
    }

    [GeneratedRegex(@"^\s*\|\| +\**(?<name>[^|*\n]+)", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex RowPattern();
}
