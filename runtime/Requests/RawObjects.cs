using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Bitrix24;

/// <summary>
/// Writes objects of the user's own types. Which properties they have and how those are named, System.Text.Json says, with
/// its attributes; what the properties hold is written as raw calls write it.
/// </summary>
[RequiresUnreferencedCode("Properties are found by reflection.")]
[RequiresDynamicCode("Properties are found by reflection.")]
internal static class RawObjects
{
    public static void Write(Utf8JsonWriter writer, object value, string path, int depth)
    {
        JsonTypeInfo type;
        try
        {
            type = JsonSerializerOptions.Default.GetTypeInfo(value.GetType());
        }
        catch (Exception e) when (e is NotSupportedException or InvalidOperationException)
        {
            throw RawValues.Unfit(value, path, RawValues.Advice);
        }

        if (type.Kind != JsonTypeInfoKind.Object)
        {
            WriteWhole(writer, value, type.Options, path);
            return;
        }

        writer.WriteStartObject();
        foreach (var property in type.Properties)
        {
            if (property.Get is null)
                continue;
            var (inner, held) = (path.Length == 0 ? property.Name : $"{path}.{property.Name}", property.Get(value));
            if (property.ShouldSerialize?.Invoke(value, held) == false)
                continue;
            writer.WritePropertyName(property.Name);
            if (property.CustomConverter is { } converter && held is not null)
                WriteWhole(writer, held, new() { Converters = { converter } }, inner);
            else
                RawValues.Write(writer, held, inner, depth + 1);
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes an enumeration as its own converter does; false: it has none.</summary>
    public static bool TryWriteChoice(Utf8JsonWriter writer, Enum value, string path)
    {
        if (!value.GetType().IsDefined(typeof(JsonConverterAttribute), inherit: false))
            return false;
        WriteWhole(writer, value, JsonSerializerOptions.Default, path);
        return true;
    }

    private static void WriteWhole(Utf8JsonWriter writer, object value, JsonSerializerOptions options, string path)
    {
        try
        {
            JsonSerializer.Serialize(writer, value, value.GetType(), options);
        }
        catch (Exception e) when (e is NotSupportedException or JsonException or InvalidOperationException)
        {
            throw RawValues.Unfit(value, path, RawValues.Advice);
        }
    }
}
