using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;
using Bitrix24.Gen.Emulator.State;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Deliveries;

/// <summary>
/// Automation rules: robots that an application registered, assigned to the stages of an entity type. State files say which
/// stores have stages and how their records are named as documents.
/// </summary>
internal sealed class StageRobots
{
    private const int Kept = 10_000;
    private const string On = "on";
    private const string Callback = "callback";
    private const string Document = "document";
    private const string Stages = "stages";
    private const string Given = "given";
    private const string Waits = "waits";
    private const string DocumentValue = "{=Document:";

    private readonly Portal _portal;
    private readonly PortalCallbacks _callbacks;
    private readonly Action<Func<CancellationToken, Task>> _enqueue;
    private readonly object _gate = new();
    private readonly KeptList<Assignment> _assigned;
    private readonly Queue<Run> _runs = new();

    public StageRobots(Portal portal, PortalCallbacks callbacks, Action<Func<CancellationToken, Task>> enqueue)
    {
        (_portal, _callbacks, _enqueue) = (portal, callbacks, enqueue);
        _assigned = new(
            portal.Records,
            "#robots",
            static a => new JsonObject { ["STORE"] = a.Store, ["STAGE"] = a.Stage, ["CODE"] = a.Code, ["PROPERTIES"] = a.Properties.DeepClone() },
            static r => new(Values.Text(r["STORE"]) ?? "", Values.Text(r["STAGE"]) ?? "", Values.Text(r["CODE"]) ?? "", r["PROPERTIES"] as JsonObject ?? []));
        portal.Records.Saved += Saved;
    }

    public IReadOnlyList<StageRobot> Assigned => [.. _assigned.Items.Select(static a => new StageRobot(a.Store, a.Stage, a.Code, a.Properties.ToJsonString()))];

    /// <summary>What robots were started for, oldest first.</summary>
    public IReadOnlyList<RobotRun> Runs
    {
        get
        {
            var replies = _callbacks.Replies.ToLookup(static r => r.Token, StringComparer.Ordinal);
            lock (_gate)
                return [.. _runs.Select(r => r.ToPublic(r.Token is { } token ? replies[token].FirstOrDefault() : null))];
        }
    }

    /// <summary>Assigns a robot to a stage, as the stage settings of a portal do.</summary>
    /// <exception cref="InvalidOperationException">There is no such entity type, stage or robot.</exception>
    public void Assign(string entity, string stage, string code, JsonObject properties)
    {
        var (store, robots) = Find(entity);
        var callback = _callbacks.Addresses.Find(JsonValues.Text(robots[Callback]) ?? "") ?? throw new InvalidOperationException($"{store} has robots, but no spec has their callback.");
        if (_callbacks.Addresses.Find(callback, code) is null)
            throw new InvalidOperationException($"Nobody registered a robot \"{code}\"; {callback.Method} does.");
        lock (_portal.Records.Gate)
        {
            var known = (new Expression(_portal.Records, Nobody()).Value(robots[Stages]) as JsonArray ?? []).Select(JsonValues.Text);
            if (!known.Contains(stage, StringComparer.OrdinalIgnoreCase))
                throw new InvalidOperationException($"There is no stage \"{stage}\".");

            _assigned.Remove(a => a.Is(store, stage, code));
            _assigned.Add(new(store, stage, code, (JsonObject)properties.DeepClone()));
        }
    }

    /// <summary>Takes a robot from a stage; false: it was not there.</summary>
    public bool Remove(string entity, string stage, string code)
    {
        var (store, _) = Find(entity);
        return _assigned.Remove(a => a.Is(store, stage, code)) > 0;
    }

    /// <summary>Forgets every assignment: the application is gone.</summary>
    public void Clear() => _assigned.Remove(static _ => true);

    // Callers hold the gate of the records.
    private void Saved(RecordTable table, Record record, Record? before)
    {
        if (table.Spec.Robots is not { } robots || JsonValues.Text(robots[On]) is not { } field)
            return;
        if (Values.Text(record[field]) is not { Length: > 0 } stage || (before is not null && Values.Same(record[field], before[field])))
            return;
        foreach (var assignment in _assigned.Items.Where(a => a.Is(table.Name, stage, null)))
            Start(assignment, robots, record);
    }

    private void Start(Assignment assignment, JsonObject robots, Record record)
    {
        var type = new Expression(_portal.Records, Nobody()) { Record = record }.Value(robots[Document]) as JsonArray ?? [];
        var key = Values.Text(_portal.Records.KeyOf(record)) ?? "";
        var id = (JsonArray)type.DeepClone();
        if (id.Count > 0)
            id[^1] = $"{JsonValues.Text(id[^1])}_{key}";
        var request = new JsonObject
        {
            ["workflow_id"] = Guid.NewGuid().ToString("n"),
            ["document_id"] = id,
            ["document_type"] = type.DeepClone(),
        };
        if (JsonValues.Text(robots[Given]) is { } given)
            request[given] = assignment.Properties.DeepClone();
        Run run;
        try
        {
            var call = _callbacks.Prepare(JsonValues.Text(robots[Callback])!, request, assignment.Code);
            Fill(call.Request[JsonValues.Text(robots[Given]) ?? ""], record);
            var waits = JsonValues.Text(robots[Waits]) is not { } member || JsonValues.Text(call.Request[member]) != "N";
            run = new(assignment, key, call.Token, waits);
            _enqueue(async cancellationToken => run.Answer = await _callbacks.SendAsync(call, cancellationToken));
        }
        catch (InvalidOperationException)
        {
            // The robot was deleted after it had been assigned.
            run = new(assignment, key, null, false) { IsGone = true };
        }

        lock (_gate)
        {
            _runs.Enqueue(run);
            while (_runs.Count > Kept)
                _runs.Dequeue();
        }
    }

    /// <summary>Puts fields of the record in place of <c>{=Document:NAME}</c>.</summary>
    private static void Fill(JsonNode? node, Record record)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members.ToList())
                    Replace(value, text => members[name] = text);
                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    var at = i;
                    Replace(items[i], text => items[at] = text);
                }

                break;
        }

        void Replace(JsonNode? value, Action<string> set)
        {
            if (value is JsonValue && JsonValues.Text(value) is { } text && text.Contains(DocumentValue, StringComparison.Ordinal))
                set(Filled(text, record));
            else
                Fill(value, record);
        }
    }

    private static string Filled(string text, Record record)
    {
        var filled = new System.Text.StringBuilder();
        var at = 0;
        while (text.IndexOf(DocumentValue, at, StringComparison.Ordinal) is >= 0 and var open && text.IndexOf('}', open) is > 0 and var close)
        {
            filled.Append(text, at, open - at).Append(Values.Text(record[text[(open + DocumentValue.Length)..close]]));
            at = close + 1;
        }

        return filled.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>The store of an entity type by its own name, another name of it, or the name of its documents (<c>DEAL</c>, <c>DYNAMIC_147</c>).</summary>
    private (string Store, JsonObject Robots) Find(string entity)
    {
        var state = _portal.Records.State;
        if (state.Store(entity) is { Robots: { } known } named)
            return (named.Name, known);
        foreach (var store in state.Stores.Where(static s => s.Robots is not null))
        {
            var document = JsonValues.Text((store.Robots![Document] as JsonArray)?[^1]) ?? "";
            if (document.Equals(entity, StringComparison.OrdinalIgnoreCase))
                return (store.Name, store.Robots);
            // A pattern: the number goes on in both names.
            var beginning = document.Split('{')[0];
            if (beginning.Length < document.Length && entity.StartsWith(beginning, StringComparison.OrdinalIgnoreCase) && int.TryParse(entity.AsSpan(beginning.Length), out var number))
                return (string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{store.Name}{number}"), store.Robots);
        }

        var names = state.Stores.Where(static s => s.Robots is not null).Select(static s => s.Name.EndsWith('.') ? s.Name + "N" : s.Name).Order(StringComparer.Ordinal);
        throw new InvalidOperationException($"\"{entity}\" has no stages with robots; {string.Join(", ", names)} have.");
    }

    private WriteContext Nobody() => new(_portal.Clock.GetUtcNow(), _portal.Options.UserId, "", []);

    private sealed record Assignment(string Store, string Stage, string Code, JsonObject Properties)
    {
        public bool Is(string store, string stage, string? code) =>
            Store.Equals(store, StringComparison.OrdinalIgnoreCase) && Stage.Equals(stage, StringComparison.OrdinalIgnoreCase) && (code is null || code == Code);
    }

    private sealed class Run(Assignment assignment, string record, string? token, bool waits)
    {
        public string? Token => token;

        public CallbackOutcome? Answer { get; set; }

        public bool IsGone { get; set; }

        public RobotRun ToPublic(CallbackReply? reply)
        {
            var state = IsGone ? RobotState.Failed
                : reply is not null ? RobotState.Completed
                : Answer is not { } answer ? RobotState.Sending
                : !answer.IsTaken ? RobotState.Failed
                : waits ? RobotState.Waiting : RobotState.Completed;
            return new(assignment.Code, assignment.Store, assignment.Stage, record, state, Answer?.Status, reply?.Parameters);
        }
    }
}
