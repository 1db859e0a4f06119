using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Records;

/// <summary>Everything the portal keeps. Callers hold <see cref="Gate"/> while they look or change.</summary>
internal sealed class RecordStore(SpecSet specs)
{
    private readonly Dictionary<(string Api, string File, string Name), RecordTable> _tables = [];
    private readonly Dictionary<(string Api, string File, string Name), long> _itemKeys = [];

    public Lock Gate { get; } = new();

    public IReadOnlyCollection<RecordTable> Tables => _tables.Values;

    /// <summary>Forgets every record.</summary>
    public void Clear()
    {
        _tables.Clear();
        _itemKeys.Clear();
    }

    /// <summary>The records of a type, or null when no spec knows it.</summary>
    public RecordTable? Table(TypeRef? type, string api)
    {
        if (type is not { Kind: TypeKind.Named } || specs.ResolveType(type, api) is not { } spec)
            return null;
        var key = (api, spec.File, spec.Name);
        // Calls ask for their table before they hold the gate.
        lock (Gate)
        {
            if (!_tables.TryGetValue(key, out var table))
                _tables[key] = table = new RecordTable(new RecordType(api, spec));
            return table;
        }
    }

    /// <summary>The next key of an item that lives inside a record.</summary>
    public long NextItemKey(TypeSpec type, string api)
    {
        var key = (api, type.File, type.Name);
        return _itemKeys[key] = _itemKeys.GetValueOrDefault(key) + 1;
    }

    /// <summary>An item came with a key of its own: later ones come after it.</summary>
    public void KeepItemKey(TypeSpec type, string api, long key)
    {
        var slot = (api, type.File, type.Name);
        _itemKeys[slot] = Math.Max(_itemKeys.GetValueOrDefault(slot), key);
    }

    /// <summary>The field by which another record names this one; null: none does.</summary>
    public FieldSpec? ReferenceTo(RecordType type, JsonObject record)
    {
        var key = record[type.KeyName];
        foreach (var table in _tables.Values)
        {
            if (table.Type.Api != type.Api)
                continue;
            var found = table.Type.Spec.Fields.FirstOrDefault(f =>
                f.References is { } to && type.Is(to) && table.Records.Any(r => JsonValues.Same(r[f.Name], key)));
            if (found is not null)
                return found;
        }

        return null;
    }
}
