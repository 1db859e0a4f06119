using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Bitrix24.Gen.Emulator;

namespace Bitrix24.Gen.EmulatorMeasure;

/// <summary>Calls every documented method once and writes what its answer came from: records, the documented form, or a check.</summary>
internal static class CoverageList
{
    private const string Header = "X-Emulator";

    private const string Introduction = """
        # What the emulator's answers come from

        Made by `dotnet run --project tests/EmulatorMeasure -- coverage DOCS docs/emulator-coverage.md`: each documented method is called
        once, with the request of its page, on a portal that has only its built-in records.

        - **Records**: the call succeeded and worked on records, or on the portal's own state.
        - **Form only**: the call succeeded with the header `X-Emulator: shape-only`, a value of the documented form with nothing kept behind it.
        - **Refused**: the call was answered with an error, often because the page's ids name no record here. What a successful
          call would do is not measured.
        - **Unknown**: no spec has the method.

        | area | methods | records | form only | refused | unknown | methods by form only |
        | --- | --- | --- | --- | --- | --- | --- |

        """;

    private enum Source
    {
        Records,
        Form,
        Refused,
        Unknown,
    }

    public static async Task WriteAsync(PortalEmulator portal, IReadOnlyList<DocumentedCall> calls, string file)
    {
        using var http = new HttpClient();
        var sources = new List<(DocumentedCall Call, Source Source)>();
        foreach (var call in calls)
            sources.Add((call, await CallAsync(http, portal, call)));

        var text = new StringBuilder(Introduction.ReplaceLineEndings("\n"));
        foreach (var area in sources.GroupBy(static s => Area(s.Call)).OrderBy(static g => g.Key, StringComparer.Ordinal))
        {
            var forms = area.Where(static s => s.Source == Source.Form).Select(static s => $"`{s.Call.Method}`");
            text.Append($"| {area.Key} | {area.Count()} | {Counts(area, " | ")} | {string.Join(", ", forms)} |\n");
        }

        text.Append($"| all | {sources.Count} | {Counts(sources, " | ")} | |\n");
        await File.WriteAllTextAsync(file, text.ToString());
    }

    private static async Task<Source> CallAsync(HttpClient http, PortalEmulator portal, DocumentedCall call)
    {
        var url = call.Api == "bitrix24-v3" ? $"{portal.RestUrl}api/{call.Method}" : $"{portal.RestUrl}{call.Method}";
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new StringContent(call.Parameters?.ToJsonString() ?? "{}", Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", portal.AccessToken);
        using var response = await http.SendAsync(request);
        if (response.IsSuccessStatusCode)
            return response.Headers.Contains(Header) ? Source.Form : Source.Records;
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())?["error"];
        var code = error is JsonObject detailed ? detailed["code"] : error;
        return code?.ToString() is { } name && name.Replace("_", "", StringComparison.Ordinal).Contains("METHODNOTFOUND", StringComparison.OrdinalIgnoreCase) ? Source.Unknown : Source.Refused;
    }

    private static string Counts(IEnumerable<(DocumentedCall Call, Source Source)> calls, string separator) =>
        string.Join(separator, Enum.GetValues<Source>().Select(source => calls.Count(c => c.Source == source)));

    private static string Area(DocumentedCall call) => (call.Api == "bitrix24-v3" ? "v3/" : "") + call.Method.Split('.')[0];
}
