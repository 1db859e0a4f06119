using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

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
                FieldWriter.WriteDate(writer, date, null);
                break;
            case DateTimeOffset moment:
                FieldWriter.WriteDateTime(writer, moment, null);
                break;
            case DateTime moment:
                FieldWriter.WriteDateTime(writer, new DateTimeOffset(moment), null);
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
                input.WriteTo(writer);
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
