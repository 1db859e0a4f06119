using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bitrix24.Gen.Emulator;

namespace Bitrix24.Gen.EmulatorMeasure;

/// <summary>
/// Sends the documentation's own calls to a portal, ids replaced by those of records that exist, and holds the answers against
/// the documented ones; then the same calls broken in one way each, and counts what is refused with a documented code.
/// </summary>
internal sealed class CallMeasure(PortalEmulator portal, IReadOnlyList<DocumentedCall> calls, TextWriter output, IReadOnlyList<string>? shown = null)
{
    private readonly NullMembers _nulls = new(calls);
    private const long NoSuchId = 987_654_321;

    private static readonly string[] Makers = ["add", "create", "register", "addfolder", "addsubfolder", "bind", "uploadfile"];

    /// <summary>Parameters of a list that choose among the records of the documentation's portal.</summary>
    private static readonly string[] Choices = ["filter", "start", "offset", "lastId", "last_id", "last_type"];

    private readonly PortalClient _client = new(portal);

    /// <summary>What calls that make records answered when they made the first: a second one of the same name may be refused.</summary>
    private readonly Dictionary<string, JsonObject> _first = new(StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<string> _firstShapeOnly = new(StringComparer.OrdinalIgnoreCase);

    private readonly KnownRecords _known = new(new PortalClient(portal), calls, output);

    public async Task RunAsync()
    {
        await PrepareAsync();
        await ShapesAsync();
        await RefusalsAsync();
    }

    /// <summary>Calls every documented method once; those that remove records last.</summary>
    /// <returns>Of each call the answer, and whether it had only the documented form.</returns>
    public async IAsyncEnumerable<(DocumentedCall Call, JsonObject? Answer, bool ShapeOnly)> EachAsync()
    {
        await PrepareAsync();
        foreach (var call in InOrder(calls))
        {
            if (Removes(call) && Maker(call) is { } maker)
                await MakeAsync(maker);
            var answer = await SendAsync(call, _known.Substituted(call.Parameters is null ? call with { Parameters = [] } : call));
            if (answer?["error"] is not null && !_first.ContainsKey(call.Method) && await RenewAsync(call))
                answer = await SendAsync(call, _known.Substituted(call.Parameters is null ? call with { Parameters = [] } : call));
            var made = _client.WasShapeOnly;
            // The record that the page makes was made in the preparation.
            if (answer?["error"] is not null && _first.TryGetValue(call.Method, out var first))
                (answer, made) = (first, _firstShapeOnly.Contains(call.Method));
            yield return (call, answer, made);
        }
    }

    private async Task PrepareAsync()
    {
        await _known.PrepareAsync();
        var makers = calls.Where(c => c.Parameters is not null && Makers.Contains(c.Verb, StringComparer.OrdinalIgnoreCase)).OrderBy(static c => c.Method.Count(static l => l == '.')).ToList();
        foreach (var call in makers)
            await MakeAsync(call);
        // What names a record that a later one makes.
        foreach (var call in makers.Where(c => !_first.ContainsKey(c.Method)))
            await MakeAsync(call);
        await _known.CompleteAsync();
    }

    private async Task ShapesAsync()
    {
        var kinds = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var (compared, right) = (0, 0);
        foreach (var call in InOrder(calls.Where(static c => c is { Parameters: not null, Answer: { } answer } && answer["result"] is JsonObject or JsonArray)))
        {
            if (Removes(call) && Maker(call) is { } maker)
                await MakeAsync(maker);
            var given = _known.Substituted(call);
            var answer = await SendAsync(call, given);
            if (answer?["error"] is not null && !_first.ContainsKey(call.Method) && await RenewAsync(call))
            {
                given = _known.Substituted(call);
                answer = await SendAsync(call, given);
            }

            // A documented filter names records of the documentation's portal, and its first record may be the fiftieth.
            if (Differences(call.Answer!["result"], answer?["result"], "").Any(static d => d.StartsWith("empty", StringComparison.Ordinal)))
            {
                foreach (var owner in new[] { given, Inner(given) }.OfType<JsonObject>())
                {
                    foreach (var name in owner.Select(static p => p.Key).Where(static n => Choices.Contains(n, StringComparer.OrdinalIgnoreCase)).ToList())
                        owner.Remove(name);
                }

                var all = await SendAsync(call, given);
                answer = all?["error"] is null ? all : answer;
            }

            if (answer?["error"] is not null && _first.TryGetValue(call.Method, out var first))
                answer = first;
            compared++;
            var found = answer?["result"] is null ? ["refused " + (answer?["error"]?.ToJsonString() ?? "")]
                : call.Others.Prepend(call.Answer!).Select(shown => Differences(shown["result"], answer["result"], "result").Where(d => !IsUnasked(d, given) && !_nulls.Has(call, d)).Distinct().ToList()).MinBy(static d => d.Count)!;
            if (call.Answer!.ContainsKey("total") && answer?.ContainsKey("total") != true)
                found.Add("no total");
            if (found.Count == 0)
            {
                right++;
                continue;
            }

            if (shown?.Contains(call.Method, StringComparer.OrdinalIgnoreCase) == true)
                output.WriteLine($"{call.Method} {given.ToJsonString()}\n  documented {call.Answer.ToJsonString()}\n  answered {answer?.ToJsonString()}");
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
                var code = (answer?["error"] is JsonObject error ? error["code"] : answer?["error"])?.ToString();
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
        var given = _known.Substituted(call);
        var id = given.FirstOrDefault(p => KnownRecords.IsId(p.Key) && p.Value is JsonValue).Key;
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

    /// <summary>Another documented call has removed the record meanwhile, or brought it to its end.</summary>
    private async Task<bool> RenewAsync(DocumentedCall call)
    {
        if (await _known.RenewAsync(call.Method))
            return true;
        if (Maker(call) is not { } maker)
            return false;
        await MakeAsync(maker);
        return true;
    }

    private async Task MakeAsync(DocumentedCall call)
    {
        var answer = await SendAsync(call, _known.Substituted(call));
        if (answer is null || answer["error"] is not null)
            return;
        _first[call.Method] = answer;
        if (_client.WasShapeOnly)
            _firstShapeOnly.Add(call.Method);
        if (KnownRecords.Id(answer["result"]) is { } id)
        {
            _known.Add(call.Verb switch { "addFolder" or "addSubFolder" => "disk.folder", "uploadFile" => "disk.file", _ => call.Area }, id);
            if (call.Parameters!["entityTypeId"] is { } type)
                _known.Add($"{call.Area}.{type}", id.DeepClone());
        }
    }

    /// <summary>Those that remove records come last, what belongs to a record before the record.</summary>
    private static IEnumerable<DocumentedCall> InOrder(IEnumerable<DocumentedCall> calls) => calls
        .OrderBy(static c => Removes(c) ? 2 : Hides(c) ? 1 : 0)
        .ThenByDescending(static c => Removes(c) ? c.Method.Count(static l => l == '.') : 0)
        .ThenByDescending(static c => Removes(c) ? c.Area : "", StringComparer.Ordinal);

    private DocumentedCall? Maker(DocumentedCall call) =>
        calls.FirstOrDefault(c => c.Parameters is not null && c.Api == call.Api && c.Area.Equals(call.Area, StringComparison.OrdinalIgnoreCase) && Makers.Contains(c.Verb, StringComparer.OrdinalIgnoreCase));

    private async Task<JsonObject?> SendAsync(DocumentedCall call, JsonObject parameters)
    {
        var (body, status) = await _client.SendAsync(call.Api, call.Method, parameters);
        if (status >= 500)
            output.WriteLine($"{call.Method}: STATUS {status}");
        // Some methods answer an error as their result.
        return body?["result"] is not JsonObject inside ? body
            : inside["error"] is JsonObject error ? error.DeepClone().AsObject()
            : inside is { Count: > 1 } && inside["result"]?.GetValueKind() == JsonValueKind.False && inside["error"] is JsonValue ? inside.DeepClone().AsObject()
            : body;
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
                if (members.Count > 0 && members.All(static m => char.IsAsciiDigit(m.Key[^1])))
                {
                    if (given.Count == 0)
                        yield return $"empty {path}";
                    else
                        foreach (var difference in Differences(members.First().Value, given.FirstOrDefault(static g => g.Value is not JsonArray { Count: 0 }).Value ?? given.First().Value, path + ".*"))
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
                    foreach (var difference in Differences(items[0], given.FirstOrDefault(g => IsOfOneKind(g, items[0])) ?? given[0], path + "[0]"))
                        yield return difference;
                break;
            // PHP's empty object is a list.
            case JsonObject { Count: > 0 } when actual is JsonArray { Count: 0 }:
                yield return $"empty {path}";
                break;
            case JsonArray { Count: 0 } when actual is JsonObject:
                break;
            default:
                if (actual is null)
                    yield return $"null {path}";
                else if (Kind(expected) != Kind(actual))
                    yield return string.Create(CultureInfo.InvariantCulture, $"kind {path}: {Kind(expected)}, not {Kind(actual)}");
                break;
        }
    }

    /// <summary>Lists of files and folders have rows of two kinds.</summary>
    private static bool IsOfOneKind(JsonNode? given, JsonNode? shown) =>
        given is JsonObject row && shown is JsonObject example && example["TYPE"] is JsonValue kind && row["TYPE"]?.ToJsonString() == kind.ToJsonString();

    private static bool IsPortalsOwn(string name) =>
        name.StartsWith("UF_CRM_", StringComparison.Ordinal) || name.StartsWith("UF_AUTO_", StringComparison.Ordinal) || name.StartsWith("ufCrm", StringComparison.Ordinal) || name.StartsWith("PARENT_ID_", StringComparison.Ordinal)
        || (name.StartsWith("parentId", StringComparison.Ordinal) && name.Any(char.IsAsciiDigit)) || name.StartsWith("PROPERTY_", StringComparison.Ordinal) || (name.StartsWith("property", StringComparison.Ordinal) && name.Any(char.IsAsciiDigit));

    /// <summary>Some methods take all that says what is wanted in one parameter.</summary>
    private static JsonObject? Inner(JsonObject given) => given.FirstOrDefault(static p => p.Key.Equals("params", StringComparison.OrdinalIgnoreCase)).Value as JsonObject;

    private static JsonNode? Select(JsonObject given) => given.FirstOrDefault(static p => p.Key.Equals("select", StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>The page's own request does not select the member that the page's answer shows.</summary>
    private static bool IsUnasked(string difference, JsonObject given)
    {
        if (!difference.StartsWith("missing ", StringComparison.Ordinal) || (Select(given) ?? (Inner(given) is { } inner ? Select(inner) : null)) is not JsonArray { Count: > 0 } select)
            return false;
        var name = difference[(difference.LastIndexOf('.') + 1)..];
        var asked = select.Select(static s => s?.ToString() ?? "").ToList();
        return !asked.Exists(static s => s.EndsWith('*')) && !asked.Exists(s => Folded(s) == Folded(name));

        static string Folded(string text) => text.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
    }

    private static string Kind(JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.True or JsonValueKind.False => "bool",
        var kind => kind.ToString().ToLowerInvariant(),
    };

    private static bool Hides(DocumentedCall call) => Array.Exists(["delete", "terminate", "trash", "unset", "stop"], w => call.Verb.Contains(w, StringComparison.OrdinalIgnoreCase));

    private static bool Removes(DocumentedCall call) => call.Verb is { } verb && (verb.Equals("delete", StringComparison.OrdinalIgnoreCase) || verb.StartsWith("un", StringComparison.OrdinalIgnoreCase) || verb.Equals("remove", StringComparison.OrdinalIgnoreCase));
}
