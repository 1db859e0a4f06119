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
                .Where(static t => t.Records.Count > 0)
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
            var records = Table(type).Records;
            return ([.. records.Skip(offset).Take(limit).Select(Copy)], records.Count);
        }
    }

    /// <summary>Puts a record in, filled in as on creation; a copy of what is kept.</summary>
    public JsonObject Seed(string type, JsonObject record)
    {
        lock (Store.Gate)
        {
            var context = new WriteContext(portal.Clock.GetUtcNow(), portal.Options.UserId, portal.Options.ClientId, []);
            return Copy(new RecordWriter(portal.Specs, Store).Add(Table(type), record, context));
        }
    }

    /// <summary>Every record, by type.</summary>
    public JsonObject Snapshot()
    {
        var snapshot = new JsonObject();
        lock (Store.Gate)
        {
            foreach (var table in Store.Tables.Where(static t => t.Records.Count > 0))
                snapshot[NameOf(table)] = new JsonArray([.. table.Records.Select(static r => r.DeepClone())]);
        }

        return snapshot;
    }

    /// <summary>Puts the portal back to a snapshot; what it had besides is gone.</summary>
    /// <exception cref="ArgumentException">It is no snapshot: the portal stays as it was.</exception>
    public void Restore(JsonObject snapshot)
    {
        lock (Store.Gate)
        {
            foreach (var (type, records) in snapshot)
            {
                if (records is not JsonArray list || list.Any(static r => r is not JsonObject))
                    throw new ArgumentException($"\"{type}\" must be a list of records.", nameof(snapshot));
                _ = Table(type);
            }

            Store.Clear();
            foreach (var (type, records) in snapshot)
            {
                var table = Table(type);
                foreach (var record in records!.AsArray())
                    table.Add(Copy((JsonObject)record!));
            }
        }
    }

    private static string NameOf(RecordTable table) => table.Type.Api == SpecSelector.V3Api ? V3 + table.Type.Name : table.Type.Name;

    /// <summary>Through text, so that numbers read as any type that holds them.</summary>
    private static JsonObject Copy(JsonObject record) => JsonNode.Parse(record.ToJsonString())!.AsObject();

    // Both versions may have a file and type of one name; a prefix tells them apart, as in selectors.
    private RecordTable Table(string type)
    {
        var isV3 = type.StartsWith(V3, StringComparison.Ordinal);
        var name = isV3 ? type[V3.Length..] : type;
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var reference = slash < 0 ? null : new TypeRef(TypeKind.Named, name[(slash + 1)..], name[..slash]);
        IEnumerable<string> apis = isV3 ? [SpecSelector.V3Api] : portal.Specs.Profiles.Select(static p => p.Api).Prepend(SpecSet.DefaultApi);
        return apis
            .Select(api => Store.Table(reference, api))
            .OfType<RecordTable>()
            .FirstOrDefault()
            ?? throw new ArgumentException($"No spec has a type \"{type}\"; a type is written file/Type.", nameof(type));
    }
}
