using System.Buffers;
using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bitrix24.Infrastructure;

/// <summary>Writes the current item of a list or map.</summary>
/// <typeparam name="T">The item.</typeparam>
/// <param name="writer">The writer.</param>
/// <param name="item">The item.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate void FieldItemWriter<in T>(ref FieldWriter writer, T item);

/// <summary>
/// Writes the fields of an object as JSON. A method with an index writes the field of that index, name and value, in the
/// form that its descriptor asks for; a field without a value is left out, unless it was assigned in an update. A method
/// without an index writes an item of a list or map.
/// </summary>
public ref partial struct FieldWriter
{
    // As the writer of System.Text.Json has it.
    private const int MaxDepth = 1000;

    private readonly IBufferWriter<byte> _output;
    private readonly WriteCheck? _check;
    private Span<byte> _free;
    private int _used;
    private FieldDescriptor[] _fields = [];
    private FieldDescriptor? _field;
    private Bitrix24Update? _update;

    // What the object has so far, where Extra follows.
    private HashSet<string>? _names;

    // What stands before the next name: a brace or a comma.
    private byte _before;
    private int _depth;

    internal FieldWriter(IBufferWriter<byte> output, FieldDescriptor? field = null)
    {
        _output = output;
        _field = field;
        _check = (output as PooledBuffer)?.Check;
    }

    /// <summary>Writes text.</summary>
    public void Text(int index, string? value)
    {
        if (!Begin(index, value is null))
            return;
        _check?.Scalar(_field!, index, value!);
        WriteText(value);
    }

    /// <summary>Writes text.</summary>
    public void Text(string? value)
    {
        if (value is null)
            Null();
        else
            WriteText(value);
    }

    /// <summary>Writes a whole number.</summary>
    public void Int(int index, int? value)
    {
        if (!Begin(index, !value.HasValue))
            return;
        _check?.Scalar(_field!, index, value.GetValueOrDefault());
        Number(value.GetValueOrDefault());
    }

    /// <summary>Writes a whole number.</summary>
    public void Int(int value) => Number(value);

    /// <summary>Writes a whole number.</summary>
    public void Long(int index, long? value)
    {
        if (!Begin(index, !value.HasValue))
            return;
        _check?.Scalar(_field!, index, value.GetValueOrDefault());
        Number(value.GetValueOrDefault());
    }

    /// <summary>Writes a whole number.</summary>
    public void Long(long value) => Number(value);

    /// <summary>Writes a number.</summary>
    public void Double(int index, double? value)
    {
        if (!Begin(index, !value.HasValue))
            return;
        _check?.Unruled(_field!, index, ValueKind.Double, ValueKind.Decimal);
        Double(value.GetValueOrDefault());
    }

    /// <summary>Writes a number.</summary>
    /// <exception cref="ArgumentException">The number is not finite: JSON has no such.</exception>
    public void Double(double value) =>
        Number(double.IsFinite(value) ? value : throw new ArgumentException("JSON has no infinite number and no NaN.", nameof(value)));

    /// <summary>Writes a decimal number.</summary>
    public void Decimal(int index, decimal? value)
    {
        if (!Begin(index, !value.HasValue))
            return;
        _check?.Scalar(_field!, index, value.GetValueOrDefault());
        Number(value.GetValueOrDefault());
    }

    /// <summary>Writes a decimal number.</summary>
    public void Decimal(decimal value) => Number(value);

    /// <summary>Writes a boolean: true and false, or Y and N.</summary>
    public void Bool(int index, bool? value)
    {
        if (!Begin(index, !value.HasValue))
            return;
        _check?.Scalar(_field!, index, value.GetValueOrDefault());
        Bool(value.GetValueOrDefault());
    }

    /// <summary>Writes a boolean: true and false, or Y and N.</summary>
    public void Bool(bool value) => Raw(_field?.Kind == ValueKind.YesNo
        ? value ? "\"Y\""u8 : "\"N\""u8
        : value ? "true"u8 : "false"u8);

    /// <summary>Writes a date.</summary>
    public void Date(int index, DateOnly? value)
    {
        if (!Begin(index, !value.HasValue))
            return;
        _check?.Unruled(_field!, index, ValueKind.Date, ValueKind.DateTime);
        Date(value.GetValueOrDefault());
    }

    /// <summary>Writes a date.</summary>
    public void Date(DateOnly value)
    {
        Span<byte> text = stackalloc byte[DateText.MaxLength];
        WriteText(text[..DateText.Format(text, value, _field)]);
    }

    /// <summary>Writes a moment.</summary>
    public void DateTime(int index, DateTimeOffset? value)
    {
        if (!Begin(index, !value.HasValue))
            return;
        _check?.Unruled(_field!, index, ValueKind.Date, ValueKind.DateTime);
        DateTime(value.GetValueOrDefault());
    }

    /// <summary>Writes a moment.</summary>
    public void DateTime(DateTimeOffset value)
    {
        Span<byte> text = stackalloc byte[DateText.MaxLength];
        WriteText(text[..DateText.Format(text, value, _field)]);
    }

    /// <summary>Writes a scalar of one of several kinds.</summary>
    public void Value(int index, Bitrix24Value? value)
    {
        if (!Begin(index, !value.HasValue))
            return;
        _check?.Doubt();
        Value(value.GetValueOrDefault());
    }

    /// <summary>Writes a scalar of one of several kinds.</summary>
    public void Value(Bitrix24Value value) => Other(value, static (w, v) => v.WriteTo(w));

    /// <summary>Writes a file.</summary>
    public void File(int index, Bitrix24File? value)
    {
        if (!Begin(index, value is null))
            return;
        _check?.Unruled(_field!, index, ValueKind.File, ValueKind.File);
        File(value);
    }

    /// <summary>Writes a file.</summary>
    public void File(Bitrix24File? value)
    {
        if (value is null)
            Null();
        else
            Other((value, _field?.Format), static (w, v) => v.value.WriteTo(w, v.Format));
    }

    /// <summary>Writes any value.</summary>
    public void Json(int index, JsonNode? value)
    {
        if (!Begin(index, value is null))
            return;
        _check?.Doubt();
        Json(value);
    }

    /// <summary>Writes any value.</summary>
    public void Json(JsonNode? value)
    {
        if (value is null)
            Null();
        else
            Other(value, static (w, v) => v.WriteTo(w));
    }

    /// <summary>Hands what was written to the buffer.</summary>
    internal void Flush()
    {
        if (_used > 0)
            _output.Advance(_used);
        _free = default;
        _used = 0;
    }

    /// <summary>Writes the name of a field whose value is to follow; false: there is none to follow.</summary>
    private bool Begin(int index, bool isNull)
    {
        var field = _fields[index];
        if (isNull)
        {
            if (_update?.IsAssigned(index) == true)
            {
                _check?.Null(field);
                _names?.Add(field.Name);
                Name(field.Utf8Key);
                Null();
            }

            return false;
        }

        _field = field;
        _names?.Add(field.Name);
        Name(field.Utf8Key);
        return true;
    }

    private void Name(scoped ReadOnlySpan<byte> key)
    {
        var to = Reserve(key.Length + 1);
        to[0] = _before;
        key.CopyTo(to[1..]);
        _used += key.Length + 1;
        _before = (byte)',';
    }

    private void Key(string name)
    {
        Put(_before);
        _before = (byte)',';
        WriteText(name);
        Put((byte)':');
    }

    private void Null() => Raw("null"u8);

    private void Put(byte token)
    {
        Reserve(1)[0] = token;
        _used++;
    }

    private void Raw(scoped ReadOnlySpan<byte> json)
    {
        json.CopyTo(Reserve(json.Length));
        _used += json.Length;
    }

    private void Number<T>(T value)
        where T : IUtf8SpanFormattable
    {
        // The longest: a double of 24 characters, a decimal of 31.
        value.TryFormat(Reserve(32), out var length, default, CultureInfo.InvariantCulture);
        _used += length;
    }

    private Span<byte> Reserve(int count)
    {
        if (_free.Length - _used < count)
        {
            Flush();
            _free = _output.GetSpan(Math.Max(count, 256));
        }

        return _free[_used..];
    }

    /// <summary>Lets the writer of System.Text.Json write a value.</summary>
    private void Other<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        Flush();
        JsonBodyWriter.Write(_output, value, write);
    }
}
