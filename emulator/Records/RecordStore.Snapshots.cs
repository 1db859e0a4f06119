using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Records;

/// <summary>All records at once: out, and back in.</summary>
internal sealed partial class RecordStore
{
    /// <summary>How the names of tables begin that are no part of a snapshot: the portal's secrets.</summary>
    public const string Apart = "##";

    /// <summary>Everything that is kept, by store.</summary>
    public JsonObject Snapshot()
    {
        var snapshot = new JsonObject();
        foreach (var table in _tables.Values.Where(static t => t.Records.Count > 0 && !IsApart(t)).OrderBy(static t => t.Name, StringComparer.Ordinal))
            snapshot[table.Name] = new JsonArray([.. table.Records.Select(static r => r.ToJson(all: true))]);
        return snapshot;
    }

    /// <summary>Puts a snapshot in the place of everything that is kept.</summary>
    /// <exception cref="ArgumentException">It is no snapshot; nothing has changed.</exception>
    public void Restore(JsonObject snapshot)
    {
        foreach (var (name, records) in snapshot)
        {
            if (IsApart(name))
                throw new ArgumentException($"\"{name}\" is no store of a snapshot.", nameof(snapshot));
            if (records is not JsonArray list || list.Any(static r => r is not JsonObject))
                throw new ArgumentException($"\"{name}\" is no list of records; a snapshot has lists of objects by store.", nameof(snapshot));
        }

        Clear();
        foreach (var (name, records) in snapshot)
        {
            foreach (var record in records!.AsArray())
                Load(name, record!.AsObject());
        }

        journal.Commit();
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        foreach (var table in _tables.Values.Where(static t => !IsApart(t)))
        {
            foreach (var record in table.Records)
                journal.Remove(table, Values.Text(table.KeyOf(record)) ?? "");
            table.Clear();
        }

        journal.Commit();
    }

    private static bool IsApart(RecordTable table) => IsApart(table.Name);

    /// <summary>A store of the portal's secrets: nobody sees it, puts it back or fills it.</summary>
    public static bool IsApart(string store) => store.StartsWith(Apart, StringComparison.Ordinal);

    /// <summary>Takes a record in as it was kept.</summary>
    public void Load(string store, JsonObject body)
    {
        var table = Named(store);
        var record = table.New();
        foreach (var (name, value) in body)
        {
            var column = table.Columns.Declare(name);
            record[column] = table.Columns.Kept(column, Values.From(value));
        }

        table.Add(record);
        Declared(table, record);
    }
}
