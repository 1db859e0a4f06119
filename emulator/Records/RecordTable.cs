using System.Globalization;
using Bitrix24.Gen.Emulator.State;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Records;

/// <summary>The records of a store, in the order of their making, with an index by key and by every field that was asked for.</summary>
internal sealed class RecordTable
{
    private readonly Dictionary<string, Record> _byKey = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Record> _records = [];
    private readonly Dictionary<int, Dictionary<string, List<Record>>> _indexes = [];
    private readonly IRecordJournal _journal;
    private long _lastKey;
    private bool _declaresKnown;

    public RecordTable(StoreSpec spec, IRecordJournal journal)
    {
        (Spec, _journal) = (spec, journal);
        Columns = new Columns(spec.Aliases);
        _lastKey = spec.From - 1;
        if (spec.Key is { } key)
            KeyColumn = Columns.Declare(key);
    }

    public StoreSpec Spec { get; }

    /// <summary>Makes columns of the fields that the rules of the store know, after those of the types: types name them as answers do.</summary>
    public void DeclareKnown()
    {
        if (_declaresKnown)
            return;
        _declaresKnown = true;
        foreach (var name in Spec.Known)
            Columns.Declare(name);
    }

    public string Name => Spec.Name;

    public Columns Columns { get; }

    /// <summary>The type that says most of the records; null: no spec describes them.</summary>
    public RecordType? Type { get; private set; }

    /// <summary>The column of the key.</summary>
    public int KeyColumn { get; private set; } = -1;

    public string KeyName => Columns.Name(Key);

    public IReadOnlyList<Record> Records => _records;

    /// <summary>How the methods of the records' areas show fields, by API and name: where one answer does not show a field, another may.</summary>
    public Dictionary<(string Api, string Name), AnswerForm> Forms { get; } = [];

    /// <summary>The portal's own fields of these records: column and declared name.</summary>
    public List<(int Column, string Name)> UserFields { get; } = [];

    /// <summary>Changes where records look different without having changed: a field was declared, a form became known.</summary>
    public int Generation { get; set; }

    /// <summary>A record was put in, be it gone again: what is not here is known not to be.</summary>
    public bool IsKept { get; private set; }

    /// <summary>Every record was made after those with lesser keys.</summary>
    public bool InKeyOrder { get; private set; } = true;

    public long LastKey
    {
        get => _lastKey;
        set => _lastKey = Math.Max(_lastKey, value);
    }

    private int Key => KeyColumn >= 0 ? KeyColumn : KeyColumn = Columns.Declare("ID");

    /// <summary>Learns the fields of a view of the records.</summary>
    public void Learn(RecordType type)
    {
        Type ??= type;
        foreach (var field in type.Spec.Fields)
            Declare(field.Name, field);
        if (KeyColumn < 0 && type.KeyField is { } key)
            KeyColumn = Columns.Declare(key.Name);
    }

    /// <summary>The column of a name. Dates of records that were there before anybody knew that they are dates become times.</summary>
    public int Declare(string name, FieldSpec? field)
    {
        var before = Columns.Find(name) is >= 0 and var there ? Columns.Field(there) : null;
        var column = Columns.Declare(name, field);
        if (before is null && field is { Type.Kind: TypeKind.Date or TypeKind.DateTime })
        {
            foreach (var record in _records)
                record[column] = Columns.Kept(column, record[column]);
            _indexes.Remove(column);
        }

        return column;
    }

    public long NextKey()
    {
        while (_byKey.ContainsKey((++_lastKey).ToString(CultureInfo.InvariantCulture)))
        {
        }

        return _lastKey;
    }

    public Record New() => new(Columns);

    public object? KeyOf(Record record) => record[Key];

    public Record? Find(object? key) =>
        Values.Text(key) is { } text && _byKey.TryGetValue(text, out var record) ? record : null;

    public Record? FindBy(int column, object? value) =>
        column == Key ? Find(value) : Where(column, value).FirstOrDefault();

    /// <summary>The records with a value, by an index that is made when it is first asked for.</summary>
    public IReadOnlyList<Record> Where(int column, object? value)
    {
        if (!_indexes.TryGetValue(column, out var index))
        {
            _indexes[column] = index = new(StringComparer.OrdinalIgnoreCase);
            foreach (var record in _records)
                Enter(index, column, record);
        }

        return index.GetValueOrDefault(Values.Text(value) ?? "") ?? (IReadOnlyList<Record>)[];
    }

    /// <summary>
    /// The records with all of these values, of a list any of its items; none where nothing is wanted. Values are equal as
    /// <see cref="Values.Matches"/> says.
    /// </summary>
    public List<Record> Matching(IReadOnlyList<(int Column, object? Value)> wanted)
    {
        if (wanted.Count == 0)
            return [];
        var indexed = wanted.FirstOrDefault(static w => w.Value is string or long, (-1, null));
        var candidates = indexed.Column < 0 ? _records : Where(indexed.Column, indexed.Value);
        return [.. candidates.Where(r => wanted.All(w => Values.Matches(r[w.Column], w.Value)))];
    }

    /// <summary>Keeps a record, and gives it a key when it has none.</summary>
    public void Add(Record record)
    {
        if (Values.Text(record[Key]) is not { Length: > 0 } key)
        {
            record[Key] = NextKey();
            key = _lastKey.ToString(CultureInfo.InvariantCulture);
        }
        else if (long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            _lastKey = Math.Max(_lastKey, number);
        }

        if (_byKey.TryGetValue(key, out var old))
            Remove(old);
        if (_records.Count > 0 && Scalar.Of(_records[^1][Key]).CompareTo(Scalar.Of(record[Key])) >= 0)
            InKeyOrder = false;
        _byKey[key] = record;
        _records.Add(record);
        IsKept = true;
        foreach (var (column, index) in _indexes)
            Enter(index, column, record);
        _journal.Put(this, key, record);
    }

    /// <summary>Changes a record, so that indexes follow.</summary>
    public void Change(Record record, Action change)
    {
        // An index whose value stays keeps the record where it was.
        var before = _indexes.Keys.Select(column => (Column: column, Value: Values.Text(record[column]) ?? "")).ToList();
        change();
        record.Touch();
        foreach (var (column, value) in before.Where(b => b.Value != (Values.Text(record[b.Column]) ?? "")))
        {
            if (_indexes[column].TryGetValue(value, out var left))
                left.Remove(record);
            Enter(_indexes[column], column, record);
        }

        // An index that a lookup within the change made does not know what came after it.
        foreach (var column in _indexes.Count > before.Count ? _indexes.Keys.Except(before.Select(static b => b.Column)).ToList() : [])
            _indexes.Remove(column);
        _journal.Put(this, Values.Text(record[Key]) ?? "", record);
    }

    public void Remove(Record record)
    {
        var key = Values.Text(record[Key]) ?? "";
        if (!_byKey.TryGetValue(key, out var kept) || !ReferenceEquals(kept, record))
            return;
        _byKey.Remove(key);
        _records.RemoveAt(IndexOf(record));
        foreach (var (column, index) in _indexes)
            Leave(index, column, record);
        _journal.Remove(this, key);
    }

    /// <summary>Forgets everything, the count of keys too.</summary>
    public void Clear()
    {
        _byKey.Clear();
        _records.Clear();
        _indexes.Clear();
        InKeyOrder = true;
        IsKept = false;
        _lastKey = Spec.From - 1;
    }

    private int IndexOf(Record record)
    {
        if (!InKeyOrder)
            return _records.IndexOf(record);
        var at = FirstFrom(record[Key]);
        return at < _records.Count && ReferenceEquals(_records[at], record) ? at : _records.IndexOf(record);
    }

    /// <summary>Where the records with that key or greater begin; only in key order.</summary>
    public int FirstFrom(object? key)
    {
        var wanted = Scalar.Of(key);
        var (low, high) = (0, _records.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Scalar.Of(_records[middle][Key]).CompareTo(wanted) < 0)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private static void Enter(Dictionary<string, List<Record>> index, int column, Record record)
    {
        var value = Values.Text(record[column]) ?? "";
        if (!index.TryGetValue(value, out var list))
            index[value] = list = [];
        list.Add(record);
    }

    private static void Leave(Dictionary<string, List<Record>> index, int column, Record record)
    {
        if (index.TryGetValue(Values.Text(record[column]) ?? "", out var list))
            list.Remove(record);
    }
}
