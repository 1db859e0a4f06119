using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>Writes values whose type is known at run time only, without reflection.</summary>
internal static class LooseJson
{
    public static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case DateOnly date:
                WriteMoment(writer, date);
                break;
            case DateTimeOffset moment:
                WriteMoment(writer, moment);
                break;
            case DateTime moment:
                WriteMoment(writer, new DateTimeOffset(moment));
                break;
            case JsonNode node:
                node.WriteTo(writer);
                break;
            case JsonElement element:
                element.WriteTo(writer);
                break;
            case Bitrix24Value scalar:
                scalar.WriteTo(writer);
                break;
            case Bitrix24Input input:
                WriteInput(writer, input);
                break;
            case Bitrix24File file:
                file.WriteTo(writer, null);
                break;
            case IEnumerable<KeyValuePair<string, object?>> map:
                WriteMap(writer, map);
                break;
            case IDictionary map:
                WriteMap(writer, map.Cast<DictionaryEntry>().Select(static e => new KeyValuePair<string, object?>((string)e.Key, e.Value)));
                break;
            case IEnumerable list:
                writer.WriteStartArray();
                foreach (var item in list)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case sbyte or byte or short or ushort or int or uint or long or ulong or decimal:
                writer.WriteRawValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                break;
            case float or double:
                writer.WriteNumberValue(Convert.ToDouble(value, CultureInfo.InvariantCulture));
                break;
            default:
                throw new ArgumentException($"A {value.GetType().Name} cannot be a parameter; give text, numbers, booleans, dates, JSON, lists or dictionaries.");
        }
    }

    /// <summary>Writes a date in the form that a field asks for.</summary>
    public static void WriteMoment(Utf8JsonWriter writer, DateOnly value, FieldDescriptor? field = null)
    {
        Span<byte> text = stackalloc byte[DateText.MaxLength];
        writer.WriteStringValue(text[..DateText.Format(text, value, field)]);
    }

    /// <summary>Writes a moment in the form that a field asks for.</summary>
    public static void WriteMoment(Utf8JsonWriter writer, DateTimeOffset value, FieldDescriptor? field = null)
    {
        Span<byte> text = stackalloc byte[DateText.MaxLength];
        writer.WriteStringValue(text[..DateText.Format(text, value, field)]);
    }

    private static void WriteInput(Utf8JsonWriter writer, Bitrix24Input input)
    {
        using var buffer = new PooledBuffer();
        var fields = new FieldWriter(buffer);
        fields.Object(input);
        fields.Flush();
        writer.WriteRawValue(buffer.Span, skipInputValidation: true);
    }

    private static void WriteMap(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, object?>> map)
    {
        writer.WriteStartObject();
        foreach (var (key, value) in map)
        {
            writer.WritePropertyName(key);
            Write(writer, value);
        }

        writer.WriteEndObject();
    }
}
