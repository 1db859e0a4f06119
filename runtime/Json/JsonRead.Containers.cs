using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Bitrix24;

public static partial class JsonRead
{
    /// <summary>Reads an object; <c>[]</c> is one without values.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    public static T Object<T>(ref Utf8JsonReader reader)
        where T : Bitrix24Object, new()
    {
        var value = new T();
        value.ReadFrom(ref reader);
        return value;
    }

    /// <summary>Reads an object or nothing.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    public static T? ObjectOrNull<T>(ref Utf8JsonReader reader)
        where T : Bitrix24Object, new() =>
        IsNothing(ref reader) ? null : Object<T>(ref reader);

    /// <summary>Reads a list of objects.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    public static IReadOnlyList<T> List<T>(ref Utf8JsonReader reader)
        where T : Bitrix24Object, new() => List(ref reader, Object<T>);

    /// <summary>
    /// Reads a list: an array, an object whose keys are numbers (a PHP array with gaps), or a single value. Nothing is
    /// read as an empty list.
    /// </summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="reader">The reader.</param>
    /// <param name="item">Reads an item.</param>
    public static IReadOnlyList<T> List<T>(ref Utf8JsonReader reader, JsonItemReader<T> item)
    {
        if (IsNothing(ref reader))
            return [];
        var keyed = reader.TokenType == JsonTokenType.StartObject && HasNumericKeys(reader);
        if (!keyed && reader.TokenType != JsonTokenType.StartArray)
            return [item(ref reader)];

        var items = ArrayPool<T>.Shared.Rent(64);
        var count = 0;
        while (reader.Read() && reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject))
        {
            if (keyed)
                reader.Read();
            if (count == items.Length)
                Grow(ref items);
            items[count++] = item(ref reader);
        }

        var result = items.AsSpan(0, count).ToArray();
        ArrayPool<T>.Shared.Return(items, clearArray: true);
        return result;
    }

    /// <summary>Reads an object whose keys are data. An array is read with its indexes as keys.</summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="reader">The reader.</param>
    /// <param name="item">Reads a value.</param>
    public static IReadOnlyDictionary<string, T> Map<T>(ref Utf8JsonReader reader, JsonItemReader<T> item)
    {
        var map = new Dictionary<string, T>(StringComparer.Ordinal);
        if (IsNothing(ref reader))
            return map;
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                map[map.Count.ToString(CultureInfo.InvariantCulture)] = item(ref reader);
            return map;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
            throw Unexpected(ref reader, "an object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            map[key] = item(ref reader);
        }

        return map;
    }

    /// <summary>Reads a map of objects.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    public static IReadOnlyDictionary<string, T> Map<T>(ref Utf8JsonReader reader)
        where T : Bitrix24Object, new() => Map(ref reader, Object<T>);

    /// <summary>Reads a file or nothing.</summary>
    public static Bitrix24File? FileOrNull(ref Utf8JsonReader reader) => Bitrix24File.Read(ref reader);

    /// <summary>Reads a file; nothing is read as one without values.</summary>
    public static Bitrix24File File(ref Utf8JsonReader reader) => Bitrix24File.Read(ref reader) ?? new();

    private static bool HasNumericKeys(Utf8JsonReader ahead) =>
        ahead.Read()
        && (ahead.TokenType == JsonTokenType.EndObject
            || (ahead.TokenType == JsonTokenType.PropertyName
                && ahead.ValueSpan.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0));

    private static void Grow<T>(ref T[] items)
    {
        var larger = ArrayPool<T>.Shared.Rent(items.Length * 2);
        items.CopyTo(larger, 0);
        ArrayPool<T>.Shared.Return(items, clearArray: true);
        items = larger;
    }
}
