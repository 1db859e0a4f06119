using System.Text.Json;
using Bitrix24.Descriptors;

namespace Bitrix24;

public ref partial struct FieldWriter
{
    /// <summary>Writes a list of texts.</summary>
    public void Write(IReadOnlyList<string>? values) => Write(values, static (ref FieldWriter w, string v) => w.Write(v));

    /// <summary>Writes a list of whole numbers.</summary>
    public void Write(IReadOnlyList<int>? values) => Write(values, static (ref FieldWriter w, int v) => w.Write(v));

    /// <summary>Writes a list of whole numbers.</summary>
    public void Write(IReadOnlyList<long>? values) => Write(values, static (ref FieldWriter w, long v) => w.Write(v));

    /// <summary>Writes a list of numbers.</summary>
    public void Write(IReadOnlyList<double>? values) => Write(values, static (ref FieldWriter w, double v) => w.Write(v));

    /// <summary>Writes a list of decimal numbers.</summary>
    public void Write(IReadOnlyList<decimal>? values) => Write(values, static (ref FieldWriter w, decimal v) => w.Write(v));

    /// <summary>Writes a list of booleans.</summary>
    public void Write(IReadOnlyList<bool>? values) => Write(values, static (ref FieldWriter w, bool v) => w.Write(v));

    /// <summary>Writes a list of dates.</summary>
    public void Write(IReadOnlyList<DateOnly>? values) => Write(values, static (ref FieldWriter w, DateOnly v) => w.Write(v));

    /// <summary>Writes a list of moments.</summary>
    public void Write(IReadOnlyList<DateTimeOffset>? values) => Write(values, static (ref FieldWriter w, DateTimeOffset v) => w.Write(v));

    /// <summary>Writes a list of scalars.</summary>
    public void Write(IReadOnlyList<Bitrix24Value>? values) => Write(values, static (ref FieldWriter w, Bitrix24Value v) => w.Write(v));

    /// <summary>Writes a list of files.</summary>
    public void Write(IReadOnlyList<Bitrix24File>? values) => Write(values, static (ref FieldWriter w, Bitrix24File v) => w.Write(v));

    /// <summary>Writes a list of objects.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    public void Write<T>(IReadOnlyList<T>? values)
        where T : Bitrix24Input
    {
        if (!Begin(values is null))
            return;
        _writer.WriteStartArray();
        for (var i = 0; i < values!.Count; i++)
            Write(values[i]);
        _writer.WriteEndArray();
    }

    /// <summary>Writes a list of values of an open enumeration.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    public void WriteEnum<T>(IReadOnlyList<T>? values)
        where T : struct, IBitrix24Enum<T> => Write(values, static (ref FieldWriter w, T v) => w.WriteEnum<T>(v));

    /// <summary>Writes a list.</summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="values">The list.</param>
    /// <param name="item">Writes an item.</param>
    public void Write<T>(IReadOnlyList<T>? values, FieldItemWriter<T> item)
    {
        if (!Begin(values is null))
            return;
        _writer.WriteStartArray();
        for (var i = 0; i < values!.Count; i++)
            item(ref this, values[i]);
        _writer.WriteEndArray();
    }

    /// <summary>Writes an object whose keys are data.</summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="values">The map.</param>
    /// <param name="item">Writes a value.</param>
    public void Write<T>(IReadOnlyDictionary<string, T>? values, FieldItemWriter<T> item)
    {
        if (!Begin(values is null))
            return;
        _writer.WriteStartObject();
        foreach (var (key, value) in values!)
        {
            _writer.WritePropertyName(key);
            item(ref this, value);
        }

        _writer.WriteEndObject();
    }

    internal readonly void WritePagination(long offset, int limit)
    {
        _writer.WriteStartObject("pagination"u8);
        _writer.WriteNumber("limit"u8, limit);
        _writer.WriteNumber("offset"u8, offset);
        _writer.WriteEndObject();
    }

    /// <summary>Writes a filter.</summary>
    public void Write(Filter? value)
    {
        if (Begin(value is null))
            FilterWriter.Write(_writer, value!, _field!);
    }

    /// <summary>Writes the fields to answer.</summary>
    public void Write(IReadOnlyList<SelectField>? values)
    {
        if (values is { Count: > 0 })
            Write(values, static (ref FieldWriter w, SelectField v) => w.Write(v.Name));
    }

    /// <summary>Writes the fields to sort by.</summary>
    public void Write(IReadOnlyList<OrderField>? values)
    {
        if (values is not { Count: > 0 } || !Begin(isNull: false))
            return;
        _writer.WriteStartObject();
        for (var i = 0; i < values.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (values[j].Name == values[i].Name)
                    throw new InvalidOperationException($"'{values[i].Name}' is sorted by twice.");
            }

            var direction = (values[i].IsDescending, _field!.Has(FieldFlags.LowerCase)) switch
            {
                (true, true) => "desc"u8,
                (false, true) => "asc"u8,
                (true, false) => "DESC"u8,
                (false, false) => "ASC"u8,
            };
            _writer.WriteString(values[i].Name, direction);
        }

        _writer.WriteEndObject();
    }
}
