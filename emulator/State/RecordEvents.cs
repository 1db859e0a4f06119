namespace Bitrix24.Gen.Emulator.State;

/// <summary>Which events tell of the records of a store.</summary>
internal sealed record RecordEvents
{
    /// <summary>What stands between ON and ADD, UPDATE, DELETE in the names of the events, with dots or without; null: the name of the store.</summary>
    public string? Area { get; init; }

    /// <summary>The field whose value says which of <see cref="Areas"/> a record is of; null: all are of one.</summary>
    public string? By { get; init; }

    /// <summary>Areas by the value of that field; one that ends in <c>*</c> is any that begins so.</summary>
    public IReadOnlyDictionary<string, string> Areas { get; init; } = new Dictionary<string, string>();

    /// <summary>More events of new records, each with members of its data that always have the same value.</summary>
    public IReadOnlyDictionary<string, JsonObject> Added { get; init; } = new Dictionary<string, JsonObject>();

    /// <summary>More events of changed records.</summary>
    public IReadOnlyDictionary<string, JsonObject> Changed { get; init; } = new Dictionary<string, JsonObject>();

    /// <summary>More events of removed records.</summary>
    public IReadOnlyDictionary<string, JsonObject> Removed { get; init; } = new Dictionary<string, JsonObject>();

    /// <summary>Events of records of which a field changed, by the field.</summary>
    public IReadOnlyDictionary<string, string> On { get; init; } = new Dictionary<string, string>();

    /// <summary>What such a field is called in the area's events, in new records too: <c>setEnumValues</c>.</summary>
    public IReadOnlyDictionary<string, string> Sets { get; init; } = new Dictionary<string, string>();

    /// <summary>The area of a record; null: no events tell of it.</summary>
    public string? AreaOf(string table, Func<string, string?> value) => By is null ? Area ?? table
        : value(By) is not { } given ? null
        : Areas.GetValueOrDefault(given) ?? Areas.FirstOrDefault(a => a.Key.EndsWith('*') && given.StartsWith(a.Key[..^1], StringComparison.Ordinal)).Value;
}
