using System.Runtime.CompilerServices;

namespace Bitrix24.Gen.Emulator.Records;

/// <summary>
/// A list of the portal's own that is kept as records are: it outlives the process where those do, and snapshots have it. Every
/// change is written at once.
/// </summary>
/// <param name="store">Where.</param>
/// <param name="name">The name of its table: it begins with <c>#</c>, and with <c>##</c> where a reset and a snapshot leave it alone.</param>
/// <param name="write">The members that are kept of an item.</param>
/// <param name="read">An item out of them.</param>
internal sealed class KeptList<T>(RecordStore store, string name, Func<T, JsonObject> write, Func<Record, T> read)
{
    /// <summary>Items that were read out of their records; what changes is forgotten.</summary>
    private readonly ConditionalWeakTable<Record, Box> _items = [];

    private RecordTable Table => store.Named(name);

    public IReadOnlyList<T> Items
    {
        get
        {
            lock (store.Gate)
                return [.. Table.Records.Select(Read)];
        }
    }

    public int Count
    {
        get
        {
            lock (store.Gate)
                return Table.Records.Count;
        }
    }

    public void Add(T item)
    {
        lock (store.Gate)
        {
            var record = Table.New();
            Fill(record, item);
            Table.Add(record);
            store.Journal.Commit();
        }
    }

    /// <summary>Removes items; answers how many.</summary>
    public int Remove(Predicate<T> which)
    {
        lock (store.Gate)
        {
            var gone = Table.Records.Where(r => which(Read(r))).ToList();
            foreach (var record in gone)
                Table.Remove(record);
            store.Journal.Commit();
            return gone.Count;
        }
    }

    /// <summary>Changes items; answers how many.</summary>
    public int Change(Predicate<T> which, Func<T, T> change)
    {
        lock (store.Gate)
        {
            var changed = Table.Records.Where(r => which(Read(r))).ToList();
            foreach (var record in changed)
            {
                Table.Change(record, () => Fill(record, change(Read(record))));
                _items.Remove(record);
            }

            store.Journal.Commit();
            return changed.Count;
        }
    }

    /// <summary>Removes the oldest items beyond a number.</summary>
    public void Trim(int most)
    {
        lock (store.Gate)
        {
            foreach (var record in Table.Records.Take(Math.Max(0, Table.Records.Count - most)).ToList())
                Table.Remove(record);
            store.Journal.Commit();
        }
    }

    private T Read(Record record) => _items.GetValue(record, r => new Box(read(r))).Item;

    private void Fill(Record record, T item)
    {
        foreach (var (member, value) in write(item))
            record[Table.Columns.Declare(member)] = Values.From(value);
    }

    private sealed record Box(T Item);
}
