using System.Buffers;
using System.ComponentModel;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Bitrix24.Infrastructure;

/// <summary>
/// Reads values as Bitrix24 sends them: numbers as text, <c>false</c>, <c>""</c> or <c>[]</c> where nothing is meant,
/// Y and N, several forms of dates. Each method reads the current value.
/// </summary>
/// <remarks>
/// A value that fits in none of these forms is read as nothing, and the reader notes it (see
/// <see cref="FieldReader(ReadOnlySpan{byte}, bool)"/>).
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class JsonRead
{
    /// <summary>Reads text; nothing is read as empty.</summary>
    public static string String(ref FieldReader reader) => StringOrNull(ref reader) ?? "";

    /// <summary>Reads text; <c>false</c>, <c>null</c> and <c>[]</c> are read as null.</summary>
    public static string? StringOrNull(ref FieldReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.GetString();
            case JsonTokenType.Number:
                return Encoding.UTF8.GetString(reader.ValueSpan);
            case JsonTokenType.True:
                return "true";
            default:
                if (!IsNothing(ref reader))
                    reader.Misfit("text");
                return null;
        }
    }

    /// <summary>Reads a whole number; nothing is read as 0.</summary>
    public static int Int(ref FieldReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var value) ? value : IntOrNull(ref reader) ?? 0;

    /// <summary>Reads a whole number or nothing.</summary>
    public static int? IntOrNull(ref FieldReader reader)
    {
        var value = LongOrNull(ref reader);
        if (value is not (< int.MinValue or > int.MaxValue))
            return (int?)value;
        reader.Misfit("a 32-bit whole number");
        return null;
    }

    /// <summary>Reads a whole number of 64 bits; nothing is read as 0.</summary>
    public static long Long(ref FieldReader reader) => LongOrNull(ref reader) ?? 0;

    /// <summary>Reads a whole number of 64 bits or nothing.</summary>
    public static long? LongOrNull(ref FieldReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value))
            return value;
        if (reader.TokenType == JsonTokenType.True)
            return 1;
        if (IsNothing(ref reader))
            return null;
        Span<byte> buffer = stackalloc byte[MaxScalar];
        ReadOnlySpan<byte> text = buffer[..CopyScalar(ref reader, buffer)];
        if (long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value))
            return value;
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && decimal.Truncate(number) == number
            && number is >= long.MinValue and <= long.MaxValue)
        {
            return (long)number;
        }

        reader.Misfit("a whole number");
        return null;
    }

    /// <summary>Reads the whole part of a number or nothing: of what only counts, such as a total or a time.</summary>
    internal static long? WholeOrNull(ref FieldReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var number) && number is >= long.MinValue and <= long.MaxValue
            ? (long)decimal.Floor(number)
            : LongOrNull(ref reader);

    /// <summary>Reads a number; nothing is read as 0.</summary>
    public static double Double(ref FieldReader reader) => DoubleOrNull(ref reader) ?? 0;

    /// <summary>Reads a number or nothing.</summary>
    public static double? DoubleOrNull(ref FieldReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var value) && double.IsFinite(value))
            return value;
        if (reader.TokenType == JsonTokenType.True)
            return 1;
        if (IsNothing(ref reader))
            return null;
        Span<byte> buffer = stackalloc byte[MaxScalar];
        ReadOnlySpan<byte> text = buffer[..CopyScalar(ref reader, buffer)];
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value))
            return value;
        reader.Misfit("a number");
        return null;
    }

    /// <summary>Reads a decimal number; nothing is read as 0.</summary>
    public static decimal Decimal(ref FieldReader reader) => DecimalOrNull(ref reader) ?? 0;

    /// <summary>Reads a decimal number or nothing.</summary>
    public static decimal? DecimalOrNull(ref FieldReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var value))
            return value;
        if (reader.TokenType == JsonTokenType.True)
            return 1;
        if (IsNothing(ref reader))
            return null;
        Span<byte> buffer = stackalloc byte[MaxScalar];
        ReadOnlySpan<byte> text = buffer[..CopyScalar(ref reader, buffer)];
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
            return value;
        reader.Misfit("a decimal number");
        return null;
    }

    /// <summary>Reads a boolean in any of its forms; nothing is read as false.</summary>
    public static bool Bool(ref FieldReader reader) => BoolOrNull(ref reader) ?? false;

    /// <summary>Reads a boolean in any of its forms, or nothing.</summary>
    public static bool? BoolOrNull(ref FieldReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True:
                return true;
            case JsonTokenType.False:
                return false;
            case JsonTokenType.Number when reader.TryGetInt64(out var number) && number is 0 or 1:
                return number == 1;
        }

        if (IsNothing(ref reader))
            return null;
        Span<byte> buffer = stackalloc byte[MaxScalar];
        ReadOnlySpan<byte> text = buffer[..CopyScalar(ref reader, buffer)];
        if (Truth(text) is { } truth)
            return truth;
        reader.Misfit("a boolean");
        return null;
    }

    private static bool? Truth(ReadOnlySpan<byte> text) => text switch
    {
        [(byte)'Y' or (byte)'y' or (byte)'1'] => true,
        [(byte)'N' or (byte)'n' or (byte)'0'] => false,
        _ when Ascii.EqualsIgnoreCase(text, "true"u8) || Ascii.EqualsIgnoreCase(text, "yes"u8) => true,
        _ when Ascii.EqualsIgnoreCase(text, "false"u8) || Ascii.EqualsIgnoreCase(text, "no"u8) => false,
        _ => null,
    };

    /// <summary>Reads a date; nothing is read as the default.</summary>
    public static DateOnly Date(ref FieldReader reader) => DateOrNull(ref reader) ?? default;

    /// <summary>Reads a date or nothing.</summary>
    public static DateOnly? DateOrNull(ref FieldReader reader) =>
        DateTimeOrNull(ref reader) is { } moment ? DateOnly.FromDateTime(moment.DateTime) : null;

    /// <summary>Reads a moment; nothing is read as the default.</summary>
    public static DateTimeOffset DateTime(ref FieldReader reader) => DateTimeOrNull(ref reader) ?? default;

    /// <summary>Reads a moment or nothing, which may also be <c>{}</c>. Text without an offset is read as UTC.</summary>
    public static DateTimeOffset? DateTimeOrNull(ref FieldReader reader) =>
        reader is { TokenType: JsonTokenType.String, ValueIsEscaped: false }
        && DateText.TryParse(reader.ValueSpan, out var value)
            ? WithoutZero(value)
            : UnusualDateTime(ref reader);

    // A date that stands for none is read as the default.
    private static DateTimeOffset? WithoutZero(DateTimeOffset value) => value == default ? null : value;

    private static DateTimeOffset? UnusualDateTime(ref FieldReader reader)
    {
        if (IsNoDate(ref reader))
            return null;
        Span<byte> buffer = stackalloc byte[MaxScalar];
        ReadOnlySpan<byte> text = buffer[..CopyScalar(ref reader, buffer)];
        var read = reader.TokenType == JsonTokenType.Number
            ? DateText.TryParseSeconds(text, out var value)
            : DateText.TryParse(text, out value);
        if (read)
            return WithoutZero(value);
        reader.Misfit("a date");
        return null;
    }

    // PHP writes a date that it holds as an object as {}.
    private static bool IsNoDate(ref FieldReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return IsNothing(ref reader);
        var ahead = reader;
        if (!ahead.Read() || ahead.TokenType != JsonTokenType.EndObject)
            return false;
        reader = ahead;
        return true;
    }

    /// <summary>Reads any value.</summary>
    public static JsonElement Json(ref FieldReader reader) => reader.GetElement();

    /// <summary>Reads any value or null.</summary>
    public static JsonElement? JsonOrNull(ref FieldReader reader) =>
        reader.TokenType == JsonTokenType.Null ? null : reader.GetElement();

    /// <summary>Skips the answer of a method that answers nothing.</summary>
    public static NoResult NoResult(ref FieldReader reader)
    {
        reader.Skip();
        return default;
    }

    /// <summary>Reads one of several scalars.</summary>
    public static Bitrix24Value Value(ref FieldReader reader) => ValueOrNull(ref reader) ?? default;

    /// <summary>Reads one of several scalars, or nothing.</summary>
    public static Bitrix24Value? ValueOrNull(ref FieldReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number => (Bitrix24Value?)Bitrix24Value.Number(Encoding.UTF8.GetString(reader.ValueSpan)),
        JsonTokenType.String => StringOrNull(ref reader) is { } text ? (Bitrix24Value)text : default(Bitrix24Value?),
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => NoScalar(ref reader),
    };

    private static Bitrix24Value? NoScalar(ref FieldReader reader)
    {
        if (!IsNothing(ref reader))
            reader.Misfit("a scalar");
        return null;
    }

    /// <summary>Reads a value of an open enumeration.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    public static T Enum<T>(ref FieldReader reader)
        where T : struct, IBitrix24Enum<T> =>
        reader.TokenType == JsonTokenType.String && EnumCache<T>.TryRead(ref reader, out var value) ? value : String(ref reader);

    /// <summary>Reads a value of an open enumeration, or nothing.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    public static T? EnumOrNull<T>(ref FieldReader reader)
        where T : struct, IBitrix24Enum<T>
    {
        if (reader.TokenType == JsonTokenType.String && EnumCache<T>.TryRead(ref reader, out var value))
            return value;
        return StringOrNull(ref reader) is { Length: > 0 } text ? (T)text : default(T?);
    }
}
