using Bitrix24.Gen.Emulator.Records;

namespace Bitrix24.Gen.Emulator.State;

/// <summary>What state files say of a store of records. See docs/spec-format.md, "State".</summary>
internal sealed record StoreSpec
{
    public required string Name { get; init; }

    /// <summary>The field that identifies a record; null: the id field of its type.</summary>
    public string? Key { get; init; }

    /// <summary>Keys are codes that callers choose, not numbers that the store counts.</summary>
    public bool Coded { get; init; }

    /// <summary>The least number that the store counts from.</summary>
    public long From { get; init; } = 1;

    /// <summary>Other names of the store: <c>crm.item.2</c> is <c>crm.deal</c>.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    /// <summary>Names of fields that differ in more than spelling, each with the one that is kept.</summary>
    public IReadOnlyDictionary<string, string> Aliases { get; init; } = Empty<string>();

    /// <summary>Values of a new record that its maker did not give.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Defaults { get; init; } = Empty<JsonNode?>();

    /// <summary>Values that the server sets when a record is made.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Created { get; init; } = Empty<JsonNode?>();

    /// <summary>Values that the server sets at every change.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Updated { get; init; } = Empty<JsonNode?>();

    /// <summary>What follows from values, in order, after every making and change.</summary>
    public IReadOnlyList<JsonObject> Derive { get; init; } = [];

    /// <summary>Fields that the rules of the store know, whether or not a spec names them.</summary>
    public IEnumerable<string> Known => Defaults.Keys.Concat(Derive.SelectMany(static rule => new[] { "when", "set", "else" }
        .SelectMany(part => rule[part] as JsonObject ?? []).Select(static member => member.Key)));

    /// <summary>Fields that are lists of phones, addresses and the like, each item with an id, a type and a value.</summary>
    public IReadOnlyList<string> Multi { get; init; } = [];

    /// <summary>The field in which some views see all of <see cref="Multi"/>.</summary>
    public string? MultiJoined { get; init; }

    /// <summary>Fields that are lists of items with ids, each with the member that is the id: new items get one.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Numbered { get; init; } = Empty<JsonNode?>();

    /// <summary>Fields of views that show records of other stores.</summary>
    public IReadOnlyDictionary<string, JsonObject> Rows { get; init; } = Empty<JsonObject>();

    /// <summary>
    /// Of a type that several stores have records of, the fields of this store's: by the type's name, each with the names;
    /// one that ends with <c>*</c> is any that begins so.
    /// </summary>
    public IReadOnlyDictionary<string, string[]> Views { get; init; } = Empty<string[]>();

    /// <summary>Fields that only some records have, each with the values of those: a file has a size, a folder none.</summary>
    public IReadOnlyDictionary<string, JsonObject> Has { get; init; } = Empty<JsonObject>();

    /// <summary>Under what name the portal's own fields of these records are declared.</summary>
    public string? UserFields { get; init; }

    /// <summary>Fields that an order by them puts last where they are empty, whichever way it goes.</summary>
    public IReadOnlyList<string> EmptyLast { get; init; } = [];

    /// <summary>API to its words for values that are kept in others.</summary>
    public IReadOnlyDictionary<string, ViewWords> Words { get; init; } = new Dictionary<string, ViewWords>();

    /// <summary>Records of this store are fields of other stores: their <c>name</c>, <c>entity</c>, <c>type</c>, <c>multiple</c>, and lookups of more <c>stores</c>.</summary>
    public JsonObject? Declares { get; init; }

    /// <summary>Stores that link records of this one to others.</summary>
    public IReadOnlyList<LinkSpec> Links { get; init; } = [];

    /// <summary>Fields with the key of a record of another store, with that store: merged records take them over.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Refers { get; init; } = Empty<JsonNode?>();

    /// <summary>Stores whose records go with a record of this one.</summary>
    public IReadOnlyList<JsonObject> Children { get; init; } = [];

    /// <summary>Fields that no two records may have the same values of, unless the parameter <c>unless</c> is given; deleted ones do not count: <c>among</c>.</summary>
    public JsonObject? Unique { get; init; }

    /// <summary>Records are files that can be fetched: <c>path</c> before their key, the fields of their <c>content</c> in Base64 and their <c>name</c>.</summary>
    public JsonObject? Files { get; init; }

    /// <summary>What names of properties begin with that are shown as objects of their values by ids.</summary>
    public string? Valued { get; init; }

    /// <summary>Fields that are files: the <c>store</c> that keeps them, and what the field shows in <c>newer</c> and <c>older</c> methods.</summary>
    public JsonObject? FileFields { get; init; }

    /// <summary>The events that tell of these records, whichever method changes them; null: those of the store's name.</summary>
    public RecordEvents? Events { get; init; }

    /// <summary>Calls that a new or changed record makes.</summary>
    public IReadOnlyList<JsonObject> Then { get; init; } = [];

    /// <summary>The codes of the events that <see cref="Then"/> raises.</summary>
    public IEnumerable<string> Raises => Then.Select(static s => JsonValues.Text(s["event"])).OfType<string>();

    /// <summary>Something follows from what a record was before a change.</summary>
    public bool LooksBack => Then.Count > 0 || Links.Count > 0 || Robots is not null || Events is { On.Count: > 0 } or { Sets.Count: > 0 };

    /// <summary>Robots run when a record comes to a stage: the field, the stages that there are, how a record is called as a document, the callback.</summary>
    public JsonObject? Robots { get; init; }

    /// <summary>Records that every portal has.</summary>
    public IReadOnlyList<JsonObject> Records { get; init; } = [];

    private static Dictionary<string, T> Empty<T>() => [];
}
