using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Deliveries;

/// <summary>
/// The addresses that calls registered for callbacks. The specs say which method registers which; methods of the same file
/// that update or delete change them.
/// </summary>
internal sealed class CallbackAddresses
{
    private static readonly string[] s_keys = ["code", "id"];
    private static readonly string[] s_wrappers = ["", "fields."];

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

    /// <summary>The address; null: nobody registered one.</summary>
    /// <param name="spec">The callback.</param>
    /// <param name="key">The code or id under which it was registered; null: the latest.</param>
    /// <param name="code">The code of the registration.</param>
    public string? Find(CallbackSpec spec, string? key, out string? code)
    {
        lock (_gate)
        {
            var found = _entries.FindLast(e => e.Spec == spec && (key is null || e.Keys.Contains(key)));
            code = found?.Code;
            return found?.Url;
        }
    }

    private void Change(CallbackSpec spec, HashSet<string> keys, JsonObject parameters, bool isNew)
    {
        var url = s_wrappers.Select(w => At(parameters, w + spec.Field)).FirstOrDefault(static u => u is not null);
        var at = _entries.FindIndex(e => e.Spec == spec && e.Keys.Overlaps(keys));
        if (url is null || (at < 0 && !isNew))
            return;
        if (at >= 0)
            _entries[at] = _entries[at] with { Url = url };
        else
            _entries.Add(new(spec, keys, At(parameters, s_keys[0]), url));
    }

    private static IEnumerable<string> Keys(JsonObject parameters) => s_keys.Select(k => At(parameters, k)).OfType<string>();

    private static string? IdOf(JsonNode? result) => result is JsonObject members ? At(members, "id") : result is JsonValue ? JsonValues.Text(result) : null;

    private static string? At(JsonObject parameters, string path)
    {
        JsonNode? node = parameters;
        foreach (var step in path.Split('.'))
            node = (node as JsonObject)?.FirstOrDefault(m => m.Key.Equals(step, StringComparison.OrdinalIgnoreCase)).Value;
        return node is JsonValue && JsonValues.Text(node) is { Length: > 0 } text ? text : null;
    }

    private sealed record Entry(CallbackSpec Spec, HashSet<string> Keys, string? Code, string Url);
}
