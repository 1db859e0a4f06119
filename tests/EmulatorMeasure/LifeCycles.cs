using System.Text.Json.Nodes;
using Bitrix24.Gen.Emulator;

namespace Bitrix24.Gen.EmulatorMeasure;

/// <summary>
/// Takes a record of every area through its life with the documented calls: made, read, listed, changed, deleted. Each answer must
/// show what the calls before it did.
/// </summary>
internal sealed class LifeCycles(PortalEmulator portal, IReadOnlyList<DocumentedCall> calls, TextWriter output)
{
    private static readonly string[] Makers = ["add", "create", "register"];

    private readonly PortalClient _client = new(portal);
    private readonly KnownRecords _known = new(new PortalClient(portal), calls, output);
    private readonly SortedDictionary<string, (int Right, int All)> _steps = new(StringComparer.Ordinal);

    public async Task RunAsync()
    {
        await _known.PrepareAsync();
        var areas = calls.Where(static c => c.Parameters is not null && Makers.Contains(Verb(c), StringComparer.OrdinalIgnoreCase)).OrderBy(static c => c.Method.Count(static l => l == '.')).ToList();
        var whole = 0;
        // What names a record that a later area makes is tried again after it.
        var (lives, again) = (new Queue<DocumentedCall>(areas), new HashSet<DocumentedCall>());
        while (lives.TryDequeue(out var maker))
        {
            if (await LiveAsync(maker, last: !again.Add(maker)) is not { } problems)
            {
                lives.Enqueue(maker);
                continue;
            }

            whole += problems.Count == 0 ? 1 : 0;
            if (problems.Count > 0)
                output.WriteLine($"{Area(maker)}: {string.Join("; ", problems)}");
        }

        foreach (var (step, count) in _steps)
            output.WriteLine($"  {step}: {count.Right} of {count.All}");
        output.WriteLine($"life cycles: {whole} of {areas.Count} areas without a fault ({100.0 * whole / Math.Max(areas.Count, 1):0.0} %)");
    }

    /// <returns>What went wrong; null: the record could not be made, and this was not the last try.</returns>
    private async Task<List<string>?> LiveAsync(DocumentedCall maker, bool last)
    {
        var problems = new List<string>();
        var made = _known.Substituted(maker);
        var (answer, error) = await SendAsync(maker, made);
        if (error is not null && !last)
            return null;
        if (!Check(problems, "add", error is null, error ?? ""))
            return problems;
        if (Id(answer) is not { } id)
            return problems;
        _known.Add(Area(maker), id);
        var given = Fields(made);
        await ReadAsync(maker, made, id, Kept(maker, given), "get", problems);
        await ListAsync(maker, made, id, listed: true, "list", problems);
        if (Find(maker, "update", "edit") is { Parameters: not null } update)
        {
            var changed = Substituted(update, made, id);
            (_, error) = await SendAsync(update, changed);
            if (Check(problems, "update", error is null, error ?? ""))
                await ReadAsync(maker, made, id, Kept(update, Fields(changed)), "get after update", problems);
        }

        if (Find(maker, "delete", "remove", "unregister") is { Parameters: not null } delete)
        {
            (_, error) = await SendAsync(delete, Substituted(delete, made, id));
            if (Check(problems, "delete", error is null, error ?? ""))
            {
                if (Find(maker, "get") is { Parameters: not null } get && get.Answer?["result"] is JsonObject shown && !IsMap(shown))
                {
                    (_, error) = await SendAsync(get, Substituted(get, made, id));
                    Check(problems, "get after delete is refused", error is not null, "");
                }

                await ListAsync(maker, made, id, listed: false, "gone from list", problems);
                // Records that others belong to are there for those.
                (answer, _) = await SendAsync(maker, made);
                if (Id(answer) is { } next)
                    _known.Add(Area(maker), next);
            }
        }

        return problems;
    }

    private async Task ReadAsync(DocumentedCall maker, JsonObject made, JsonNode id, JsonObject given, string step, List<string> problems)
    {
        if (Find(maker, "get") is not { Parameters: not null } get || get.Answer?["result"] is not JsonObject)
            return;
        var (answer, error) = await SendAsync(get, Substituted(get, made, id));
        if (!Check(problems, step, error is null, error ?? ""))
            return;
        // Only what the documentation shows in the answer must be there; an empty text asks for nothing.
        var shown = Members(get.Answer["result"], id);
        var found = Members(answer, id);
        var wrong = given.Where(g => shown.ContainsKey(Fold(g.Key)) && g.Value is JsonValue && g.Value.ToString().Length > 0 && !IsOwnField(g.Key)
                && !IsShown(g.Value, found.GetValueOrDefault(Fold(g.Key))))
            .Select(g => $"{g.Key} {Short(found.GetValueOrDefault(Fold(g.Key)))} not {Short(g.Value)}").ToList();
        Check(problems, step + " shows what was given", wrong.Count == 0, string.Join(", ", wrong.Take(3)));
    }

    private async Task ListAsync(DocumentedCall maker, JsonObject made, JsonNode id, bool listed, string step, List<string> problems)
    {
        if (Find(maker, "list", "getlist") is not { Parameters: not null } list)
            return;
        var filtered = Substituted(list, made, null);
        var parameters = filtered.DeepClone().AsObject();
        foreach (var name in parameters.Select(static p => p.Key).Where(static n => n.Equals("filter", StringComparison.OrdinalIgnoreCase) || n.Equals("select", StringComparison.OrdinalIgnoreCase) || n.Equals("start", StringComparison.OrdinalIgnoreCase)).ToList())
            parameters.Remove(name);
        var (answer, error) = await SendAsync(list, parameters);
        // Some lists cannot be asked for without a filter.
        if (error is not null)
            (answer, error) = await SendAsync(list, filtered);
        if (!Check(problems, step, error is null, error ?? ""))
            return;
        Check(problems, step, Contains(answer, id) == listed, listed ? "not there" : "still there");
    }

    private bool Check(List<string> problems, string step, bool right, string problem)
    {
        var (good, all) = _steps.GetValueOrDefault(step);
        _steps[step] = (good + (right ? 1 : 0), all + 1);
        if (!right)
            problems.Add($"{step} {problem}".TrimEnd());
        return right;
    }

    private DocumentedCall? Find(DocumentedCall maker, params string[] verbs) =>
        calls.FirstOrDefault(c => c.Api == maker.Api && Area(c).Equals(Area(maker), StringComparison.OrdinalIgnoreCase) && verbs.Contains(Verb(c), StringComparer.OrdinalIgnoreCase));

    /// <summary>The fields that a call gives a record: those of its one object, else its parameters.</summary>
    private static JsonObject Fields(JsonObject parameters) =>
        parameters.Where(static p => p.Key.Contains("field", StringComparison.OrdinalIgnoreCase)).Select(static p => p.Value as JsonObject).FirstOrDefault(static o => o is not null)
        ?? new JsonObject(parameters.Where(static p => !IsId(p.Key)).Select(static p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));

    /// <summary>What the record keeps of the given: the page's answer shows where the server sets another value.</summary>
    private static JsonObject Kept(DocumentedCall call, JsonObject given)
    {
        var documented = Fields(call.Parameters!);
        var shown = Members(call.Answer?["result"], 0);
        return new(given.Where(g => documented[g.Key] is not JsonValue asked || shown.GetValueOrDefault(Fold(g.Key)) is not JsonValue answered || IsShown(asked, answered))
            .Select(static g => KeyValuePair.Create(g.Key, g.Value?.DeepClone())));
    }

    /// <summary>The parameters of a later call in the life of a record: what the record was made in or of is the same there.</summary>
    private JsonObject Substituted(DocumentedCall call, JsonObject made, JsonNode? own)
    {
        var parameters = _known.Substituted(call, own);
        foreach (var (name, value) in made)
        {
            if (parameters.ContainsKey(name) && !name.Equals("id", StringComparison.OrdinalIgnoreCase)
                && (IsId(name) ? value is JsonValue : value is JsonObject { Count: > 0 } owner && owner.All(static m => IsId(m.Key))))
                parameters[name] = value.DeepClone();
        }

        return parameters;
    }

    private async Task<(JsonNode? Result, string? Error)> SendAsync(DocumentedCall call, JsonObject parameters)
    {
        var (body, status) = await _client.SendAsync(call.Api, call.Method, parameters);
        // Some methods answer an error as their result.
        var refusal = status >= 400 ? body : body?["result"] is JsonObject inside && inside.ContainsKey("error") ? inside : null;
        return refusal is null && status < 400 ? (body?["result"], null) : (null, $"{refusal?["error"]?.ToJsonString()} {Short(refusal?["error_description"])}");
    }

    private static JsonNode? Id(JsonNode? result) => result switch
    {
        JsonValue value when value.GetValueKind() is System.Text.Json.JsonValueKind.Number => value.DeepClone(),
        JsonObject members => members.FirstOrDefault(static m => m.Key.Equals("id", StringComparison.OrdinalIgnoreCase)).Value?.DeepClone()
            ?? members.Select(static m => m.Value as JsonObject).Where(static o => o is not null).Select(Id).FirstOrDefault(static i => i is not null),
        _ => null,
    };

    private static bool Contains(JsonNode? node, JsonNode id) => node switch
    {
        // Ids of other records stand beside a record's own, and those of its items within it.
        JsonObject members when members.FirstOrDefault(static m => m.Key.Equals("id", StringComparison.OrdinalIgnoreCase)).Value is JsonValue own => Same(own, id),
        JsonObject members => members.Any(m => (IsId(m.Key) && Same(m.Value, id)) || Contains(m.Value, id)),
        JsonArray items => items.Any(i => Contains(i, id)),
        _ => false,
    };

    /// <summary>What the answer says of a record, at its top or in an object in it.</summary>
    private static Dictionary<string, JsonNode?> Members(JsonNode? result, JsonNode id)
    {
        if (result is JsonObject map && IsMap(map))
            result = map[id.ToString()] ?? map.First().Value;
        var members = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var (name, value) in result as JsonObject ?? [])
        {
            if (value is not JsonObject)
                members[Fold(name)] = value;
        }

        foreach (var (name, value) in result as JsonObject ?? [])
        {
            foreach (var (inner, deeper) in value as JsonObject ?? [])
                members.TryAdd(Fold(inner), deeper);
            members.TryAdd(Fold(name), value);
        }

        return members;
    }

    /// <summary>Records by their ids.</summary>
    private static bool IsMap(JsonObject members) => members.Count > 0 && members.All(static m => m.Key.Length > 0 && m.Key.All(char.IsAsciiDigit));

    /// <summary>A field of the documentation's portal.</summary>
    private static bool IsOwnField(string name) => name.StartsWith("UF_", StringComparison.OrdinalIgnoreCase) && name.Any(char.IsAsciiDigit);

    /// <summary>The value that was given, itself, with the beginning that codes of fields get, or as that of an object: of each language, of a property.</summary>
    private static bool IsShown(JsonNode? given, JsonNode? found) => found is JsonObject members
        ? members.Any(m => Same(given, m.Value))
        : Same(given, found) || (found?.ToString() is { } text && text.StartsWith("UF_", StringComparison.Ordinal) && text.EndsWith($"_{given}", StringComparison.Ordinal));

    private static bool Same(JsonNode? a, JsonNode? b)
    {
        var (left, right) = (a?.ToString() ?? "", b?.ToString() ?? "");
        return left.Equals(right, StringComparison.OrdinalIgnoreCase) || (double.TryParse(left, out var x) && double.TryParse(right, out var y) && x == y)
            || (DateTimeOffset.TryParse(left, out var early) && DateTimeOffset.TryParse(right, out var late) && early.UtcDateTime.Date == late.UtcDateTime.Date)
            || (IsTrue(left) is { } truth && truth == IsTrue(right));
    }

    private static bool? IsTrue(string text) => text.ToUpperInvariant() switch { "Y" or "1" or "TRUE" => true, "N" or "0" or "FALSE" => false, _ => null };

    private static string Short(JsonNode? node) => node?.ToJsonString() is { } text ? text.Length > 40 ? text[..40] : text : "null";

    private static string Fold(string name) => name.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();

    private static bool IsId(string name) => name.EndsWith("id", StringComparison.OrdinalIgnoreCase);

    private static string Verb(DocumentedCall call) => call.Method[(call.Method.LastIndexOf('.') + 1)..];

    private static string Area(DocumentedCall call) => call.Method.Contains('.', StringComparison.Ordinal) ? call.Method[..call.Method.LastIndexOf('.')] : call.Method;
}
