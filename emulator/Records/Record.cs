namespace Bitrix24.Gen.Emulator.Records;

/// <summary>
/// A record as it is kept: values by column, so that two hundred thousand of them fit. A value is text, a whole number, a
/// fraction, a truth value, a time, or JSON for lists and objects.
/// </summary>
internal sealed class Record(Columns columns)
{
    /// <summary>Fields whose names begin with it are kept and not shown.</summary>
    public const char Hidden = '~';

    private object?[] _values = [];

    public Columns Columns { get; } = columns;

    /// <summary>Members that no column is for, in the spelling in which they came.</summary>
    public JsonObject? Extra { get; private set; }

    /// <summary>Changes with every change, so that what was made of the record can be kept.</summary>
    public int Version { get; private set; }

    /// <summary>A value changed in itself.</summary>
    public void Touch() => Version++;

    public object? this[int column]
    {
        get => (uint)column < (uint)_values.Length && _values[column] is { } value ? value : Extra is null ? null : Beside(column);
        set
        {
            if (Extra is not null && NameBeside(column) is { } beside)
                Extra.Remove(beside);
            if (column >= _values.Length)
            {
                if (value is null)
                    return;
                Array.Resize(ref _values, column + 1);
            }

            _values[column] = value is string text ? Common.Text(text) : value;
            Version++;
        }
    }

    /// <summary>A value that came before the column was known.</summary>
    private object? Beside(int column) => NameBeside(column) is { } name ? Values.From(Extra![name]) : null;

    private string? NameBeside(int column) => Extra!.Select(static m => m.Key).FirstOrDefault(name => Columns.Find(name) == column);

    /// <summary>A value by name, in any spelling.</summary>
    public object? this[string name] => Columns.Find(name) is >= 0 and var column ? this[column] : Values.From(Extra?[name]);

    /// <summary>Sets a value by name; one without a column is kept beside the others.</summary>
    public void Set(string name, object? value)
    {
        if (Columns.Find(name) is >= 0 and var column)
        {
            this[column] = value;
            return;
        }

        if (value is null)
            Extra?.Remove(name);
        else
            (Extra ??= [])[name] = Values.ToNode(value);
        Version++;
    }

    /// <summary>What is set, by the names of the columns.</summary>
    /// <param name="all">With what no answer shows.</param>
    public JsonObject ToJson(bool all = false)
    {
        var json = new JsonObject();
        for (var i = 0; i < _values.Length; i++)
        {
            // Names that begin so are the store's own business.
            if (_values[i] is { } value && (all || Columns.Name(i)[0] != Hidden))
                json[Columns.Name(i)] = Values.ToNode(value);
        }

        foreach (var (name, value) in Extra ?? [])
            json[name] = value?.DeepClone();
        return json;
    }

    public Record Copy()
    {
        var copy = new Record(Columns) { _values = [.. _values], Extra = Extra?.DeepClone() as JsonObject };
        return copy;
    }

    /// <summary>Short texts come up again and again; one of each is enough.</summary>
    private static class Common
    {
        private const int Longest = 20;
        private const int Most = 4096;
        private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal);

        public static string Text(string text)
        {
            if (text.Length > Longest)
                return text;
            lock (Texts)
            {
                if (Texts.TryGetValue(text, out var known))
                    return known;
                if (Texts.Count < Most)
                    Texts[text] = text;
                return text;
            }
        }
    }
}
