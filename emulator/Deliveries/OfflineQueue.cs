using System.Globalization;
using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;

namespace Bitrix24.Gen.Emulator.Deliveries;

/// <summary>The queue of offline events with its four methods: get, list, clear, error.</summary>
internal sealed class OfflineQueue(RecordStore store)
{
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

    private Success Get(JsonObject parameters)
    {
        var clear = JsonValues.Text(parameters["clear"]) is not ("0" or "false");
        var limit = Number(parameters["limit"]) ?? 50;
        var connector = JsonValues.Text(parameters["auth_connector"]);
        var again = JsonValues.Text(parameters["process_id"]);
        var errors = JsonValues.Text(parameters["error"]) is "1" or "true";
        lock (store.Gate)
        {
            var found = _entries.Items.Where(e => e.Connector == connector && (again is null ? e.Process is null : e.Process == again) && e.Error == errors).Take(limit).ToList();
            var process = clear || found.Count == 0 ? null : again ?? Auth.PortalAccounts.RandomToken(32);
            if (clear)
                _entries.Remove(found.Contains);
            else
                _entries.Change(found.Contains, e => e with { Process = process });
            return new(new JsonObject { ["process_id"] = process, ["events"] = new JsonArray([.. found.Select(static e => (JsonNode)e.ToJson())]) });
        }
    }

    private Success List(JsonObject parameters)
    {
        var start = Math.Max(0, Number(parameters["start"]) ?? 0);
        var entries = _entries.Items;
        var page = entries.Skip(start).Take(50).ToList();
        return new(new JsonArray([.. page.Select(static e => (JsonNode)e.ToJson())])) { Total = entries.Count, Next = start + page.Count < entries.Count ? start + page.Count : null };
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
    }
}
