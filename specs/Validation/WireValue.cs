using System.Globalization;
using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>What a server takes for a value of a type: PHP's ideas of numbers, lists and emptiness.</summary>
internal static class WireValue
{
    /// <summary>Whether a scalar, date, file or <c>json</c> value has the right form.</summary>
    public static bool IsScalar(TypeKind kind, JsonNode value) => kind switch
    {
        TypeKind.String or TypeKind.Date or TypeKind.DateTime => value is JsonString,
        TypeKind.Int or TypeKind.Long => TryNumber(value, out var number) && decimal.Truncate(number) == number,
        TypeKind.Double or TypeKind.Decimal => IsNumeric(value),
        TypeKind.Bool => value is JsonBool,
        TypeKind.YesNo => value is JsonString { Value: "Y" or "N" },
        _ => true,
    };

    /// <summary>Whether a value may be of a type, judged by its outermost form.</summary>
    public static bool HasFormOf(TypeRef type, JsonNode value) => type.Kind switch
    {
        TypeKind.Named or TypeKind.Map => value is JsonObject or JsonArray { Items.Count: 0 },
        TypeKind.Array => Items(value) is not null,
        TypeKind.Union => type.Alternatives.Any(alternative => HasFormOf(alternative, value)),
        _ => IsScalar(type.Kind, value),
    };

    /// <summary>The items of a list: an array, or an object with the keys 0, 1, 2 …; null: neither.</summary>
    public static IReadOnlyList<JsonNode>? Items(JsonNode value)
    {
        if (value is JsonArray array)
            return array.Items;
        if (value is not JsonObject list)
            return null;
        for (var i = 0; i < list.Properties.Count; i++)
        {
            if (!string.Equals(list.Properties[i].Name, ValuePlace.Invariant(i), StringComparison.Ordinal))
                return null;
        }

        return [.. list.Properties.Select(static p => p.Value)];
    }

    /// <summary>Reads a number or a numeric string; magnitudes beyond a decimal's read as the nearest one.</summary>
    public static bool TryNumber(JsonNode value, out decimal number)
    {
        number = 0;
        if (!IsNumeric(value))
            return false;
        var text = Text(value);
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number))
            number = text.TrimStart().StartsWith("-", StringComparison.Ordinal) ? decimal.MinValue : decimal.MaxValue;
        return true;
    }

    /// <summary>A scalar as text; empty for anything else.</summary>
    public static string Text(JsonNode value) => value switch
    {
        JsonString text => text.Value,
        JsonNumber number => number.Text,
        JsonBool flag => flag.Value ? "true" : "false",
        _ => "",
    };

    /// <summary>Length in characters as PHP counts them: a surrogate pair is one.</summary>
    public static int Length(string text)
    {
        var length = text.Length;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsLowSurrogate(text[i]) && char.IsHighSurrogate(text[i - 1]))
                length--;
        }

        return length;
    }

    private static bool IsNumeric(JsonNode value) =>
        value is JsonNumber
        || (value is JsonString { Value: var text }
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            && text.All(static c => c is (>= '0' and <= '9') or '+' or '-' or '.' or 'e' or 'E' or ' ' or '\t' or '\n' or '\r'));
}
