using System.Globalization;
using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;

namespace Bitrix24.Gen.Emulator.Deliveries;

/// <summary>The queue of offline events with its four methods: get, list, clear, error.</summary>
internal sealed class OfflineQueue(RecordStore store)
{
    private static readonly string[] GetFields = ["ID", "TIMESTAMP_X", "EVENT_NAME", "MESSAGE_ID"];
    private static readonly string[] ListFields = [.. GetFields, "PROCESS_ID", "ERROR"];
    private static readonly (string Prefix, string Name)[] Operators =
        [("", "equals"), ("=", "equals"), (">", "greater"), (">=", "greaterOrEqual"), ("<", "less"), ("<=", "lessOrEqual")];

    private readonly KeptList<Entry> _entries = new(store, "#offline", static e => e.ToRecord(), Entry.Of);

    /// <summary>Adds an event; one that waits already for the same record is replaced, as a portal does.</summary>
    public void Add(string code, JsonObject data, string? connector, DateTimeOffset at)
    {
        var text = data.ToJsonString();
        lock (store.Gate)
        {
            _entries.Remove(e => e.Process is null && !e.Error && e.Code == code && e.Connector == connector && e.Data == text);
            _entries.Add(new(0, code, text, connector, at, Auth.PortalAccounts.RandomToken(32)));
        }
    }

    public int Count => _entries.Count;

    public Answer? Run(string method, JsonObject parameters) => method switch
    {
        "event.offline.get" => Get(parameters),
        "event.offline.list" => List(parameters),
        "event.offline.clear" => Change(parameters, static (entries, found) => entries.Remove(found.Contains)),
        "event.offline.error" => Change(parameters, static (entries, found) => entries.Change(found.Contains, static e => e with { Error = true })),
        _ => null,
    };

    private Answer Get(JsonObject parameters)
    {
        var clear = JsonValues.Text(parameters["clear"]) is not ("0" or "false");
        var limit = Number(parameters["limit"]) ?? 50;
        var connector = JsonValues.Text(parameters["auth_connector"]);
        var again = JsonValues.Text(parameters["process_id"]);
        var errors = JsonValues.Text(parameters["error"]) is "1" or "true";
        if (Selection(parameters, GetFields, out var failure) is not { } select)
            return failure!;
        lock (store.Gate)
        {
            var found = select(_entries.Items.Where(e => e.Connector == connector && (again is null ? errors || e.Process is null : e.Process == again) && e.Error == errors)).Take(limit).ToList();
            var process = clear || found.Count == 0 ? null : again ?? Auth.PortalAccounts.RandomToken(32);
            if (clear)
                _entries.Remove(found.Contains);
            else
                _entries.Change(found.Contains, e => e with { Process = process });
            return new Success(new JsonObject { ["process_id"] = process, ["events"] = new JsonArray([.. found.Select(static e => (JsonNode)e.ToJson())]) });
        }
    }

    private Answer List(JsonObject parameters)
    {
        var start = Math.Max(0, Number(parameters["start"]) ?? 0);
        var connector = JsonValues.Text(parameters["auth_connector"]);
        if (Selection(parameters, ListFields, out var failure) is not { } select)
            return failure!;
        var entries = select(_entries.Items.Where(e => e.Connector == connector)).ToList();
        var page = entries.Skip(start).Take(50).ToList();
        return new Success(new JsonArray([.. page.Select(static e => (JsonNode)e.ToListJson())])) { Total = entries.Count, Next = start + page.Count < entries.Count ? start + page.Count : null };
    }

    /// <summary>The filter and the order of a call; null: one of them is refused.</summary>
    private static Func<IEnumerable<Entry>, IEnumerable<Entry>>? Selection(JsonObject parameters, string[] fields, out Failure? failure)
    {
        failure = null;
        var tests = new List<(string Field, Func<object?, bool> Fits)>();
        foreach (var (key, value) in parameters["filter"] as JsonObject ?? [])
        {
            var field = key.TrimStart('=', '<', '>');
            var operation = Array.FindIndex(Operators, o => o.Prefix == key[..^field.Length]);
            if (operation < 0 || Array.IndexOf(fields, field) < 0)
            {
                failure = new("ERROR_ARGUMENT", $"Filter operation not allowed: {key}", 400);
                return null;
            }

            tests.Add((field, FilterTest.Of(Operators[operation].Name, Values.From(value), zero: false)));
        }

        var order = (parameters["order"] as JsonObject ?? []).Where(o => Array.IndexOf(fields, o.Key) >= 0)
            .Select(static o => (o.Key, IsDown: string.Equals(JsonValues.Text(o.Value), "DESC", StringComparison.OrdinalIgnoreCase))).ToList();
        return entries =>
        {
            var found = entries.Select(static e => (Entry: e, Row: e.ToListJson())).Where(e => tests.TrueForAll(t => t.Fits(Values.From(e.Row[t.Field]))));
            var sorted = found.OrderBy(static _ => 0);
            foreach (var (field, isDown) in order)
                sorted = isDown ? sorted.ThenByDescending(e => Scalar.Of(Values.From(e.Row[field]))) : sorted.ThenBy(e => Scalar.Of(Values.From(e.Row[field])));
            return sorted.Select(static e => e.Entry);
        };
    }

    private Answer Change(JsonObject parameters, Action<KeptList<Entry>, List<Entry>> change)
    {
        if (JsonValues.Text(parameters["process_id"]) is not { Length: > 0 } process)
            return new Failure("PROCESS_ID_REQUIRED", "Process ID required", 400);
        var ids = Texts(parameters["id"]);
        var messages = Texts(parameters["message_id"]);
        lock (store.Gate)
        {
            change(_entries, [.. _entries.Items.Where(e => e.Process == process
                && (ids is not null ? ids.Contains(e.Id.ToString(CultureInfo.InvariantCulture)) : messages?.Contains(e.MessageId) ?? true))]);
            return new Success(true);
        }
    }

    private static HashSet<string>? Texts(JsonNode? value) => value switch
    {
        JsonArray list => [.. list.Select(JsonValues.Text).OfType<string>()],
        JsonObject map => [.. map.Select(static m => JsonValues.Text(m.Value)).OfType<string>()],
        null => null,
        _ => [.. new[] { JsonValues.Text(value) }.OfType<string>()],
    };

    private static int? Number(JsonNode? value) => int.TryParse(JsonValues.Text(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private sealed record Entry(long Id, string Code, string Data, string? Connector, DateTimeOffset At, string MessageId)
    {
        public string? Process { get; init; }

        public bool Error { get; init; }

        public static Entry Of(Record record) => new(
            record["ID"] as long? ?? 0,
            Values.Text(record["CODE"]) ?? "",
            Values.Text(record["DATA"]) ?? "{}",
            Values.Text(record["CONNECTOR"]),
            DateTimeOffset.FromUnixTimeMilliseconds(record["AT"] as long? ?? 0),
            Values.Text(record["MESSAGE"]) ?? "")
        {
            Process = Values.Text(record["PROCESS"]),
            Error = record["ERROR"] is true,
        };

        public JsonObject ToRecord() => new()
        {
            ["CODE"] = Code,
            ["DATA"] = Data,
            ["CONNECTOR"] = Connector,
            ["AT"] = At.ToUnixTimeMilliseconds(),
            ["MESSAGE"] = MessageId,
            ["PROCESS"] = Process,
            ["ERROR"] = Error,
        };

        public JsonObject ToJson() => new()
        {
            ["ID"] = Id.ToString(CultureInfo.InvariantCulture),
            ["TIMESTAMP_X"] = At.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
            ["EVENT_NAME"] = Code,
            ["EVENT_DATA"] = JsonNode.Parse(Data),
            ["EVENT_ADDITIONAL"] = false,
            ["MESSAGE_ID"] = MessageId,
        };

        /// <summary>What the list shows beside.</summary>
        public JsonObject ToListJson()
        {
            var row = ToJson();
            row["PROCESS_ID"] = Process ?? "";
            row["ERROR"] = Error ? "1" : "0";
            return row;
        }
    }
}
