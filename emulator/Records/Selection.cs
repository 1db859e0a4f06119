namespace Bitrix24.Gen.Emulator.Records;

/// <summary>The fields that a call asks to see; all of them when it names none.</summary>
internal sealed class Selection
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _related = new(StringComparer.Ordinal);
    /// <summary>Some methods take <c>CREATED_DATE</c> and answer <c>createdDate</c>.</summary>
    private readonly HashSet<string> _folded = new(StringComparer.Ordinal);
    private readonly List<string> _prefixes = [];
    private readonly bool _all;

    private readonly string _key;

    /// <summary>Of <c>asked</c>: all fields of the portal's own.</summary>
    private const string OwnFields = "UF_*";

    /// <summary>The method cannot select: fields that others answer only by name come along.</summary>
    public bool IsFixed { get; init; }

    /// <summary>Fields that come, or do not, whatever is selected: other parameters ask for them.</summary>
    public IReadOnlyDictionary<string, bool> Asked { get; init; } = new Dictionary<string, bool>();

    /// <summary>Fields of which rows have one member, with its name; null: they do not have the field.</summary>
    public IReadOnlyDictionary<string, string?> Parts { get; init; } = new Dictionary<string, string?>();

    /// <summary>The same for selections of the same fields.</summary>
    public string Key => (IsFixed ? "\r" : _key) + string.Concat(Asked.Select(static a => a.Value ? $"\n{a.Key}" : "")) + string.Concat(Parts.Select(static p => $"\n{p.Key}:{p.Value}"));

    public Selection(JsonNode? select)
        : this((select as JsonArray ?? []).Select(JsonValues.Text).OfType<string>())
    {
    }

    private Selection(IEnumerable<string> select)
    {
        var names = select.ToList();
        _key = string.Join(',', names);
        _all = names.Count == 0;
        foreach (var name in names)
        {
            if (name == "*")
                _all = true;
            else if (name.EndsWith('*'))
                _prefixes.Add(name[..^1]);
            else if (name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot)
                Related(name[..dot]).Add(name[(dot + 1)..]);
            else if (_names.Add(name))
                _folded.Add(Columns.Fold(name));
        }
    }

    /// <summary>Every field is asked for.</summary>
    public bool IsAll => _all;

    /// <summary>The fields that are asked for by their names.</summary>
    public IEnumerable<string> Named => _names;

    public bool Has(string name) => Asked.TryGetValue(name, out var asked) ? asked : Parts.TryGetValue(name, out var part) ? !string.IsNullOrEmpty(part) :
        _all || _names.Contains(name) || _folded.Contains(Columns.Fold(name)) || _related.ContainsKey(name) || _prefixes.Exists(p => name.StartsWith(p, StringComparison.Ordinal));

    /// <summary>A field of the portal's own comes.</summary>
    /// <param name="name">Its name as it was declared.</param>
    /// <param name="written">Its name in the answer.</param>
    /// <param name="always">Such fields come unless others are asked for.</param>
    public bool HasOwn(string name, string written, bool always) =>
        always ? (_all && Asked.ContainsKey(OwnFields) ? Asked[OwnFields] || _folded.Contains(Columns.Fold(name)) : Has(written) || Has(name)) : Names(name);

    /// <summary>The field is asked for by its name, or by the beginning of it.</summary>
    public bool Names(string name) => IsFixed || _names.Contains(name) || _prefixes.Exists(p => name.StartsWith(p, StringComparison.Ordinal));

    /// <summary>Of a related record, named by <c>responsible.name</c>, the fields asked for; other values as they are.</summary>
    public JsonNode? Within(string name, JsonNode? value)
    {
        if (!_related.TryGetValue(name, out var names))
            return value;
        var selection = new Selection(names);
        return value switch
        {
            JsonObject record => selection.Of(record),
            JsonArray records => new JsonArray([.. records.Select(r => r is JsonObject record ? selection.Of(record) : r?.DeepClone())]),
            _ => value,
        };
    }

    private JsonObject Of(JsonObject record)
    {
        var selected = new JsonObject();
        foreach (var (name, value) in record.Where(m => Has(m.Key)))
            selected[name] = Within(name, value?.DeepClone());
        return selected;
    }

    private List<string> Related(string name)
    {
        if (!_related.TryGetValue(name, out var names))
            _related[name] = names = [];
        return names;
    }
}
