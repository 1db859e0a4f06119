using System.Globalization;
using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;

namespace Bitrix24.Gen.Emulator.Deliveries;

/// <summary>The queue of offline events with its four methods: get, list, clear, error.</summary>
internal sealed class OfflineQueue
{
    private readonly object _gate = new();
    private readonly List<Entry> _entries = [];
    private int _next = 1;

    /// <summary>Adds an event; one that waits already for the same record is replaced, as a portal does.</summary>
    public void Add(string code, JsonObject data, string? connector, DateTimeOffset at)
    {
        lock (_gate)
        {
            var text = data.ToJsonString();
            _entries.RemoveAll(e => e.Process is null && !e.Error && e.Code == code && e.Connector == connector && e.Data == text);
            _entries.Add(new(_next++, code, text, connector, at));
        }
    }

    public int Count
    {
        get
        {
            lock (_gate)
                return _entries.Count;
        }
    }

    public Answer? Run(string method, JsonObject parameters) => method switch
    {
        "event.offline.get" => Get(parameters),
        "event.offline.list" => List(parameters),
        "event.offline.clear" => Change(parameters, static (all, found) => all.RemoveAll(found.Contains)),
        "event.offline.error" => Change(parameters, static (_, found) => found.ForEach(static e => e.Error = true)),
        _ => null,
    };

    private Success Get(JsonObject parameters)
    {
        var clear = JsonValues.Text(parameters["clear"]) is not ("0" or "false");
        var limit = Number(parameters["limit"]) ?? 50;
        var connector = JsonValues.Text(parameters["auth_connector"]);
        var again = JsonValues.Text(parameters["process_id"]);
        var errors = JsonValues.Text(parameters["error"]) is "1" or "true";
        lock (_gate)
        {
            var found = _entries.Where(e => e.Connector == connector && (again is null ? e.Process is null : e.Process == again) && e.Error == errors).Take(limit).ToList();
            var process = clear || found.Count == 0 ? null : again ?? Auth.PortalAccounts.RandomToken(32);
            foreach (var entry in found)
                entry.Process = process;
            if (clear)
                _entries.RemoveAll(found.Contains);
            return new(new JsonObject { ["process_id"] = process, ["events"] = new JsonArray([.. found.Select(static e => (JsonNode)e.ToJson())]) });
        }
    }

    private Success List(JsonObject parameters)
    {
        var start = Math.Max(0, Number(parameters["start"]) ?? 0);
        lock (_gate)
        {
            var page = _entries.Skip(start).Take(50).ToList();
            return new(new JsonArray([.. page.Select(static e => (JsonNode)e.ToJson())])) { Total = _entries.Count, Next = start + page.Count < _entries.Count ? start + page.Count : null };
        }
    }

    private Answer Change(JsonObject parameters, Action<List<Entry>, List<Entry>> change)
    {
        if (JsonValues.Text(parameters["process_id"]) is not { Length: > 0 } process)
            return new Failure("PROCESS_ID_REQUIRED", "Process ID required", 400);
        var ids = Texts(parameters["id"]);
        var messages = Texts(parameters["message_id"]);
        lock (_gate)
        {
            change(_entries, [.. _entries.Where(e => e.Process == process
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

    private sealed class Entry(int id, string code, string data, string? connector, DateTimeOffset at)
    {
        public int Id => id;

        public string Code => code;

        public string Data => data;

        public string? Connector => connector;

        public string MessageId { get; } = Auth.PortalAccounts.RandomToken(32);

        public string? Process { get; set; }

        public bool Error { get; set; }

        public JsonObject ToJson() => new()
        {
            ["ID"] = id.ToString(CultureInfo.InvariantCulture),
            ["TIMESTAMP_X"] = at.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
            ["EVENT_NAME"] = code,
            ["EVENT_DATA"] = JsonNode.Parse(data),
            ["EVENT_ADDITIONAL"] = false,
            ["MESSAGE_ID"] = MessageId,
        };
    }
}
