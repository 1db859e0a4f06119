using System.Text;
using System.Text.Json.Nodes;
using Bitrix24.Gen.Emulator;

namespace Bitrix24.Gen.EmulatorMeasure;

/// <summary>Calls every documented method once and writes what its answer came from: records, the documented form, or a check.</summary>
internal static class CoverageList
{
    private const string Introduction = """
        # What the emulator's answers come from

        Made by `dotnet run --project tests/EmulatorMeasure -- coverage DOCS docs/emulator-coverage.md`: each documented method is called
        once, with the request of its page and the ids of records that exist ([how](emulator.md#what-is-kept-and-what-is-not)).

        - **Records**: the call succeeded and worked on records, or on the portal's own state.
        - **Form only**: the call succeeded with the header `X-Emulator: shape-only`, a value of the documented form with nothing kept behind it.
        - **Refused**: the call was answered with an error: its page shows no call that could be repeated, or what it speaks of
          is not made by any method.
        - **Unknown**: no spec has the method.

        | area | methods | records | form only | refused | unknown | methods by form only | refused methods |
        | --- | --- | --- | --- | --- | --- | --- | --- |

        """;

    private enum Source
    {
        Records,
        Form,
        Refused,
        Unknown,
    }

    public static async Task WriteAsync(PortalEmulator portal, IReadOnlyList<DocumentedCall> calls, string file, TextWriter output)
    {
        var sources = new List<(DocumentedCall Call, Source Source)>();
        await foreach (var (call, answer, shapeOnly) in new CallMeasure(portal, [.. calls.Select(static c => c.Parameters is null ? c with { Parameters = c.Coded } : c)], output).EachAsync())
        {
            var source = SourceOf(answer, shapeOnly);
            sources.Add((call, source));
            if (source == Source.Refused)
                output.WriteLine($"{call.Method}: {(call.Parameters is null ? "no request" : call.Parameters.ToJsonString())}: {answer?["error"]?.ToJsonString()} {answer?["error_description"]}");
        }

        var text = new StringBuilder(Introduction.ReplaceLineEndings("\n"));
        foreach (var area in sources.GroupBy(static s => Area(s.Call)).OrderBy(static g => g.Key, StringComparer.Ordinal))
            text.Append($"| {area.Key} | {area.Count()} | {Counts(area, " | ")} | {Names(area, Source.Form)} | {Names(area, Source.Refused)} |\n");

        text.Append($"| all | {sources.Count} | {Counts(sources, " | ")} | | |\n");
        await File.WriteAllTextAsync(file, text.ToString());
        output.WriteLine($"records, form only, refused, unknown of {sources.Count}: {Counts(sources, ", ")}");
    }

    private static Source SourceOf(JsonObject? answer, bool shapeOnly)
    {
        if (answer?["error"] is not { } error)
            return shapeOnly ? Source.Form : Source.Records;
        var code = error is JsonObject detailed ? detailed["code"] : error;
        return code?.ToString() is { } name && name.Replace("_", "", StringComparison.Ordinal).Contains("METHODNOTFOUND", StringComparison.OrdinalIgnoreCase) ? Source.Unknown : Source.Refused;
    }

    private static string Names(IEnumerable<(DocumentedCall Call, Source Source)> calls, Source source) =>
        string.Join(", ", calls.Where(s => s.Source == source).Select(static s => s.Call.Method).Order(StringComparer.Ordinal).Select(static m => $"`{m}`"));

    private static string Counts(IEnumerable<(DocumentedCall Call, Source Source)> calls, string separator) =>
        string.Join(separator, Enum.GetValues<Source>().Select(source => calls.Count(c => c.Source == source)));

    private static string Area(DocumentedCall call) => (call.Api == "bitrix24-v3" ? "v3/" : "") + call.Method.Split('.')[0];
}
