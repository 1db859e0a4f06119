using Bitrix24.Gen.Emulator.Rest;

namespace Bitrix24.Gen.Emulator.Control;

/// <summary>The portal's records: counted, shown a page at a time, and put in.</summary>
internal sealed class RecordsControl(Portal portal)
{
    private const int MostAtOnce = 500;

    /// <summary>The types with their counts, or the records of one.</summary>
    public JsonObject List(ControlQuery query)
    {
        if (query.Text("type") is not { } type)
        {
            return new JsonObject
            {
                ["types"] = new JsonArray([.. portal.View.Types().Select(static t => (JsonNode)new JsonObject { ["type"] = t.Type, ["count"] = t.Count })]),
            };
        }

        var (records, total) = Known(() => portal.View.List(
            type, (int)Math.Clamp(query.Number("offset", 0), 0, int.MaxValue), (int)Math.Clamp(query.Number("limit", 50), 1, MostAtOnce)));
        return new JsonObject { ["type"] = type, ["total"] = total, ["records"] = new JsonArray([.. records]) };
    }

    /// <summary>Lists of records by type, as in a seed file. All types are looked at before the first record is kept.</summary>
    public JsonObject Seed(ControlQuery query)
    {
        foreach (var (type, records) in query.Object)
        {
            if (records is not JsonArray list || list.Any(static r => r is not JsonObject))
                throw new ControlException($"\"{type}\" must be a list of records: {{ \"{type}\": [ {{ … }} ] }}.");
            Known(() => portal.View.List(type, 0, 0));
        }

        var seeded = query.Object
            .SelectMany(static t => t.Value!.AsArray(), static (t, record) => (Type: t.Key, Record: (JsonObject)record!.DeepClone()))
            .Select(r => portal.View.Seed(r.Type, r.Record))
            .Count();
        return new JsonObject { ["seeded"] = seeded };
    }

    public JsonObject Snapshot() => portal.View.Snapshot();

    public JsonObject Restore(ControlQuery query)
    {
        Known(() =>
        {
            portal.View.Restore(query.Object);
            return true;
        });
        return new JsonObject { ["restored"] = true };
    }

    private static T Known<T>(Func<T> find)
    {
        try
        {
            return find();
        }
        catch (ArgumentException e)
        {
            throw new ControlException(e.Message, "UNKNOWN_TYPE", 404);
        }
    }
}
