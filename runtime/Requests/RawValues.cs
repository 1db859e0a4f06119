using System.Buffers;
using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bitrix24;

/// <summary>
/// Writes the parameters of raw calls, whose types are known at run time only. What it knows it writes without reflection;
/// properties of other objects are found by System.Text.Json, where the application keeps them.
/// </summary>
internal static class RawValues
{
    public const string Advice = "give text, numbers, booleans, dates, enumerations, JSON, lists, dictionaries or objects of those";

    // As deep as the server's answers are read.
    private const int MaxDepth = 64;

    /// <summary>Writes parameters: an object or a dictionary.</summary>
    /// <exception cref="ArgumentException">A value is of a kind that no call can carry.</exception>
    public static void WriteParameters(Utf8JsonWriter writer, object? parameters)
    {
        if (parameters is null)
        {
            writer.WriteStartObject();
            writer.WriteEndObject();
        }
        else
        {
            Write(writer, parameters, "", 0);
        }
    }

    /// <summary>Writes a value.</summary>
    /// <param name="writer">Takes the value.</param>
    /// <param name="value">The value.</param>
    /// <param name="path">Where it is, for errors.</param>
    /// <param name="depth">How deep it is.</param>
    internal static void Write(Utf8JsonWriter writer, object? value, string path, int depth)
    {
        if (depth > MaxDepth)
            throw new ArgumentException($"'{path}' is more than {MaxDepth} deep: do the parameters contain themselves?");
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                WriteText(writer, text, path);
                break;
            case char letter:
                WriteText(writer, letter.ToString(), path);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case sbyte or byte or short or ushort or int or uint or long or ulong or Int128 or UInt128 or decimal or System.Numerics.BigInteger:
                writer.WriteRawValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                break;
            // The shortest text that is read back as the same number.
            case float number when float.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case Half number when Half.IsFinite(number):
                writer.WriteRawValue(number.ToString(CultureInfo.InvariantCulture));
                break;
            case Enum name:
                WriteChoice(writer, name, path);
                break;
            case Guid or Uri or TimeOnly or TimeSpan:
                WriteText(writer, TextOf(value), path);
                break;
            case DateOnly date:
                MomentWriter.Write(writer, date);
                break;
            case DateTimeOffset moment:
                MomentWriter.Write(writer, moment);
                break;
            case DateTime moment:
                MomentWriter.Write(writer, new DateTimeOffset(moment));
                break;
            case JsonNode node:
                node.WriteTo(writer);
                break;
            case JsonElement { ValueKind: not JsonValueKind.Undefined } element:
                element.WriteTo(writer);
                break;
            case JsonDocument document:
                document.RootElement.WriteTo(writer);
                break;
            case Bitrix24Value scalar:
                scalar.WriteTo(writer);
                break;
            case IBitrix24Enum choice:
                WriteText(writer, choice.Value, path);
                break;
            case Bitrix24Input input:
                WriteInput(writer, input);
                break;
            case Bitrix24File file:
                file.WriteTo(writer, null);
                break;
            case byte[]:
                throw Unfit(value, path, "bytes; give a Bitrix24File, or their Base64 text");
            case IDictionary map:
                WriteMap(writer, map, path, depth);
                break;
            case IEnumerable list:
                WriteList(writer, list, path, depth);
                break;
            default:
                WriteObject(writer, value, path, depth);
                break;
        }
    }

    // System.Text.Json would put another character in the place of half a pair.
    private static void WriteText(Utf8JsonWriter writer, string text, string path)
    {
        if (text.AsSpan().ContainsAnyInRange('\ud800', '\udfff') && !IsWhole(text))
            throw new ArgumentException($"The text of '{path}' has half of a surrogate pair: was it cut within a character?");
        writer.WriteStringValue(text);
    }

    private static bool IsWhole(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var length) != OperationStatus.Done)
                return false;
            text = text[length..];
        }

        return true;
    }

    private static void WriteInput(Utf8JsonWriter writer, Bitrix24Input input)
    {
        using var buffer = new PooledBuffer();
        var fields = new FieldWriter(buffer);
        fields.Object(input);
        fields.Flush();
        writer.WriteRawValue(buffer.Span, skipInputValidation: true);
    }

    private static void WriteMap(Utf8JsonWriter writer, IDictionary map, string path, int depth)
    {
        writer.WriteStartObject();
        var entries = map.GetEnumerator();
        while (entries.MoveNext())
            WriteMember(writer, entries.Key, entries.Value, path, depth);
        writer.WriteEndObject();
    }

    // Dictionaries of one's own may be lists of pairs only.
    private static void WriteList(Utf8JsonWriter writer, IEnumerable list, string path, int depth)
    {
        var isMap = list is IEnumerable<KeyValuePair<string, object?>> or IEnumerable<KeyValuePair<string, string>> or IEnumerable<KeyValuePair<string, int>>
            or IEnumerable<KeyValuePair<string, long>> or IEnumerable<KeyValuePair<string, double>> or IEnumerable<KeyValuePair<string, decimal>>
            or IEnumerable<KeyValuePair<string, bool>> or IEnumerable<KeyValuePair<string, JsonNode?>> or IEnumerable<KeyValuePair<string, JsonElement>>;
        if (isMap)
            writer.WriteStartObject();
        else
            writer.WriteStartArray();
        var index = 0;
        foreach (var item in list)
        {
            if (isMap)
            {
                var (key, value) = Pair(item);
                WriteMember(writer, key, value, path, depth);
            }
            else
            {
                Write(writer, item, string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]"), depth + 1);
            }
        }

        if (isMap)
            writer.WriteEndObject();
        else
            writer.WriteEndArray();
    }

    private static (string Key, object? Value) Pair(object? item) => item switch
    {
        KeyValuePair<string, object?> p => (p.Key, p.Value),
        KeyValuePair<string, string> p => (p.Key, p.Value),
        KeyValuePair<string, int> p => (p.Key, p.Value),
        KeyValuePair<string, long> p => (p.Key, p.Value),
        KeyValuePair<string, double> p => (p.Key, p.Value),
        KeyValuePair<string, decimal> p => (p.Key, p.Value),
        KeyValuePair<string, bool> p => (p.Key, p.Value),
        KeyValuePair<string, JsonNode?> p => (p.Key, p.Value),
        KeyValuePair<string, JsonElement> p => (p.Key, p.Value),
        _ => throw new InvalidOperationException("The dictionary gave an item of another kind than it says."),
    };

    private static void WriteMember(Utf8JsonWriter writer, object key, object? value, string path, int depth)
    {
        var name = key switch
        {
            string text => text,
            IBitrix24Enum choice => choice.Value,
            Enum or sbyte or byte or short or ushort or int or uint or long or ulong or Guid or DateOnly => TextOf(key),
            _ => throw new ArgumentException($"{(path.Length == 0 ? "The parameters have" : $"'{path}' has")} a key of the type {key.GetType().Name}; keys are text or whole numbers."),
        };
        writer.WritePropertyName(name);
        Write(writer, value, path.Length == 0 ? name : $"{path}.{name}", depth + 1);
    }

    private static string TextOf(object value) => value switch
    {
        Enum name => name.ToString(),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
        Uri address => address.OriginalString,
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    /// <summary>A number, unless the type says how else.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Where the application is trimmed, reflection is off.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Where the application is compiled ahead of time, reflection is off.")]
    private static void WriteChoice(Utf8JsonWriter writer, Enum value, string path)
    {
        if (!JsonSerializer.IsReflectionEnabledByDefault || !RawObjects.TryWriteChoice(writer, value, path))
            writer.WriteRawValue(value.ToString("D"));
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Where the application is trimmed, reflection is off and the call is refused.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Where the application is compiled ahead of time, reflection is off and the call is refused.")]
    private static void WriteObject(Utf8JsonWriter writer, object value, string path, int depth)
    {
        if (value is Delegate or Type or System.Reflection.MemberInfo or Stream or Task or Exception or IntPtr or UIntPtr or CancellationToken or float or double or Half or JsonElement)
            throw Unfit(value, path, Advice);
        if (!JsonSerializer.IsReflectionEnabledByDefault)
            throw Unfit(value, path, "its properties cannot be found in a trimmed application; give a dictionary");
        RawObjects.Write(writer, value, path, depth);
    }

    public static ArgumentException Unfit(object value, string path, string advice) => new(
        path.Length == 0 ? $"The parameters are of the type {value.GetType().Name}; {advice}." : $"'{path}' is of the type {value.GetType().Name}; {advice}.");
}
