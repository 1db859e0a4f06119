using Bitrix24.Gen.Importer.Incoming;
using Bitrix24.Gen.Importer.Output;
using Bitrix24.Gen.Importer.Pages;

namespace Bitrix24.Gen.Importer.Reporting;

/// <summary>Parameters of a page, or of all.</summary>
/// <param name="Typed">Rows with a type.</param>
/// <param name="Untyped">Rows without.</param>
/// <param name="UnknownTypes">Of the typed ones, those whose type no dictionary has.</param>
/// <param name="Starred">Marked as required.</param>
/// <param name="NestedResolved">Objects and lists whose members were found.</param>
/// <param name="NestedUnresolved">Those of which nothing on the pages says what they hold; rows without a known type among them.</param>
public sealed record ParameterCounts(int Typed, int Untyped, int UnknownTypes, int Starred, int NestedResolved, int NestedUnresolved);

/// <summary>Examples of a page, or of all.</summary>
/// <param name="Found">Shown on the page.</param>
/// <param name="Parsed">JSON, after repairs if need be.</param>
/// <param name="Strict">JSON as they stand.</param>
/// <param name="Satisfied">Of the strict ones, those that the specs find no fault with.</param>
/// <param name="Placeholders">Of the satisfied ones, those with words where another value belongs, which are read as unknown values.</param>
/// <param name="Violations">Faults found: in requests errors only.</param>
public sealed record ExampleCounts(int Found, int Parsed, int Strict, int Satisfied, int Placeholders, int Violations)
{
    internal static ExampleCounts None { get; } = new(0, 0, 0, 0, 0, 0);
}

/// <summary>A line of the report.</summary>
public sealed record ReportNote(int Line, string Message);

/// <summary>What the import made of one method page.</summary>
/// <param name="NamedBy">What the method's name was taken from.</param>
/// <param name="Flags">Flag to origin to count.</param>
/// <param name="Violations">What the specs find in the page's examples.</param>
/// <param name="Notes">What was left unread, corrected or contradicts itself, and why.</param>
public sealed record PageReport(
    string Page, string Method, string Api, IReadOnlyList<string> NamedBy, ParameterCounts Parameters, IReadOnlyDictionary<string, int> Rules,
    IReadOnlyDictionary<string, SortedDictionary<string, int>> Flags, int ErrorRows, int ErrorRowsUsed, ExampleCounts Requests, ExampleCounts Responses,
    IReadOnlyList<ReportNote> Violations, IReadOnlyList<ReportNote> Notes)
{
    /// <summary>Calls with literal parameters in JavaScript and PHP.</summary>
    public ExampleCounts CodeRequests { get; init; } = ExampleCounts.None;
}

/// <summary>A page that gave no method.</summary>
public sealed record SkippedPage(string Page, string Kind, string? Reason);

/// <summary>What an import made of the documentation.</summary>
/// <param name="OtherFiles">Spec files in the folder that this import did not write and that are no overlays.</param>
public sealed record ImportReport(
    int Pages, IReadOnlyDictionary<string, int> PageKinds, int Methods, int Types, int NamedTypes, int Files, ParameterCounts Parameters, IReadOnlyDictionary<string, int> Rules,
    IReadOnlyDictionary<string, SortedDictionary<string, int>> Flags, int ErrorRows, int ErrorRowsUsed, ExampleCounts Requests, ExampleCounts Responses, MutationReport Mutations,
    IReadOnlyList<OverlayReport> Overlays, IReadOnlyList<string> OtherFiles, IReadOnlyList<PageReport> MethodPages, IReadOnlyList<SkippedPage> Skipped)
{
    /// <summary>Calls with literal parameters in JavaScript and PHP.</summary>
    public ExampleCounts CodeRequests { get; init; } = ExampleCounts.None;

    /// <summary>The results of the documented payloads of events and placements, by area.</summary>
    public IReadOnlyList<IncomingReport> Incoming { get; init; } = [];

    public static ImportReport Create(
        ImportResult result, IReadOnlyList<SkippedPage> unreadable, IReadOnlyList<CheckedExample> examples, MutationReport mutations,
        IReadOnlyList<OverlayReport> overlays, IReadOnlyList<string> otherFiles)
    {
        var roles = result.Roles.ToDictionary(static r => r.Page.Path, static r => r.Role, StringComparer.Ordinal);
        var byMethod = examples.ToLookup(static e => e.Method);
        var pages = result.Methods.OrderBy(static m => m.Page.Path, StringComparer.Ordinal).Select(m => PageDescriber.Describe(m, roles[m.Page.Path], byMethod[m])).ToArray();
        var rules = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var (rule, count) in pages.SelectMany(static p => p.Rules))
            rules[rule] = rules.GetValueOrDefault(rule) + count;
        var kinds = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var role in result.Roles)
            kinds[role.Role.Kind.ToString()] = kinds.GetValueOrDefault(role.Role.Kind.ToString()) + 1;
        return new ImportReport(
            result.Docs.Pages.Count, kinds, result.Methods.Count, result.Files.Sum(static f => f.Types.Count), result.Files.Sum(static f => f.Types.Count(static t => !t.Inline)), result.Files.Count,
            Sum(pages.Select(static p => p.Parameters)), rules, PageDescriber.Sum(pages.Select(static p => p.Flags)), pages.Sum(static p => p.ErrorRows), pages.Sum(static p => p.ErrorRowsUsed),
            Sum(pages.Select(static p => p.Requests)), Sum(pages.Select(static p => p.Responses)), mutations, overlays, otherFiles, pages,
            [.. unreadable, .. result.Roles.Where(static r => r.Role.Kind != PageKind.Method).Select(static r => new SkippedPage(r.Page.Path, r.Role.Kind.ToString(), Reason(r.Role)))])
        {
            CodeRequests = Sum(pages.Select(static p => p.CodeRequests)),
            Incoming = PayloadCheck.Run(Bitrix24.Gen.Specs.SpecSet.Create(SpecOutput.Write(result.Incoming.Files)), result.Incoming),
        };
    }

    private static string? Reason(PageRole role) =>
        role.Kind != PageKind.Other ? null
        : role.Name is null ? "names no method"
        : $"speaks of {role.Name.Name} ({string.Join(", ", role.Name.Witnesses)}), but is not its page";

    private static ParameterCounts Sum(IEnumerable<ParameterCounts> counts) => counts.Aggregate(
        new ParameterCounts(0, 0, 0, 0, 0, 0),
        static (a, b) =>
            new ParameterCounts(a.Typed + b.Typed, a.Untyped + b.Untyped, a.UnknownTypes + b.UnknownTypes, a.Starred + b.Starred, a.NestedResolved + b.NestedResolved,
                a.NestedUnresolved + b.NestedUnresolved));

    private static ExampleCounts Sum(IEnumerable<ExampleCounts> counts) => counts.Aggregate(
        ExampleCounts.None,
        static (a, b) => new ExampleCounts(a.Found + b.Found, a.Parsed + b.Parsed, a.Strict + b.Strict, a.Satisfied + b.Satisfied, a.Placeholders + b.Placeholders, a.Violations + b.Violations));
}
