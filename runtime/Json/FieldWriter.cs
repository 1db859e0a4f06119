using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bitrix24.Descriptors;

namespace Bitrix24;

/// <summary>Writes the current item of a list or map.</summary>
/// <typeparam name="T">The item.</typeparam>
/// <param name="writer">The writer.</param>
/// <param name="item">The item.</param>
public delegate void FieldItemWriter<in T>(ref FieldWriter writer, T item);

/// <summary>
/// Writes one field at a time: its name, and its value in the form that its descriptor asks for. A field without a
/// value is left out, unless it was assigned in an update.
/// </summary>
public ref partial struct FieldWriter
{
    private readonly Utf8JsonWriter _writer;
    private FieldDescriptor? _field;
    private bool _named;

    internal FieldWriter(Utf8JsonWriter writer, bool writesNull)
    {
        _writer = writer;
        WritesNull = writesNull;
    }

    internal bool WritesNull { get; set; }

    internal void Start(FieldDescriptor field)
    {
        _field = field;
        _named = false;
    }

    /// <summary>Writes text.</summary>
    public void Write(string? value)
    {
        if (value is null)
            Nothing();
        else if (_named)
            _writer.WriteStringValue(value);
        else
            _writer.WriteString(_field!.EncodedName, value);
    }

    /// <summary>Writes a whole number.</summary>
    public void Write(int? value)
    {
        if (value is null)
            Nothing();
        else if (_named)
            _writer.WriteNumberValue(value.GetValueOrDefault());
        else
            _writer.WriteNumber(_field!.EncodedName, value.GetValueOrDefault());
    }

    /// <summary>Writes a whole number.</summary>
    public void Write(long? value)
    {
        if (value is null)
            Nothing();
        else if (_named)
            _writer.WriteNumberValue(value.GetValueOrDefault());
        else
            _writer.WriteNumber(_field!.EncodedName, value.GetValueOrDefault());
    }

    /// <summary>Writes a number.</summary>
    public void Write(double? value)
    {
        if (value is null)
            Nothing();
        else if (_named)
            _writer.WriteNumberValue(value.GetValueOrDefault());
        else
            _writer.WriteNumber(_field!.EncodedName, value.GetValueOrDefault());
    }

    /// <summary>Writes a decimal number.</summary>
    public void Write(decimal? value)
    {
        if (value is null)
            Nothing();
        else if (_named)
            _writer.WriteNumberValue(value.GetValueOrDefault());
        else
            _writer.WriteNumber(_field!.EncodedName, value.GetValueOrDefault());
    }

    /// <summary>Writes a boolean: true and false, or Y and N.</summary>
    public void Write(bool? value)
    {
        if (Begin(value is null))
            WriteBool(_writer, value.GetValueOrDefault(), _field);
    }

    /// <summary>Writes a date.</summary>
    public void Write(DateOnly? value)
    {
        if (Begin(value is null))
            WriteDate(_writer, value.GetValueOrDefault(), _field);
    }

    /// <summary>Writes a moment.</summary>
    public void Write(DateTimeOffset? value)
    {
        if (Begin(value is null))
            WriteDateTime(_writer, value.GetValueOrDefault(), _field);
    }

    /// <summary>Writes a scalar of one of several kinds.</summary>
    public void Write(Bitrix24Value? value)
    {
        if (Begin(value is null))
            value.GetValueOrDefault().WriteTo(_writer);
    }

    /// <summary>Writes a file.</summary>
    public void Write(Bitrix24File? value)
    {
        if (Begin(value is null))
            value!.WriteTo(_writer, _field?.Format);
    }

    /// <summary>Writes any value.</summary>
    public void Write(JsonNode? value)
    {
        if (Begin(value is null))
            value!.WriteTo(_writer);
    }

    /// <summary>Writes any value.</summary>
    public void Write(JsonElement? value)
    {
        if (Begin(value is null or { ValueKind: JsonValueKind.Undefined }))
            value.GetValueOrDefault().WriteTo(_writer);
    }

    /// <summary>Writes an object.</summary>
    public void Write(Bitrix24Input? value)
    {
        if (Begin(value is null))
            value!.WriteTo(_writer);
    }

    /// <summary>Writes a value of an open enumeration.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    public void WriteEnum<T>(T? value)
        where T : struct, IBitrix24Enum<T> => Write(value?.Value);

    internal void WriteNode(JsonNode? value)
    {
        if (value is null)
            _writer.WriteNullValue();
        else
            value.WriteTo(_writer);
    }

    /// <summary>Writes the field's name, unless it was written; says whether its value is to follow.</summary>
    private bool Begin(bool isNull)
    {
        if (isNull)
        {
            Nothing();
            return false;
        }

        if (!_named)
        {
            _writer.WritePropertyName(_field!.EncodedName);
            _named = true;
        }

        return true;
    }

    private readonly void Nothing()
    {
        if (_named)
            _writer.WriteNullValue();
        else if (WritesNull)
            _writer.WriteNull(_field!.EncodedName);
    }

    internal static void WriteBool(Utf8JsonWriter writer, bool value, FieldDescriptor? field)
    {
        if (field?.Kind == ValueKind.YesNo)
            writer.WriteStringValue(value ? "Y"u8 : "N"u8);
        else
            writer.WriteBooleanValue(value);
    }

    internal static void WriteDate(Utf8JsonWriter writer, DateOnly value, FieldDescriptor? field)
    {
        Span<byte> text = stackalloc byte[64];
        var ok = value.TryFormat(text, out var length, field?.Format ?? "yyyy-MM-dd", CultureInfo.InvariantCulture);
        writer.WriteStringValue(ok ? text[..length] : throw new FormatException("The date's form is too long."));
    }

    internal static void WriteDateTime(Utf8JsonWriter writer, DateTimeOffset value, FieldDescriptor? field)
    {
        Span<byte> text = stackalloc byte[64];
        // A form without an offset is read back as UTC.
        var format = field?.Format;
        var moment = format is null || format.Contains('z', StringComparison.Ordinal) ? value : value.ToUniversalTime();
        var ok = moment.TryFormat(text, out var length, format ?? DateText.Iso, CultureInfo.InvariantCulture);
        writer.WriteStringValue(ok ? text[..length] : throw new FormatException("The date's form is too long."));
    }
}
