using System.Globalization;
using Spectre.Console;

namespace Bitrix24.Gen.Importer.Reporting;

/// <summary>The figures at the end of an import.</summary>
internal static class SummaryTable
{
    public static void Write(IAnsiConsole console, ImportReport report)
    {
        var table = new Table().AddColumn("What").AddColumn(new TableColumn("Count").RightAligned()).AddColumn("Of");
        Row(table, "Pages", report.Pages, string.Join(", ", report.PageKinds.Select(static k => $"{k.Key} {k.Value}")));
        Row(table, "Methods", report.Methods, $"in {Counted.Of(report.Files, "file")}");
        Row(table, "Types", report.Types, $"{report.NamedTypes} named");
        Row(table, "Typed parameter rows", report.Parameters.Typed,
            $"{Share(report.Parameters.Typed - report.Parameters.UnknownTypes, report.Parameters.Typed)} keep their type; {report.Parameters.Untyped} rows have none");
        Row(table, "Nested objects", report.Parameters.NestedResolved, $"{report.Parameters.NestedUnresolved} described by examples at most");
        Row(table, "Rules", report.Rules.Values.Sum(), string.Join(", ", report.Rules.Select(static r => $"{r.Key} {r.Value}")));
        Row(table, "Error rows used", report.ErrorRowsUsed, $"of {report.ErrorRows}");
        Row(table, "Strict requests satisfied", report.Requests.Satisfied,
            $"of {report.Requests.Strict} = {Share(report.Requests.Satisfied, report.Requests.Strict)}; {report.Requests.Placeholders} of them have words in place of values");
        Row(table, "Requests in JavaScript and PHP satisfied", report.CodeRequests.Satisfied, $"of {report.CodeRequests.Found} = {Share(report.CodeRequests.Satisfied, report.CodeRequests.Found)}");
        Row(table, "Strict responses conforming", report.Responses.Satisfied, $"of {report.Responses.Strict} = {Share(report.Responses.Satisfied, report.Responses.Strict)}");
        Row(table, "Events", report.Incoming.Sum(static i => i.Events), string.Join(", ", report.Incoming.Where(static i => i.Events > 0).Select(static i => $"{i.Area} {i.Events}")));
        Row(table, "Placements", report.Incoming.Sum(static i => i.Placements), string.Join(", ", report.Incoming.Where(static i => i.Placements > 0).Select(static i => $"{i.Area} {i.Placements}")));
        Row(table, "Payloads read whole", report.Incoming.Sum(static i => i.Whole), $"of {report.Incoming.Sum(static i => i.Payloads)} shown");
        foreach (var (flag, origins) in report.Flags)
            Row(table, "Flag " + flag, origins.Values.Sum(), "by " + string.Join(", ", origins.Select(static o => $"{o.Key} {o.Value}")));
        if (report.Mutations.Made > 0)
            Row(table, "Broken requests caught", report.Mutations.Caught,
                $"of {report.Mutations.Made} = {Share(report.Mutations.Caught, report.Mutations.Made)}: "
                + string.Join(", ", report.Mutations.Rules.Select(static m => $"{m.Key} {m.Value.Caught}/{m.Value.Made}")));
        if (report.Overlays.Count > 0)
            Row(table, "Overlays", report.Overlays.Count, $"changing {report.Overlays.Sum(static o => o.Methods.Count)} methods and {report.Overlays.Sum(static o => o.Types.Count)} types by hand");
        console.Write(table);
    }

    private static void Row(Table table, string what, int count, string of) =>
        table.AddRow(Markup.Escape(what), count.ToString(CultureInfo.InvariantCulture), Markup.Escape(of));

    private static string Share(int part, int whole) => whole == 0 ? "none" : (100.0 * part / whole).ToString("F2", CultureInfo.InvariantCulture) + " %";
}
