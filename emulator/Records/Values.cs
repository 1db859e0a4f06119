using System.Globalization;
using System.Text.Json;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Records;

/// <summary>Values between JSON and records.</summary>
internal static class Values
{
    /// <summary>The value of a JSON node; lists and objects stay JSON.</summary>
    public static object? From(JsonNode? node)
    {
        switch (node)
        {
            case null:
                return null;
            case JsonValue value:
                switch (value.GetValueKind())
                {
                    case JsonValueKind.String:
                        return value.GetValue<string>();
                    case JsonValueKind.True:
                        return true;
                    case JsonValueKind.False:
                        return false;
                    case JsonValueKind.Number:
                        return long.TryParse(value.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole
                            : JsonValues.TryNumber(value.ToJsonString(), out var real) ? real
                            : value.ToJsonString();
                    default:
                        return null;
                }

            default:
                return node.DeepClone();
        }
    }

    /// <summary>A value is the wanted one, or one of a wanted list.</summary>
    public static bool Matches(object? value, object? wanted) =>
        wanted is JsonArray any ? any.Any(item => Same(value, From(item))) : Same(value, wanted);

    /// <summary>A JSON node of a value, for whoever asks.</summary>
    public static JsonNode? ToNode(object? value) => value switch
    {
        null => null,
        string text => text,
        long whole => whole,
        int whole => (long)whole,
        double real => real,
        bool flag => flag,
        DateTimeOffset time => JsonValues.FormatTime(time, null),
        JsonNode node => node.DeepClone(),
        _ => throw new ArgumentException($"No record keeps a {value.GetType().Name}.", nameof(value)),
    };

    /// <summary>The text of a scalar; null for nothing, lists and objects.</summary>
    public static string? Text(object? value) => value switch
    {
        string text => text,
        long whole => whole.ToString(CultureInfo.InvariantCulture),
        int whole => whole.ToString(CultureInfo.InvariantCulture),
        double real => real.ToString("R", CultureInfo.InvariantCulture),
        bool flag => flag ? "1" : "0",
        DateTimeOffset time => JsonValues.FormatTime(time, null),
        JsonValue node => JsonValues.Text(node),
        _ => null,
    };

    public static bool IsNothing(object? value) => value is null or "" or JsonArray { Count: 0 };

    public static bool Same(object? left, object? right) => left is JsonArray or JsonObject || right is JsonArray or JsonObject
        ? (IsEmpty(left) && IsEmpty(right)) || JsonNode.DeepEquals(ToNode(left), ToNode(right))
        : Scalar.Of(left).CompareTo(Scalar.Of(right)) == 0;

    private static bool IsEmpty(object? value) => value is null or "" or JsonArray { Count: 0 } or JsonObject { Count: 0 };

    /// <summary>The value as a column of that type keeps it.</summary>
    public static object? Normalize(FieldSpec? field, JsonNode? node)
    {
        var value = From(node);
        return field is null || Text(value) is not { } text ? value : Typed(field.Type, text, value);
    }

    private static object? Typed(TypeRef type, string text, object? value)
    {
        switch (type.Kind)
        {
            case TypeKind.Int or TypeKind.Long when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number):
                return number;
            case TypeKind.Double or TypeKind.Decimal when JsonValues.TryNumber(text, out var real):
                return real;
            case TypeKind.Bool:
                return JsonValues.Truth(text);
            case TypeKind.YesNo:
                return JsonValues.Truth(text) ? "Y" : "N";
            case TypeKind.Date or TypeKind.DateTime when value is string && JsonValues.TryTime(text, out var time):
                return time;
            default:
                return value;
        }
    }
}
