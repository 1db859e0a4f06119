using Bitrix24.Gen.Importer.Methods;
using Bitrix24.Gen.Importer.Output;
using Bitrix24.Gen.Importer.Pages;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Reporting;

/// <summary>Parameters of a page, or of all.</summary>
public sealed record ParameterCounts(int Typed, int Untyped, int UnknownTypes, int Starred, int NestedResolved, int NestedUnresolved);

/// <summary>Examples of a page, or of all.</summary>
/// <param name="Found">Shown on the page.</param>
/// <param name="Parsed">JSON, after repairs if need be.</param>
/// <param name="Strict">JSON as they stand.</param>
/// <param name="Satisfied">Of the strict ones, those that the specs find no fault with.</param>
/// <param name="Placeholders">Of the strict ones, those that fail only where words stand in place of values.</param>
public sealed record ExampleCounts(int Found, int Parsed, int Strict, int Satisfied, int Placeholders);

/// <summary>A line of the report.</summary>
public sealed record ReportNote(int Line, string Message);

/// <summary>What the import made of one method page.</summary>
public sealed record PageReport(
    string Page, string Method, string Api, IReadOnlyList<string> NamedBy, ParameterCounts Parameters, IReadOnlyDictionary<string, int> Rules, int FieldFlags,
    int ErrorRows, int ErrorRowsUsed, ExampleCounts Requests, ExampleCounts Responses, IReadOnlyList<ReportNote> Violations, IReadOnlyList<ReportNote> Notes);

/// <summary>A page that gave no method.</summary>
public sealed record SkippedPage(string Page, string Kind, string? Reason);

/// <summary>What an import made of the documentation.</summary>
public sealed record ImportReport(
    int Pages, IReadOnlyDictionary<string, int> PageKinds, int Methods, int Types, int NamedTypes, int Files, ParameterCounts Parameters, IReadOnlyDictionary<string, int> Rules,
    int PagesWithFieldFlags, int ErrorRows, int ErrorRowsUsed, ExampleCounts Requests, ExampleCounts Responses, IReadOnlyDictionary<string, MutationCounts> Mutations, IReadOnlyList<OverlayReport> Overlays, IReadOnlyList<PageReport> MethodPages, IReadOnlyList<SkippedPage> Skipped)
{
    public static ImportReport Create(ImportResult result, IReadOnlyList<CheckedExample> examples, IReadOnlyDictionary<string, MutationCounts> mutations, IReadOnlyList<OverlayReport> overlays)
    {
        var roles = result.Roles.ToDictionary(static r => r.Page.Path, static r => r.Role, StringComparer.Ordinal);
        var byMethod = examples.ToLookup(static e => e.Method);
        var pages = result.Methods.OrderBy(static m => m.Page.Path, StringComparer.Ordinal).Select(m => Describe(m, roles[m.Page.Path], byMethod[m])).ToArray();
        var rules = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var (rule, count) in pages.SelectMany(static p => p.Rules))
            rules[rule] = rules.GetValueOrDefault(rule) + count;
        var kinds = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var role in result.Roles)
            kinds[role.Role.Kind.ToString()] = kinds.GetValueOrDefault(role.Role.Kind.ToString()) + 1;
        return new ImportReport(
            result.Docs.Pages.Count, kinds, result.Methods.Count, result.Files.Sum(static f => f.Types.Count), result.Files.Sum(static f => f.Types.Count(static t => !t.Inline)), result.Files.Count,
            Sum(pages.Select(static p => p.Parameters)), rules, pages.Count(static p => p.FieldFlags > 0), pages.Sum(static p => p.ErrorRows), pages.Sum(static p => p.ErrorRowsUsed),
            Sum(pages.Select(static p => p.Requests)), Sum(pages.Select(static p => p.Responses)), mutations, overlays, pages,
            result.Roles.Where(static r => r.Role.Kind != PageKind.Method).Select(static r => new SkippedPage(r.Page.Path, r.Role.Kind.ToString(), Reason(r.Role))).ToArray());
    }

    private static string? Reason(PageRole role) =>
        role.Kind != PageKind.Other ? null
        : role.Name is null ? "names no method"
        : $"speaks of {role.Name.Name} ({string.Join(", ", role.Name.Witnesses)}), but is not its page";

    private static PageReport Describe(MethodDoc method, PageRole role, IEnumerable<CheckedExample> examples)
    {
        var tally = method.Tally;
        var all = examples.ToArray();
        var requests = all.Where(static e => e.IsRequest).ToArray();
        var responses = all.Where(static e => !e.IsRequest).ToArray();
        var own = method.Requests.Where(r => MethodReader.Matches(r, method)).ToArray();
        var answers = method.Responses.Where(static r => !r.IsError).ToArray();
        return new PageReport(
            method.Page.Path, method.Name, method.Api, role.Name?.Witnesses ?? [],
            new ParameterCounts(tally.Typed, tally.Untyped, tally.UnknownTypes, tally.Starred, tally.NestedResolved, tally.NestedUnresolved),
            tally.RuleCounts, method.FieldFlags?.Members.Count ?? 0, method.ErrorRows, method.ErrorRowsUsed,
            new ExampleCounts(own.Length, own.Count(static r => r.Parameters is not null), own.Count(static r => r.Strict), requests.Count(static e => e is { Strict: true, Fails: false }), requests.Count(static e => e is { Strict: true, FailsByPlaceholders: true })),
            new ExampleCounts(answers.Length, answers.Count(static r => r.Root is not null), answers.Count(static r => r.Strict), responses.Count(static e => e is { Strict: true, Fails: false }), responses.Count(static e => e is { Strict: true, FailsByPlaceholders: true })),
            all.Where(static e => e.Fails).SelectMany(static e => e.Violations.Select(v => new ReportNote(e.Line, $"{(e.IsRequest ? "request" : "response")} {v.RuleId} {v.Path}: {v.Message}"))).ToArray(),
            tally.Notes.Select(static n => new ReportNote(n.Line, n.Message)).ToArray());
    }

    private static ParameterCounts Sum(IEnumerable<ParameterCounts> counts) => counts.Aggregate(
        new ParameterCounts(0, 0, 0, 0, 0, 0),
        static (a, b) => new ParameterCounts(a.Typed + b.Typed, a.Untyped + b.Untyped, a.UnknownTypes + b.UnknownTypes, a.Starred + b.Starred, a.NestedResolved + b.NestedResolved, a.NestedUnresolved + b.NestedUnresolved));

    private static ExampleCounts Sum(IEnumerable<ExampleCounts> counts) => counts.Aggregate(
        new ExampleCounts(0, 0, 0, 0, 0),
        static (a, b) => new ExampleCounts(a.Found + b.Found, a.Parsed + b.Parsed, a.Strict + b.Strict, a.Satisfied + b.Satisfied, a.Placeholders + b.Placeholders));
}
