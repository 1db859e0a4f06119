using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.State;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>Keeps the fields of a record that name others in step with the records of the store that links both.</summary>
internal sealed class LinkedRecords(RecordStore store, RecordWriter writer)
{
    private const string Yes = "Y";
    private const string No = "N";

    private readonly IReadOnlyList<(string Store, LinkSpec Link)> _links =
        [.. store.State.Stores.SelectMany(static s => s.Links.Select(l => (s.Name, l)))];

    /// <summary>The same by the store of the links.</summary>
    private readonly ILookup<string, (string Store, LinkSpec Link)> _byStore = store.State.Stores
        .SelectMany(static s => s.Links.Select(l => (s.Name, Link: l)))
        .ToLookup(l => store.State.Store(l.Link.Store).Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Writes the links that a record's own fields name, where a call changed those.</summary>
    /// <param name="table">The store of the record.</param>
    /// <param name="record">The record as it is now.</param>
    /// <param name="before">The record as it was; null: it is new.</param>
    /// <param name="context">The call.</param>
    public void AfterSaving(RecordTable table, Record record, Record? before, WriteContext context)
    {
        foreach (var link in table.Spec.Links)
        {
            if (Wanted(link, record, before) is not { } wanted)
                continue;
            var rows = store.Named(link.Store);
            var (own, other) = (rows.Columns.Declare(link.Own), rows.Columns.Declare(link.Other));
            var linked = rows.Where(own, table.KeyOf(record)).ToList();
            List<Record> gone = [.. linked.Where(r => !wanted.Contains(Values.Text(r[other]) ?? "", StringComparer.Ordinal))];
            gone.ForEach(r => rows.Remove(r));
            foreach (var id in wanted.Where(w => !linked.Exists(r => Values.Same(r[other], w))))
                writer.Add(rows, null, [], context, [KeyValuePair.Create(link.Own, table.KeyOf(record)), KeyValuePair.Create(link.Other, (object?)Number(id))]);
            if (link.Primary is not null && wanted.Count > 0)
                MarkPrimary(rows, link, rows.Where(own, table.KeyOf(record)), wanted[0]);
            Show(link, table, record);
            foreach (var row in rows.Where(own, table.KeyOf(record)).Except(linked).Concat(gone).ToList())
                AfterLinking(rows, row, isNew: false, shown: table);
        }
    }

    /// <summary>Shows a new, changed or removed link in the records that it links.</summary>
    /// <param name="rows">The store of links.</param>
    /// <param name="row">The link.</param>
    /// <param name="isNew">It is new: a primary one takes that from the others.</param>
    /// <param name="shown">The store whose records show it already; null: none.</param>
    public void AfterLinking(RecordTable rows, Record row, bool isNew, RecordTable? shown = null)
    {
        foreach (var (name, link) in _byStore[rows.Spec.Name])
        {
            var table = store.Named(name);
            if (table == shown || table.Find(row[link.Own]) is not { } record)
                continue;
            if (isNew && link.Primary is { } primary && Values.Same(row[primary], Yes))
                MarkPrimary(rows, link, rows.Where(rows.Columns.Declare(link.Own), row[link.Own]), Values.Text(row[link.Other]) ?? "");
            Show(link, table, record);
        }
    }

    /// <summary>Removes the links of a record that is gone.</summary>
    public void AfterRemoving(RecordTable table, Record record)
    {
        var key = table.KeyOf(record);
        foreach (var (name, link) in _links)
        {
            var rows = store.Named(link.Store);
            var gone = store.Named(name) == table ? rows.Where(rows.Columns.Declare(link.Own), key).ToList()
                : store.Named(link.To) == table ? rows.Where(rows.Columns.Declare(link.Other), key).ToList()
                : [];
            foreach (var row in gone)
            {
                rows.Remove(row);
                AfterLinking(rows, row, isNew: false);
            }
        }
    }

    /// <summary>Links what is linked to a record to another one instead.</summary>
    public void Move(RecordTable table, object? from, object? to)
    {
        foreach (var (name, link) in _links)
        {
            var rows = store.Named(link.Store);
            var isOwn = store.Named(name) == table;
            if (!isOwn && store.Named(link.To) != table)
                continue;
            var (moved, beside) = (rows.Columns.Declare(isOwn ? link.Own : link.Other), rows.Columns.Declare(isOwn ? link.Other : link.Own));
            foreach (var row in rows.Where(moved, from).ToList())
            {
                var isThere = rows.Where(moved, to).Any(r => Values.Same(r[beside], row[beside]));
                if (isThere)
                    rows.Remove(row);
                else
                    rows.Change(row, () => row[moved] = to);
                AfterLinking(rows, row, isNew: !isThere);
            }
        }
    }

    /// <summary>The keys that a record's fields name, the primary one first; null: the call named none.</summary>
    private static List<string>? Wanted(LinkSpec link, Record record, Record? before)
    {
        var isMany = link.Many is { } many && IsChanged(many);
        var isOne = link.One is { } one && IsChanged(one);
        if (!isMany && !isOne)
            return null;
        var first = link.One is { } single && !Values.IsNothing(record[single]) && Values.Text(record[single]) is { } id and not "0" ? id : null;
        List<string> wanted = [];
        if (isMany)
            wanted = Keys(record[link.Many!]);
        else if (link.Many is not null && before is not null)
            wanted = [.. Keys(before[link.Many]).Where(k => k != (Values.Text(before[link.One!]) ?? ""))];
        return isOne && first is not null ? [first, .. wanted.Where(w => w != first)] : wanted;

        bool IsChanged(string name) => before is null ? !Values.IsNothing(record[name]) : !Keys(record[name]).SequenceEqual(Keys(before[name]), StringComparer.Ordinal);
    }

    private static List<string> Keys(object? value) => value switch
    {
        JsonArray list => [.. list.Select(JsonValues.Text).OfType<string>().Where(static t => t is not ("" or "0")).Distinct(StringComparer.Ordinal)],
        _ => Values.Text(value) is { Length: > 0 } one and not "0" ? [one] : [],
    };

    private static object Number(string key) => long.TryParse(key, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : key;

    private static void MarkPrimary(RecordTable rows, LinkSpec link, IEnumerable<Record> linked, string key)
    {
        var (flag, other) = (rows.Columns.Declare(link.Primary!), rows.Columns.Declare(link.Other));
        foreach (var row in linked.ToList())
        {
            var said = Values.Same(row[other], key) ? Yes : No;
            if (!Values.Same(row[flag], said))
                rows.Change(row, () => row[flag] = said);
        }
    }

    private void Show(LinkSpec link, RecordTable table, Record record)
    {
        var rows = store.Named(link.Store);
        var other = rows.Columns.Declare(link.Other);
        var linked = rows.Where(rows.Columns.Declare(link.Own), table.KeyOf(record)).ToList();
        if (link.Primary is { } flag && linked.Count > 0 && !linked.Exists(r => Values.Same(r[flag], Yes)))
            MarkPrimary(rows, link, linked, Values.Text(linked[0][other]) ?? "");
        var first = link.Primary is { } primary ? linked.Find(r => Values.Same(r[primary], Yes)) : linked.FirstOrDefault();
        table.Change(record, () =>
        {
            if (link.One is { } one)
                record[table.Columns.Declare(one)] = first?[other];
            if (link.Many is { } many)
                record[table.Columns.Declare(many)] = linked.Count == 0 && !table.Spec.Defaults.ContainsKey(many) ? null : new JsonArray([.. linked.Select(r => Values.ToNode(r[other]))]);
        });
    }
}
