namespace Bitrix24.Gen.Emulator.State;

/// <summary>Which events tell of the records of a store.</summary>
internal sealed record RecordEvents
{
    /// <summary>What stands between ON and ADD, UPDATE, DELETE in the names of the events, with dots or without; null: the name of the store.</summary>
    public string? Area { get; init; }

    /// <summary>More events of new records, each with members of its data that always have the same value.</summary>
    public IReadOnlyDictionary<string, JsonObject> Added { get; init; } = new Dictionary<string, JsonObject>();

    /// <summary>More events of changed records.</summary>
    public IReadOnlyDictionary<string, JsonObject> Changed { get; init; } = new Dictionary<string, JsonObject>();

    /// <summary>More events of removed records.</summary>
    public IReadOnlyDictionary<string, JsonObject> Removed { get; init; } = new Dictionary<string, JsonObject>();

    /// <summary>Events of records of which a field changed, by the field.</summary>
    public IReadOnlyDictionary<string, string> On { get; init; } = new Dictionary<string, string>();
}
