using System.Globalization;

namespace Bitrix24.Gen.Emulator.Records;

/// <summary>The records of one type, in the order of their making.</summary>
internal sealed class RecordTable(RecordType type)
{
    private readonly Dictionary<string, JsonObject> _byKey = new(StringComparer.Ordinal);
    private readonly List<JsonObject> _records = [];
    private long _lastKey;

    public RecordType Type { get; } = type;

    public IReadOnlyList<JsonObject> Records => _records;

    /// <summary>Every record was made after those with lesser keys.</summary>
    public bool InKeyOrder { get; private set; } = true;

    public long NextKey() => ++_lastKey;

    public JsonObject? Find(JsonNode? key) =>
        JsonValues.Text(key) is { } text && _byKey.TryGetValue(text, out var record) ? record : null;

    public JsonObject? FindBy(string field, JsonNode? value) =>
        field == Type.KeyName ? Find(value) : _records.FirstOrDefault(r => JsonValues.Same(r[field], value));

    /// <summary>Keeps a record, and gives it a key when it has none.</summary>
    public void Add(JsonObject record)
    {
        if (JsonValues.Text(record[Type.KeyName]) is not { } key)
        {
            key = NextKey().ToString(CultureInfo.InvariantCulture);
            record[Type.KeyName] = _lastKey;
        }
        else if (long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            _lastKey = Math.Max(_lastKey, number);
        }

        if (_byKey.Remove(key, out var old))
            _records.Remove(old);
        if (_records.Count > 0 && JsonValues.Compare(_records[^1][Type.KeyName], record[Type.KeyName]) >= 0)
            InKeyOrder = false;
        _byKey[key] = record;
        _records.Add(record);
    }

    public void Remove(JsonObject record)
    {
        _records.Remove(record);
        _byKey.Remove(JsonValues.Text(record[Type.KeyName]) ?? "");
    }
}
