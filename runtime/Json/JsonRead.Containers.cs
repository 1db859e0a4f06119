using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Bitrix24.Infrastructure;

public static partial class JsonRead
{
    // An entry and its key.
    private const int MapCost = 96;

    /// <summary>Reads an object; <c>[]</c>, and nothing in any other form, is one without values.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    public static T Object<T>(ref FieldReader reader)
        where T : Bitrix24Object, new()
    {
        var value = new T();
        value.ReadFrom(ref reader);
        return value;
    }

    /// <summary>Reads an object or nothing.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    public static T? ObjectOrNull<T>(ref FieldReader reader)
        where T : Bitrix24Object, new()
    {
        if (reader.TokenType == JsonTokenType.StartObject)
            return Object<T>(ref reader);
        if (!IsNothing(ref reader))
            reader.Misfit("an object");
        return null;
    }

    /// <summary>Reads a list of objects.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    public static IReadOnlyList<T> List<T>(ref FieldReader reader)
        where T : Bitrix24Object, new() => Items<T, ObjectItem<T>>(ref reader, default);

    /// <summary>
    /// Reads a list: an array, an object whose keys are numbers (a PHP array with gaps), or a single value. Nothing is
    /// read as an empty list. In place of an item that does not fit, the list has the default; what stands beside the numbers does not fit.
    /// </summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="reader">The reader.</param>
    /// <param name="item">Reads an item.</param>
    public static IReadOnlyList<T> List<T>(ref FieldReader reader, JsonItemReader<T> item) =>
        Items<T, DelegateItem<T>>(ref reader, new(item));

    /// <summary>Reads an object whose keys are data. An array is read with its indexes as keys.</summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="reader">The reader.</param>
    /// <param name="item">Reads a value.</param>
    public static IReadOnlyDictionary<string, T> Map<T>(ref FieldReader reader, JsonItemReader<T> item)
    {
        var map = new Dictionary<string, T>(StringComparer.Ordinal);
        if (IsNothing(ref reader))
            return map;
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                reader.Charge(MapCost + ItemCost<T>());
                map[map.Count.ToString(CultureInfo.InvariantCulture)] = item(ref reader);
            }

            return map;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Misfit("an object");
            return map;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            reader.Charge(MapCost + ItemCost<T>());
            map[key] = item(ref reader);
        }

        return map;
    }

    /// <summary>Reads a map of objects.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    public static IReadOnlyDictionary<string, T> Map<T>(ref FieldReader reader)
        where T : Bitrix24Object, new() => Map(ref reader, Object<T>);

    /// <summary>Reads a text, or a text for each language; nothing is read as one without languages.</summary>
    public static LocalizedText LocalizedText(ref FieldReader reader) => LocalizedTextOrNull(ref reader) ?? new();

    /// <summary>Reads a text, a text for each language, or nothing.</summary>
    public static LocalizedText? LocalizedTextOrNull(ref FieldReader reader) =>
        reader.TokenType == JsonTokenType.StartObject ? new LocalizedText(Map<string>(ref reader, String)) : StringOrNull(ref reader);

    /// <summary>Reads a file or nothing.</summary>
    public static Bitrix24File? FileOrNull(ref FieldReader reader) => Bitrix24File.Read(ref reader);

    /// <summary>Reads a file; nothing is read as one without values.</summary>
    public static Bitrix24File File(ref FieldReader reader) => Bitrix24File.Read(ref reader) ?? new();

    // How an item is read is a type argument: the loop is compiled for it, without a call through a delegate.
    private static IReadOnlyList<T> Items<T, TItem>(ref FieldReader reader, TItem item)
        where TItem : struct, IItemReader<T>
    {
        var keyed = false;
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            if (IsNothing(ref reader))
                return [];
            keyed = reader.TokenType == JsonTokenType.StartObject && HasNumericKeys(reader);
            if (!keyed)
            {
                var around = reader.SetAside();
                var single = item.Read(ref reader);
                var fits = !reader.HasMisfit;
                reader.Rejoin(around);
                return fits ? [single] : [];
            }
        }

        if (!reader.Read() || reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject)
            return [];
        // Most lists are short: the first items gather on the stack, the others in a rented array.
        var first = default(FirstItems<T>);
        var rest = Array.Empty<T>();
        var count = 0;
        do
        {
            if (keyed)
            {
                var isItem = IsNumber(reader.ValueSpan);
                reader.Read();
                if (!isItem)
                {
                    reader.Misfit("an item, by its number");
                    continue;
                }
            }

            // In the list, and in the rented array before.
            reader.Charge(ItemCost<T>());
            var value = item.Read(ref reader);
            if (count < FirstItems<T>.Length)
            {
                first[count] = value;
            }
            else
            {
                if (count - FirstItems<T>.Length == rest.Length)
                    Grow(ref rest);
                rest[count - FirstItems<T>.Length] = value;
            }

            count++;
        }
        while (reader.Read() && reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject));

        var result = new T[count];
        ReadOnlySpan<T> head = first;
        head[..Math.Min(count, FirstItems<T>.Length)].CopyTo(result);
        if (rest.Length > 0)
        {
            var used = rest.AsSpan(0, count - FirstItems<T>.Length);
            used.CopyTo(result.AsSpan(FirstItems<T>.Length));
            Return(rest, used.Length);
        }

        return result;
    }

    private static int ItemCost<T>() => (3 * Unsafe.SizeOf<T>()) + (RuntimeHelpers.IsReferenceOrContainsReferences<T>() ? 24 : 0);

    private static bool HasNumericKeys(FieldReader ahead) =>
        ahead.Read()
        && (ahead.TokenType == JsonTokenType.EndObject
            || (ahead.TokenType == JsonTokenType.PropertyName && IsNumber(ahead.ValueSpan)));

    /// <summary>Whether a name is the index of an item.</summary>
    internal static bool IsNumber(ReadOnlySpan<byte> name) => name.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;

    private static void Grow<T>(ref T[] items)
    {
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(items.Length * 2, 64));
        items.CopyTo(larger, 0);
        if (items.Length > 0)
            Return(items, items.Length);
        items = larger;
    }

    private static void Return<T>(T[] items, int used)
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
            items.AsSpan(0, used).Clear();
        ArrayPool<T>.Shared.Return(items);
    }

    [InlineArray(Length)]
    private struct FirstItems<T>
    {
        public const int Length = 8;
        private T _item;
    }

    private interface IItemReader<T>
    {
        T Read(ref FieldReader reader);
    }

    private readonly struct ObjectItem<T> : IItemReader<T>
        where T : Bitrix24Object, new()
    {
        public T Read(ref FieldReader reader) => Object<T>(ref reader);
    }

    private readonly struct DelegateItem<T>(JsonItemReader<T> read) : IItemReader<T>
    {
        public T Read(ref FieldReader reader) => read(ref reader);
    }
}
