using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bitrix24.Gen.Emulator;

namespace Bitrix24.Gen.EmulatorMeasure;

/// <summary>
/// Sends the documentation's own calls to a portal, ids replaced by those of records that exist, and holds the answers against
/// the documented ones; then the same calls broken in one way each, and counts what is refused with a documented code.
/// </summary>
internal sealed class CallMeasure(PortalEmulator portal, IReadOnlyList<DocumentedCall> calls, TextWriter output)
{
    private const long NoSuchId = 987_654_321;

    private static readonly string[] Makers = ["add", "create", "register", "addfolder", "bind", "uploadfile"];
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(20) };

    private readonly Dictionary<string, JsonNode> _made = new(StringComparer.OrdinalIgnoreCase);

    public async Task RunAsync()
    {
        await KnowAsync();
        foreach (var call in calls.Where(c => c.Parameters is not null && Makers.Contains(Verb(c), StringComparer.OrdinalIgnoreCase)).OrderBy(static c => c.Method.Count(static l => l == '.')))
            await MakeAsync(call);
        await ShapesAsync();
        await RefusalsAsync();
    }

    /// <summary>The ids of what the portal has from the start, as its lists answer them.</summary>
    private async Task KnowAsync()
    {
        _made["user"] = 1;
        foreach (var call in calls.Where(static c => c.Operation == "List" && c.Api == "bitrix24"))
        {
            if (FirstRow(await SendAsync(call, [])) is { } row && Id(row) is { } id)
                _made.TryAdd(Area(call), id);
        }
    }

    private static JsonObject? FirstRow(JsonObject? answer) => answer?["result"] switch
    {
        JsonArray rows => rows.FirstOrDefault() as JsonObject,
        JsonObject members => (members.FirstOrDefault(static m => m.Value is JsonArray { Count: > 0 }).Value as JsonArray)?[0] as JsonObject,
        _ => null,
    };

    private async Task ShapesAsync()
    {
        var kinds = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var (compared, right) = (0, 0);
        foreach (var call in calls.Where(static c => c is { Parameters: not null, Answer: { } answer } && answer["result"] is JsonObject or JsonArray).OrderBy(Removes))
        {
            if (Removes(call) && Maker(call) is { } maker)
                await MakeAsync(maker);
            var given = Substituted(call);
            var answer = await SendAsync(call, given);
            // A documented filter names records of the documentation's portal.
            if (call.Operation == "List" && Differences(call.Answer!["result"], answer?["result"], "").Any(static d => d.StartsWith("empty", StringComparison.Ordinal)))
            {
                given.Remove("filter");
                given.Remove("FILTER");
                answer = await SendAsync(call, given);
            }

            compared++;
            var found = answer?["result"] is null ? ["refused " + (answer?["error"]?.ToJsonString() ?? "")] : Differences(call.Answer!["result"], answer["result"], "result").Distinct().ToList();
            if (call.Answer!.ContainsKey("total") && answer?.ContainsKey("total") != true)
                found.Add("no total");
            if (found.Count == 0)
            {
                right++;
                continue;
            }

            foreach (var kind in found.Select(static f => f.Split(' ')[0]).Distinct())
                kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
            output.WriteLine($"{call.Method}: {string.Join("; ", found.Take(4))}");
        }

        output.WriteLine($"shapes: {right} of {compared} ({100.0 * right / compared:0.0} %); {string.Join(", ", kinds.Select(static k => $"{k.Key} {k.Value}"))}");
    }

    private async Task RefusalsAsync()
    {
        var (made, refused, documented) = (0, 0, 0);
        var kinds = new SortedDictionary<string, (int Made, int Refused, int Documented)>(StringComparer.Ordinal);
        foreach (var call in calls.Where(static c => c.Parameters is { Count: > 0 }))
        {
            foreach (var (kind, parameters) in Broken(call))
            {
                made++;
                var answer = await SendAsync(call, parameters);
                var code = (answer?["error"] is JsonObject error ? error["code"] : answer?["error"] ?? ((answer?["result"] as JsonObject)?["error"] as JsonObject)?["error"])?.ToString();
                var entry = kinds.GetValueOrDefault(kind);
                var known = code is not null && (call.Codes.Count == 0 || call.Codes.Contains(code));
                (refused, documented) = (refused + (code is null ? 0 : 1), documented + (known ? 1 : 0));
                kinds[kind] = (entry.Made + 1, entry.Refused + (code is null ? 0 : 1), entry.Documented + (known ? 1 : 0));
                if (!known)
                    output.WriteLine($"{call.Method}: {kind}: {(code is null ? "not refused" : "refused with " + code)}");
            }
        }

        output.WriteLine($"wrong calls: {refused} of {made} refused ({100.0 * refused / made:0.0} %), {documented} with a documented code ({100.0 * documented / made:0.0} %)");
        foreach (var (kind, count) in kinds)
            output.WriteLine($"  {kind}: {count.Made} made, {count.Refused} refused, {count.Documented} documented");
    }

    /// <summary>One thing wrong in each: an id is missing, an id is of no record, the fields are text.</summary>
    private IEnumerable<(string Kind, JsonObject Parameters)> Broken(DocumentedCall call)
    {
        var given = Substituted(call);
        var id = given.FirstOrDefault(p => IsId(p.Key) && p.Value is JsonValue).Key;
        if (id is not null && call.Operation is "Get" or "Update" or "Delete")
        {
            var without = given.DeepClone().AsObject();
            without.Remove(id!);
            yield return ("missing id", without);
            var unknown = given.DeepClone().AsObject();
            unknown[id!] = NoSuchId;
            yield return ("unknown record", unknown);
        }

        foreach (var name in new[] { "fields", "FIELDS", "filter", "order" })
        {
            if (given[name] is JsonObject)
            {
                var text = given.DeepClone().AsObject();
                text[name] = "x";
                yield return ($"{name.ToLowerInvariant()} is text", text);
            }
        }
    }

    private static bool IsId(string name) => name.Equals("id", StringComparison.OrdinalIgnoreCase) || name.EndsWith("Id", StringComparison.Ordinal) || name.EndsWith("ID", StringComparison.Ordinal);

    private async Task MakeAsync(DocumentedCall call)
    {
        var answer = await SendAsync(call, Substituted(call));
        if (Id(answer?["result"]) is { } id)
            _made[Verb(call) switch { "addFolder" or "addSubFolder" => "disk.folder", "uploadFile" => "disk.file", _ => Area(call) }] = id;
    }

    /// <summary>The id in what an adding call answers.</summary>
    private static JsonNode? Id(JsonNode? result) => result switch
    {
        JsonValue value when value.GetValueKind() is JsonValueKind.Number or JsonValueKind.String => value.DeepClone(),
        JsonObject members => members.FirstOrDefault(static m => m.Key.Equals("id", StringComparison.OrdinalIgnoreCase)).Value?.DeepClone()
            ?? members.Select(static m => m.Value as JsonObject).Where(static o => o is not null).Select(Id).FirstOrDefault(static i => i is not null),
        _ => null,
    };

    private JsonObject Substituted(DocumentedCall call)
    {
        var parameters = call.Parameters!.DeepClone().AsObject();
        foreach (var name in parameters.Select(static p => p.Key).ToList())
        {
            if (name.Equals("DIALOG_ID", StringComparison.OrdinalIgnoreCase) && _made.TryGetValue("im.chat", out var chat))
                parameters[name] = $"chat{chat}";
            else if (IsId(name) && parameters[name] is JsonValue && Known(call, name) is { } id)
                parameters[name] = id.DeepClone();
        }

        return parameters;
    }

    private JsonNode? Known(DocumentedCall call, string parameter)
    {
        var entity = parameter.Replace("_", "", StringComparison.Ordinal)[..^2].ToUpperInvariant();
        if (entity.Length > 0 && !Area(call).EndsWith("." + entity, StringComparison.OrdinalIgnoreCase))
            return entity.Length == 0 ? null : _made.FirstOrDefault(m => m.Key.Equals(entity, StringComparison.OrdinalIgnoreCase) || m.Key.EndsWith("." + entity, StringComparison.OrdinalIgnoreCase)).Value;
        for (var area = Area(call); area.Length > 0; area = area.Contains('.', StringComparison.Ordinal) ? area[..area.LastIndexOf('.')] : "")
        {
            if (_made.TryGetValue(area, out var id))
                return id;
        }

        return null;
    }

    private DocumentedCall? Maker(DocumentedCall call) =>
        calls.FirstOrDefault(c => c.Parameters is not null && c.Api == call.Api && Area(c).Equals(Area(call), StringComparison.OrdinalIgnoreCase) && Verb(c).Equals("add", StringComparison.OrdinalIgnoreCase));

    private async Task<JsonObject?> SendAsync(DocumentedCall call, JsonObject parameters)
    {
        var url = call.Api == "bitrix24-v3" ? $"{portal.RestUrl}api/{call.Method}" : $"{portal.RestUrl}{call.Method}";
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(parameters.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", portal.AccessToken);
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if ((int)response.StatusCode >= 500)
            output.WriteLine($"{call.Method}: STATUS {(int)response.StatusCode}");
        return text.StartsWith('{') ? JsonNode.Parse(text) as JsonObject : null;
    }

    /// <summary>Where an answer is not of the documented shape.</summary>
    private static IEnumerable<string> Differences(JsonNode? expected, JsonNode? actual, string path)
    {
        switch (expected)
        {
            case null:
                yield break;
            case JsonObject members when actual is JsonObject given:
                // Names that are data need not come back.
                if (members.Count > 0 && members.All(static m => m.Key.All(char.IsAsciiDigit)))
                {
                    if (given.Count == 0)
                        yield return $"empty {path}";
                    else
                        foreach (var difference in Differences(members.First().Value, given.First().Value, path + ".*"))
                            yield return difference;
                    yield break;
                }

                foreach (var (name, value) in members.Where(static m => !IsPortalsOwn(m.Key)))
                {
                    if (!given.ContainsKey(name))
                        yield return $"missing {path}.{name}";
                    else
                        foreach (var difference in Differences(value, given[name], $"{path}.{name}"))
                            yield return difference;
                }

                break;
            case JsonArray items when actual is JsonArray given:
                if (items.Count > 0 && given.Count == 0)
                    yield return $"empty {path}";
                else if (items.Count > 0)
                    foreach (var difference in Differences(items[0], given[0], path + "[0]"))
                        yield return difference;
                break;
            default:
                if (actual is null)
                    yield return $"null {path}";
                else if (Kind(expected) != Kind(actual))
                    yield return string.Create(CultureInfo.InvariantCulture, $"kind {path}: {Kind(expected)}, not {Kind(actual)}");
                break;
        }
    }

    private static bool IsPortalsOwn(string name) =>
        name.StartsWith("UF_CRM_", StringComparison.Ordinal) || name.StartsWith("ufCrm", StringComparison.Ordinal) || name.StartsWith("PARENT_ID_", StringComparison.Ordinal)
        || (name.StartsWith("parentId", StringComparison.Ordinal) && name.Any(char.IsAsciiDigit)) || name.StartsWith("PROPERTY_", StringComparison.Ordinal) || (name.StartsWith("property", StringComparison.Ordinal) && name.Any(char.IsAsciiDigit));

    private static string Kind(JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.True or JsonValueKind.False => "bool",
        var kind => kind.ToString().ToLowerInvariant(),
    };

    private static bool Removes(DocumentedCall call) => Verb(call) is { } verb && (verb.Equals("delete", StringComparison.OrdinalIgnoreCase) || verb.StartsWith("un", StringComparison.OrdinalIgnoreCase) || verb.Equals("remove", StringComparison.OrdinalIgnoreCase));

    private static string Verb(DocumentedCall call) => call.Method[(call.Method.LastIndexOf('.') + 1)..];

    private static string Area(DocumentedCall call) => call.Method.Contains('.', StringComparison.Ordinal) ? call.Method[..call.Method.LastIndexOf('.')] : call.Method;
}
