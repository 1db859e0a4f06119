using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Control;

/// <summary>The portal's records as tests and the control API see them: by the names of types, as copies, and as a whole.</summary>
internal sealed class StoreView(Portal portal)
{
    private const string V3 = "v3/";

    private RecordStore Store => portal.Records;

    /// <summary>The types that have records, with how many.</summary>
    public IReadOnlyList<(string Type, int Count)> Types()
    {
        lock (Store.Gate)
        {
            return [.. Store.Tables
                .Where(static t => t.Records.Count > 0 && t.Name[0] != '#')
                .Select(static t => (NameOf(t), t.Records.Count))
                .OrderBy(static t => t.Item1, StringComparer.Ordinal)];
        }
    }

    /// <summary>Copies of a type's records.</summary>
    /// <exception cref="ArgumentException">No spec has the type.</exception>
    public (IReadOnlyList<JsonObject> Records, int Total) List(string type, int offset = 0, int limit = int.MaxValue)
    {
        lock (Store.Gate)
        {
            var (table, view) = Table(type);
            return ([.. table.Records.Skip(offset).Take(limit).Select(r => Copy(view?.See(r) ?? r.ToJson()))], table.Records.Count);
        }
    }

    /// <summary>Puts a record in, filled in as on creation; a copy of what is kept.</summary>
    public JsonObject Seed(string type, JsonObject record)
    {
        lock (Store.Gate)
        {
            var context = new WriteContext(portal.Clock.GetUtcNow(), portal.Options.UserId, portal.Options.ClientId, []);
            var (table, view) = Table(type);
            var kept = new RecordWriter(Store).Add(table, view, record, context);
            KeepUserFields(table, kept, record);
            Store.Declared(table, kept);
            Store.Journal.Commit();
            return Copy(view?.See(kept) ?? kept.ToJson());
        }
    }

    /// <summary>Every record, by type.</summary>
    public JsonObject Snapshot()
    {
        lock (Store.Gate)
            return Store.Snapshot();
    }

    /// <summary>Puts the portal back to a snapshot; what it had besides is gone.</summary>
    /// <exception cref="ArgumentException">It is no snapshot: the portal stays as it was.</exception>
    public void Restore(JsonObject snapshot)
    {
        lock (Store.Gate)
        {
            // Records may be named by their type, as in a seed file, or by their store.
            Store.Restore(new JsonObject(snapshot.Select(s => KeyValuePair.Create(
                s.Key.Contains('/', StringComparison.Ordinal) && !Store.State.IsStore(s.Key) && !Store.Tables.Any(t => t.Name == s.Key) ? Table(s.Key).Table.Name : s.Key,
                s.Value?.DeepClone()))));
        }
    }

    /// <summary>Calls set only those of the portal's own fields that are declared; a seeded record says itself which are there.</summary>
    private static void KeepUserFields(RecordTable table, Record kept, JsonObject given)
    {
        foreach (var (name, value) in given)
        {
            if (UserFieldNames.Is(name) && table.Columns.Find(name) < 0)
                table.Change(kept, () => kept.Set(name, Values.From(value)));
        }
    }

    private static string NameOf(RecordTable table) => table.Type is not { } type ? table.Name : type.Api == SpecSelector.V3Api ? V3 + type.Name : type.Name;

    /// <summary>Through text, so that numbers read as any type that holds them.</summary>
    private static JsonObject Copy(JsonObject record) => JsonNode.Parse(record.ToJsonString())!.AsObject();

    // Both versions may have a file and type of one name; a prefix tells them apart, as in selectors.
    private (RecordTable Table, RecordType? View) Table(string type)
    {
        var isV3 = type.StartsWith(V3, StringComparison.Ordinal);
        var name = isV3 ? type[V3.Length..] : type;
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var reference = slash < 0 ? null : new TypeRef(TypeKind.Named, name[(slash + 1)..], name[..slash]);
        IEnumerable<string> apis = isV3 ? [SpecSelector.V3Api] : portal.Specs.Profiles.Select(static p => p.Api).Prepend(SpecSet.DefaultApi);
        foreach (var api in apis)
        {
            if (Store.Table(reference, api) is { } table)
                return (table, Store.TypeOf(reference, api));
        }

        return slash < 0 && !RecordStore.IsApart(name) && (Store.State.IsStore(name) || Store.Tables.Any(t => t.Name == name))
            ? (Store.Named(name), null)
            : throw new ArgumentException($"No spec has a type \"{type}\"; a type is written file/Type.", nameof(type));
    }
}
