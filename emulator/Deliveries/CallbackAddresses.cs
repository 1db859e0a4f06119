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

    private readonly RecordStore _store;
    private readonly Dictionary<string, CallbackSpec> _specs = new(StringComparer.OrdinalIgnoreCase);
    private readonly ILookup<string, CallbackSpec> _byFile;
    private readonly KeptList<Entry> _entries;

    public CallbackAddresses(RecordStore store)
    {
        var specs = store.Specs;
        _store = store;
        _entries = new(
            store,
            "#addresses",
            static e => new JsonObject { ["CALLBACK"] = e.Callback, ["KEYS"] = new JsonArray([.. e.Keys.Select(static k => (JsonNode)k)]), ["URL"] = e.Url, ["PARAMETERS"] = e.Parameters.DeepClone() },
            static r => new(Values.Text(r["CALLBACK"]) ?? "", [.. (r["KEYS"] as JsonArray ?? []).Select(JsonValues.Text).OfType<string>()], Values.Text(r["URL"]) ?? "",
                r["PARAMETERS"] as JsonObject ?? []));
        foreach (var spec in specs.Files.Where(static f => f.Api == SpecSet.DefaultApi).SelectMany(static f => f.Callbacks))
            _specs[spec.Name] = spec;
        _byFile = _specs.Values.Where(static s => s is { Method: not null, Field: not null }).ToLookup(static s => s.File, StringComparer.Ordinal);
    }

    public CallbackSpec? Find(string name) => _specs.GetValueOrDefault(name);

    public IEnumerable<string> Names => _specs.Keys.Order(StringComparer.Ordinal);

    /// <summary>The callbacks that a method answers.</summary>
    public IEnumerable<CallbackSpec> RepliedBy(string method) => _specs.Values.Where(s => method.Equals(s.Reply, StringComparison.OrdinalIgnoreCase));

    /// <summary>The parameter of a method that carries the token of a callback, without being the reply to it; null: it has none.</summary>
    public string? TokenOf(MethodSpec method) => _byFile[method.File].Select(static s => s.Token)
        .FirstOrDefault(t => t is not null && method.Params.Any(p => p.Name.Equals(t, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Called after each executed call.</summary>
    public void Executed(MethodSpec method, JsonObject parameters, JsonNode? result)
    {
        foreach (var spec in _byFile[method.File])
        {
            var keys = Keys(parameters).ToHashSet(StringComparer.Ordinal);
            lock (_store.Gate)
            {
                if (method.Name == spec.Method)
                {
                    if (IdOf(result) is { } id)
                        keys.Add(id);
                    Change(spec, keys, parameters, isNew: true);
                }
                else if (method.Operation == Operation.Delete)
                {
                    _entries.Remove(e => e.Callback == spec.Name && e.Keys.Overlaps(keys));
                }
                else if (method.Operation is Operation.Update or Operation.Upsert)
                {
                    Change(spec, keys, parameters, isNew: false);
                }
            }
        }
    }

    /// <summary>Forgets every address: the application is gone.</summary>
    public void Clear() => _entries.Remove(static _ => true);

    /// <summary>What was registered; null: nobody did.</summary>
    /// <param name="spec">The callback.</param>
    /// <param name="key">The code or id under which it was registered; null: the latest.</param>
    public Registration? Find(CallbackSpec spec, string? key) =>
        _entries.Items.LastOrDefault(e => e.Callback == spec.Name && (key is null || e.Keys.Contains(key))) is { } found ? new(found.Url, (JsonObject)found.Parameters.DeepClone()) : null;

    private void Change(CallbackSpec spec, HashSet<string> keys, JsonObject parameters, bool isNew)
    {
        var url = Wrappers.Select(w => At(parameters, w + spec.Field)).FirstOrDefault(static u => u is not null);
        var changed = _entries.Change(e => e.Callback == spec.Name && e.Keys.Overlaps(keys), known =>
        {
            var said = (JsonObject)known.Parameters.DeepClone();
            foreach (var (name, value) in Wrappers.Select(w => w.Length == 0 ? parameters : JsonValues.Member(parameters, w.TrimEnd('.'))).OfType<JsonObject>().SelectMany(static o => o))
                said[said.FirstOrDefault(m => m.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Key ?? name] = value?.DeepClone();
            return known with { Url = url ?? known.Url, Parameters = said };
        });
        if (changed == 0 && url is not null && isNew)
            _entries.Add(new(spec.Name, keys, url, (JsonObject)parameters.DeepClone()));
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

    private sealed record Entry(string Callback, HashSet<string> Keys, string Url, JsonObject Parameters);
}

/// <summary>An address that an application registered, with what it said beside.</summary>
/// <param name="Url">The address.</param>
/// <param name="Parameters">The parameters of the call that registered it.</param>
internal sealed record Registration(string Url, JsonObject Parameters);
