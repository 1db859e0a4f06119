using System.Buffers;
using System.Collections;
using System.Collections.Specialized;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Primitives;

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
        else if (IsScalar(parameters))
        {
            throw Unfit(parameters, "", "give an object, a dictionary or JSON");
        }
        else
        {
            Write(writer, parameters, "", 0);
        }
    }

    private static bool IsScalar(object value) => value is string or char or bool or IFormattable or Uri or IBitrix24Enum or Bitrix24Value or JsonValue
        || KindOf(value) is not (null or JsonValueKind.Object or JsonValueKind.Array);

    private static JsonValueKind? KindOf(object value)
    {
        try
        {
            return value switch
            {
                JsonElement element => element.ValueKind,
                JsonDocument document => document.RootElement.ValueKind,
                _ => null,
            };
        }
        catch (ObjectDisposedException)
        {
            // Writing it says so.
            return null;
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
            case null or DBNull:
                writer.WriteNullValue();
                break;
            case string text:
                WriteText(writer, text, path);
                break;
            case char or Rune or StringBuilder or ReadOnlyMemory<char> or Memory<char> or StringSegment { HasValue: true }:
                WriteText(writer, value.ToString()!, path);
                break;
            // What a form or a query holds: a text, unless there are several.
            case StringValues { Count: < 2 } single:
                Write(writer, single.Count == 0 ? null : single[0], path, depth);
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
            case float or double or Half:
                throw new ArgumentException($"'{path}' is {TextOf(value)}; numbers must be finite.");
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
                MomentWriter.Write(writer, MomentOf(moment, path));
                break;
            case JsonNode:
            case JsonElement:
            case JsonDocument:
                WriteJson(writer, value, path);
                break;
            case Bitrix24Value scalar:
                scalar.WriteTo(writer);
                break;
            case LocalizedText { Text: null } languages:
                Write(writer, languages.Languages, path, depth);
                break;
            case LocalizedText localized:
                WriteText(writer, localized.Text!, path);
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
            case Memory<byte> or ReadOnlyMemory<byte>:
            // To the runtime an array of an enumeration of bytes is one of bytes too.
            case IEnumerable<byte> when value is not Array || value.GetType() == typeof(byte[]):
                throw Unfit(value, path, "give a Bitrix24File, or the bytes as Base64 text");
            case ITuple:
                throw Unfit(value, path, "the names of its items are known to the compiler only; give an object or a dictionary");
            case Array { Rank: > 1 }:
                throw Unfit(value, path, "give a list of lists");
            case IDictionary map:
                RawMaps.Write(writer, map, path, depth);
                break;
            case NameValueCollection map:
                RawMaps.Write(writer, map, path, depth);
                break;
            case IEnumerable list:
                RawMaps.Write(writer, list, path, depth);
                break;
            default:
                WriteObject(writer, value, path, depth);
                break;
        }
    }

    private static void WriteJson(Utf8JsonWriter writer, object value, string path)
    {
        try
        {
            if (value is JsonNode node)
                node.WriteTo(writer);
            else
                (value is JsonDocument document ? document.RootElement : (JsonElement)value).WriteTo(writer);
        }
        // Such as JsonValue.Create(double.NaN), half of a surrogate pair, or a document that was disposed.
        catch (Exception e) when (e is ArgumentException or NotSupportedException or InvalidOperationException or JsonException)
        {
            throw new ArgumentException($"{(path.Length == 0 ? "The parameters are" : $"'{path}' is")} a {value.GetType().Name} that cannot be written as JSON: {e.Message}", e);
        }
    }

    // System.Text.Json would put another character in the place of half a pair.
    private static void WriteText(Utf8JsonWriter writer, string text, string path)
    {
        if (!IsWhole(text))
            throw new ArgumentException($"The text of '{path}' has half of a surrogate pair: was the text cut inside a character?");
        writer.WriteStringValue(text);
    }

    /// <summary>Whether a text has no half of a surrogate pair.</summary>
    internal static bool IsWhole(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAnyInRange('\ud800', '\udfff'))
            return true;
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

    // At the ends of the calendar local time may have no form in UTC.
    private static DateTimeOffset MomentOf(DateTime moment, string path)
    {
        try
        {
            return new(moment);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new ArgumentException($"'{path}' is {moment:O} of {TimeZoneInfo.Local.Id}, which is outside the calendar in UTC; use null for no date.", e);
        }
    }

    internal static string TextOf(object value) => value switch
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
        if (value is Delegate or Type or System.Reflection.MemberInfo or Stream or Task or ValueTask or Exception or IntPtr or UIntPtr or CancellationToken)
            throw Unfit(value, path, Advice);
        if (!JsonSerializer.IsReflectionEnabledByDefault)
            throw Unfit(value, path, "its properties cannot be found in a trimmed application; give a dictionary");
        RawObjects.Write(writer, value, path, depth);
    }

    /// <summary>A list, a dictionary or a property of the user's own threw while it was read.</summary>
    public static ArgumentException Unreadable(string path, Exception e) =>
        new($"{(path.Length == 0 ? "The parameters" : $"'{path}'")} could not be read: {e.Message}", e);

    public static ArgumentException Unfit(object value, string path, string advice) => Unfit(value.GetType(), path, advice);

    public static ArgumentException Unfit(Type type, string path, string advice) => new(
        path.Length == 0 ? $"The parameters are of the type {type.Name}; {advice}." : $"'{path}' is of the type {type.Name}; {advice}.");
}
