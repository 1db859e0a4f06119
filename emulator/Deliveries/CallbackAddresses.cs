using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Deliveries;

/// <summary>
/// The addresses that calls registered for callbacks. The specs say which method registers which; methods of the same file
/// that update or delete change them.
/// </summary>
internal sealed class CallbackAddresses
{
    private static readonly string[] KeyNames = ["code", "id"];
    private static readonly string[] Wrappers = ["", "fields."];

    private readonly object _gate = new();
    private readonly Dictionary<string, CallbackSpec> _specs = new(StringComparer.OrdinalIgnoreCase);
    private readonly ILookup<string, CallbackSpec> _byFile;
    private readonly List<Entry> _entries = [];

    public CallbackAddresses(SpecSet specs)
    {
        foreach (var spec in specs.Files.Where(static f => f.Api == SpecSet.DefaultApi).SelectMany(static f => f.Callbacks))
            _specs[spec.Name] = spec;
        _byFile = _specs.Values.Where(static s => s is { Method: not null, Field: not null }).ToLookup(static s => s.File, StringComparer.Ordinal);
    }

    public CallbackSpec? Find(string name) => _specs.GetValueOrDefault(name);

    public IEnumerable<string> Names => _specs.Keys.Order(StringComparer.Ordinal);

    /// <summary>The callbacks that a method answers.</summary>
    public IEnumerable<CallbackSpec> RepliedBy(string method) => _specs.Values.Where(s => method.Equals(s.Reply, StringComparison.OrdinalIgnoreCase));

    /// <summary>Called after each executed call.</summary>
    public void Executed(MethodSpec method, JsonObject parameters, JsonNode? result)
    {
        foreach (var spec in _byFile[method.File])
        {
            var keys = Keys(parameters).ToHashSet(StringComparer.Ordinal);
            lock (_gate)
            {
                if (method.Name == spec.Method)
                {
                    if (IdOf(result) is { } id)
                        keys.Add(id);
                    Change(spec, keys, parameters, isNew: true);
                }
                else if (method.Operation == Operation.Delete)
                {
                    _entries.RemoveAll(e => e.Spec == spec && e.Keys.Overlaps(keys));
                }
                else if (method.Operation is Operation.Update or Operation.Upsert)
                {
                    Change(spec, keys, parameters, isNew: false);
                }
            }
        }
    }

    /// <summary>Forgets every address: the application is gone.</summary>
    public void Clear()
    {
        lock (_gate)
            _entries.Clear();
    }

    /// <summary>What was registered; null: nobody did.</summary>
    /// <param name="spec">The callback.</param>
    /// <param name="key">The code or id under which it was registered; null: the latest.</param>
    public Registration? Find(CallbackSpec spec, string? key)
    {
        lock (_gate)
            return _entries.FindLast(e => e.Spec == spec && (key is null || e.Keys.Contains(key))) is { } found ? new(found.Url, (JsonObject)found.Parameters.DeepClone()) : null;
    }

    private void Change(CallbackSpec spec, HashSet<string> keys, JsonObject parameters, bool isNew)
    {
        var url = Wrappers.Select(w => At(parameters, w + spec.Field)).FirstOrDefault(static u => u is not null);
        var at = _entries.FindIndex(e => e.Spec == spec && e.Keys.Overlaps(keys));
        if (at >= 0)
        {
            var said = (JsonObject)_entries[at].Parameters.DeepClone();
            foreach (var (name, value) in Wrappers.Select(w => w.Length == 0 ? parameters : JsonValues.Member(parameters, w.TrimEnd('.'))).OfType<JsonObject>().SelectMany(static o => o))
                said[said.FirstOrDefault(m => m.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Key ?? name] = value?.DeepClone();
            _entries[at] = _entries[at] with { Url = url ?? _entries[at].Url, Parameters = said };
        }
        else if (url is not null && isNew)
        {
            _entries.Add(new(spec, keys, url, (JsonObject)parameters.DeepClone()));
        }
    }

    private static IEnumerable<string> Keys(JsonObject parameters) => KeyNames.Select(k => At(parameters, k)).OfType<string>();

    private static string? IdOf(JsonNode? result) => result is JsonObject members ? At(members, "id") : result is JsonValue ? JsonValues.Text(result) : null;

    private static string? At(JsonObject parameters, string path)
    {
        JsonNode? node = parameters;
        foreach (var step in path.Split('.'))
            node = node is JsonObject members ? JsonValues.Member(members, step) : null;
        return node is JsonValue && JsonValues.Text(node) is { Length: > 0 } text ? text : null;
    }

    private sealed record Entry(CallbackSpec Spec, HashSet<string> Keys, string Url, JsonObject Parameters);
}

/// <summary>An address that an application registered, with what it said beside.</summary>
/// <param name="Url">The address.</param>
/// <param name="Parameters">The parameters of the call that registered it.</param>
internal sealed record Registration(string Url, JsonObject Parameters);
