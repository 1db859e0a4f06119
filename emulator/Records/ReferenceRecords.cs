using Bitrix24.Gen.Emulator.Rest;
using Bitrix24.Gen.Emulator.State;

namespace Bitrix24.Gen.Emulator.Records;

/// <summary>What a portal begins with: what its file keeps, else the records that every portal has.</summary>
internal sealed class ReferenceRecords(Portal portal)
{
    public void Fill()
    {
        lock (portal.Records.Gate)
        {
            if (Load() > 0 || portal.Options.Empty)
                return;
            var context = new WriteContext(portal.Clock.GetUtcNow(), portal.Options.UserId, portal.Options.ClientId, []);
            var writer = new RecordWriter(portal.Records);
            foreach (var store in portal.Records.State.Stores.Where(static s => s.Records.Count > 0))
            {
                var table = portal.Records.Named(store.Name);
                if (table.Records.Count > 0)
                    continue;
                foreach (var record in store.Records)
                {
                    foreach (var (name, _) in record)
                        table.Columns.Declare(name);
                    var filled = (JsonObject)Values.ToNode(new Expression(portal.Records, context).Value(record))!;
                    portal.Records.Declared(table, writer.Add(table, null, filled, context));
                }
            }

            portal.Records.Journal.Commit();
        }
    }

    private int Load()
    {
        var loaded = 0;
        foreach (var (store, body) in portal.Records.Journal.Read())
        {
            portal.Records.Load(store, JsonNode.Parse(body)!.AsObject());
            loaded++;
        }

        portal.Records.Journal.Discard();
        return loaded;
    }
}
