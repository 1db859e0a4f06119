using System.Globalization;
using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>What a server takes for a value of a kind: PHP's ideas of numbers, lists and emptiness.</summary>
internal static class WireValue
{
    public static bool IsNull(JsonElement value) => value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;

    public static bool IsObject(JsonElement value) => value.ValueKind == JsonValueKind.Object || IsEmptyList(value);

    public static bool IsEmptyList(JsonElement value) => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0;

    /// <summary>Whether a scalar, date, file or JSON value has the right form.</summary>
    public static bool IsScalar(ValueKind kind, JsonElement value) => kind switch
    {
        ValueKind.String or ValueKind.Date or ValueKind.DateTime => value.ValueKind == JsonValueKind.String,
        ValueKind.Int or ValueKind.Long => TryNumber(value, out var number) && decimal.Truncate(number) == number,
        ValueKind.Double or ValueKind.Decimal => IsNumeric(value),
        ValueKind.Bool => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        ValueKind.YesNo => value.ValueKind == JsonValueKind.String && (value.ValueEquals("Y"u8) || value.ValueEquals("N"u8)),
        _ => true,
    };

    /// <summary>The items of a list: an array, or an object with the keys 0, 1, 2 …; null: neither.</summary>
    public static List<JsonElement>? Items(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
            return [.. value.EnumerateArray()];
        if (value.ValueKind != JsonValueKind.Object)
            return null;
        var items = new List<JsonElement>();
        foreach (var property in value.EnumerateObject())
        {
            if (!property.NameEquals(Place.Invariant(items.Count)))
                return null;
            items.Add(property.Value);
        }

        return items;
    }

    /// <summary>Reads a number or a numeric string; magnitudes beyond a decimal's read as the nearest one.</summary>
    public static bool TryNumber(JsonElement value, out decimal number)
    {
        number = 0;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out number))
            return true;
        if (!IsNumeric(value))
            return false;
        var text = Text(value);
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number))
            number = text.AsSpan().TrimStart().StartsWith("-") ? decimal.MinValue : decimal.MaxValue;
        return true;
    }

    /// <summary>A scalar as text; empty for anything else.</summary>
    public static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "",
    };

    /// <summary>Length in characters as PHP counts them: a surrogate pair is one.</summary>
    public static int Length(string text)
    {
        var length = text.Length;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i - 1], text[i]))
                length--;
        }

        return length;
    }

    private static bool IsNumeric(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number
        || (value.ValueKind == JsonValueKind.String
            && value.GetString() is { } text
            && text.AsSpan().IndexOfAnyExcept("0123456789+-.eE \t\n\r") < 0
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
}
