namespace Bitrix24.Infrastructure;

public ref partial struct FieldWriter
{
    /// <summary>Writes a list of texts.</summary>
    public void List(int index, IReadOnlyList<string>? values) =>
        List(index, values, static (ref FieldWriter w, string v) => w.Text(v), static v => new(v));

    /// <summary>Writes a list of whole numbers.</summary>
    public void List(int index, IReadOnlyList<int>? values) => List(index, values, static (ref FieldWriter w, int v) => w.Int(v), static v => new((decimal)v));

    /// <summary>Writes a list of whole numbers.</summary>
    public void List(int index, IReadOnlyList<long>? values) => List(index, values, static (ref FieldWriter w, long v) => w.Long(v), static v => new((decimal)v));

    /// <summary>Writes a list of numbers.</summary>
    public void List(int index, IReadOnlyList<double>? values) => List(index, values, static (ref FieldWriter w, double v) => w.Double(v));

    /// <summary>Writes a list of decimal numbers.</summary>
    public void List(int index, IReadOnlyList<decimal>? values) => List(index, values, static (ref FieldWriter w, decimal v) => w.Decimal(v), static v => new(v));

    /// <summary>Writes a list of booleans.</summary>
    public void List(int index, IReadOnlyList<bool>? values) => List(index, values, static (ref FieldWriter w, bool v) => w.Bool(v));

    /// <summary>Writes a list of dates.</summary>
    public void List(int index, IReadOnlyList<DateOnly>? values) => List(index, values, static (ref FieldWriter w, DateOnly v) => w.Date(v));

    /// <summary>Writes a list of moments.</summary>
    public void List(int index, IReadOnlyList<DateTimeOffset>? values) => List(index, values, static (ref FieldWriter w, DateTimeOffset v) => w.DateTime(v));

    /// <summary>Writes a list of scalars.</summary>
    public void List(int index, IReadOnlyList<Bitrix24Value>? values) => List(index, values, static (ref FieldWriter w, Bitrix24Value v) => w.Value(v));

    /// <summary>Writes a list of files.</summary>
    public void List(int index, IReadOnlyList<Bitrix24File>? values) => List(index, values, static (ref FieldWriter w, Bitrix24File v) => w.File(v));

    /// <summary>Writes a list of objects.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    public void Objects<T>(int index, IReadOnlyList<T>? values)
        where T : Bitrix24Input
    {
        if (!Begin(index, values is null))
            return;
        var around = _check?.Enter(_field!, index, isList: true, values!.Count);
        for (var i = 0; i < values!.Count; i++)
        {
            Put(i == 0 ? (byte)'[' : (byte)',');
            Object(values[i]);
        }

        EndList(values.Count);
        if (around is { } outside)
            _check!.Leave(outside);
    }

    /// <summary>Writes a list of values of an open enumeration.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    public void Enums<T>(int index, IReadOnlyList<T>? values)
        where T : struct, IBitrix24Enum<T> => List(index, values, static (ref FieldWriter w, T v) => w.Text(v.Value), static v => new(v.Value));

    /// <summary>Writes a list.</summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="index">The field.</param>
    /// <param name="values">The list.</param>
    /// <param name="item">Writes an item.</param>
    public void List<T>(int index, IReadOnlyList<T>? values, FieldItemWriter<T> item)
    {
        if (!Begin(index, values is null))
            return;
        _check?.Doubt();
        List(values, item);
    }

    private void List<T>(int index, IReadOnlyList<T>? values, FieldItemWriter<T> item, Func<T, WrittenScalar> value)
    {
        if (!Begin(index, values is null))
            return;
        _check?.List(_field!, index, values!, value);
        List(values, item);
    }

    /// <summary>Writes a list.</summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="values">The list.</param>
    /// <param name="item">Writes an item.</param>
    public void List<T>(IReadOnlyList<T>? values, FieldItemWriter<T> item)
    {
        if (values is null)
        {
            Null();
            return;
        }

        for (var i = 0; i < values.Count; i++)
        {
            Put(i == 0 ? (byte)'[' : (byte)',');
            item(ref this, values[i]);
        }

        EndList(values.Count);
    }

    /// <summary>Writes an object whose keys are data.</summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="index">The field.</param>
    /// <param name="values">The map.</param>
    /// <param name="item">Writes a value.</param>
    public void Map<T>(int index, IReadOnlyDictionary<string, T>? values, FieldItemWriter<T> item)
    {
        if (!Begin(index, values is null))
            return;
        _check?.Doubt();
        Map(values, item);
    }

    /// <summary>Writes an object whose keys are data.</summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="values">The map.</param>
    /// <param name="item">Writes a value.</param>
    public void Map<T>(IReadOnlyDictionary<string, T>? values, FieldItemWriter<T> item)
    {
        if (values is null)
        {
            Null();
            return;
        }

        var before = _before;
        _before = (byte)'{';
        foreach (var (key, value) in values)
        {
            Key(key);
            item(ref this, value);
        }

        if (values.Count == 0)
            Raw("{}"u8);
        else
            Put((byte)'}');
        _before = before;
    }

    /// <summary>Writes a text, or a text for each language.</summary>
    public void LocalizedText(int index, LocalizedText? value)
    {
        if (!Begin(index, value is null))
            return;
        _check?.Doubt();
        LocalizedText(value);
    }

    /// <summary>Writes a text, or a text for each language.</summary>
    public void LocalizedText(LocalizedText? value)
    {
        if (value is { Text: null })
            Map(value.Languages, static (ref FieldWriter w, string v) => w.Text(v));
        else
            Text(value?.Text);
    }

    /// <summary>Writes a filter.</summary>
    public void Filter(int index, Filter? value)
    {
        if (!Begin(index, value is null))
            return;
        _check?.Doubt();
        Other((value!, _field!), static (w, v) => FilterWriter.Write(w, v.Item1, v.Item2));
    }

    /// <summary>Writes the fields to answer. What the server demands of a selection is added to it.</summary>
    public void Select(int index, IReadOnlyList<SelectField>? values)
    {
        if (_fields[index].Rules is { MustName.Count: > 0 } rules)
        {
            IEnumerable<SelectField> chosen = values is { Count: > 0 } ? values : [new("*")];
            values = [.. chosen.Concat(rules.MustName.Select(static name => new SelectField(name))).Distinct()];
        }

        if (values is { Count: > 0 })
            List(index, values, static (ref FieldWriter w, SelectField v) => w.Text(v.Name));
    }

    /// <summary>Writes the fields to sort by.</summary>
    public void Order(int index, IReadOnlyList<OrderField>? values)
    {
        if (values is not { Count: > 0 } || !Begin(index, isNull: false))
            return;
        _check?.Doubt();
        var before = _before;
        _before = (byte)'{';
        for (var i = 0; i < values.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (values[j].Name == values[i].Name)
                    throw new InvalidOperationException($"'{values[i].Name}' is sorted by twice.");
            }

            Key(values[i].Name);
            WriteText((values[i].IsDescending, _field!.Has(FieldFlags.LowerCase)) switch
            {
                (true, true) => "desc",
                (false, true) => "asc",
                (true, false) => "DESC",
                (false, false) => "ASC",
            });
        }

        Put((byte)'}');
        _before = before;
    }

    private void EndList(int count)
    {
        if (count == 0)
            Raw("[]"u8);
        else
            Put((byte)']');
    }
}
