using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Deliveries;

/// <summary>What became of a record in a call.</summary>
internal enum RecordChange
{
    Add,
    Update,
    Delete,
}

/// <summary>
/// The records that a call made, changed and removed, whichever method it called, and the events that tell of them: those of the
/// store's area, and those that its state file names.
/// </summary>
internal sealed class ChangedRecords
{
    private readonly EventCatalog _catalog;
    private readonly List<Change?> _changes = [];
    private readonly List<RaisedEvent> _raised = [];
    private readonly Dictionary<(RecordTable, string), int> _positions = [];
    private bool _collects;

    public ChangedRecords(RecordStore store, EventCatalog catalog)
    {
        _catalog = catalog;
        store.Saved += Saved;
        store.Removed += (table, record) => Add(table, record, RecordChange.Delete, []);
        store.Raised += raised =>
        {
            if (raised.To is not null || _collects)
                _raised.Add(raised);
        };
    }

    /// <summary>A call begins; one that was refused leaves nothing behind.</summary>
    /// <param name="isWatched">Somebody has bound an event.</param>
    public void Begin(bool isWatched)
    {
        _collects = isWatched;
        _changes.Clear();
        _raised.Clear();
        _positions.Clear();
    }

    /// <summary>The events of the call that has been executed, in the order of the changes, each with its data.</summary>
    /// <param name="parameters">The call's parameters: members of the data that no record has.</param>
    public List<RaisedEvent> Take(JsonObject parameters)
    {
        var events = new List<RaisedEvent>();
        foreach (var (table, key, change, record, fields) in _changes.OfType<Change>())
        {
            var facts = table.Spec.Events;
            var named = change switch { RecordChange.Add => facts?.Added, RecordChange.Update => facts?.Changed, _ => facts?.Removed };
            var area = facts is null ? table.Name : facts.AreaOf(table.Name, field => Values.Text(record[field]));
            if (area is not null)
                Raise(_catalog.Of(area, change), []);
            foreach (var (code, constants) in named ?? new Dictionary<string, JsonObject>())
                Raise(_catalog.Find(code), constants);
            foreach (var (field, code) in facts?.On ?? new Dictionary<string, string>())
            {
                if (change == RecordChange.Update && fields.Contains(field))
                    Raise(_catalog.Find(code), []);
            }

            foreach (var (field, name) in facts?.Sets ?? new Dictionary<string, string>())
            {
                if (area is not null && fields.Contains(field))
                    Raise(_catalog.Of(area, name), []);
            }

            void Raise(EventSpec? spec, JsonObject constants)
            {
                if (spec is not null)
                    events.Add(new(spec.Code, _catalog.Data(spec, new(key, change, record, parameters, constants)), null));
            }
        }

        events.AddRange(_raised);
        Begin(isWatched: false);
        return events;
    }

    private void Saved(RecordTable table, Record record, Record? before)
    {
        if (!_collects)
            return;
        var facts = table.Spec.Events;
        HashSet<string> fields = before is null
            ? [.. (facts?.Sets.Keys ?? []).Where(f => record[f] is not null)]
            : [.. (facts?.On.Keys ?? []).Concat(facts?.Sets.Keys ?? []).Where(f => !Values.Same(record[f], before[f]))];
        Add(table, record, before is null ? RecordChange.Add : RecordChange.Update, fields);
    }

    // One event tells of a record that a call touches more than once.
    private void Add(RecordTable table, Record record, RecordChange change, HashSet<string> fields)
    {
        if (!_collects)
            return;
        var key = Values.Text(table.KeyOf(record)) ?? "";
        var known = _positions.TryGetValue((table, key), out var at) ? _changes[at] : null;
        if (known is not null && change != RecordChange.Delete)
        {
            known.Fields.UnionWith(fields);
            return;
        }

        if (known is not null)
            _changes[at] = null;
        _positions.Remove((table, key));
        if (known?.Kind == RecordChange.Add)
            return;
        _positions[(table, key)] = _changes.Count;
        _changes.Add(new(table, key, change, record, fields));
    }

    private sealed record Change(RecordTable Table, string Key, RecordChange Kind, Record Record, HashSet<string> Fields);
}

/// <summary>What an event is to tell of.</summary>
/// <param name="Key">The record's key.</param>
/// <param name="Change">What became of it.</param>
/// <param name="Record">The record; null: nothing is kept.</param>
/// <param name="Parameters">The parameters of the call.</param>
/// <param name="Constants">Members that always have the same value.</param>
internal sealed record EventSubject(string Key, RecordChange Change, Record? Record, JsonObject Parameters, JsonObject Constants);
