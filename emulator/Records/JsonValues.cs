using System.Globalization;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Records;

/// <summary>Values as a database column would see them: typed, and compared without regard to their form on the wire.</summary>
internal static class JsonValues
{
    public const string DateFormat = "yyyy-MM-dd";
    private const string DateTimeFormat = "yyyy-MM-ddTHH:mm:sszzz";

    /// <summary>A member by its name in any case; null: there is none, or it is null.</summary>
    public static JsonNode? Member(JsonObject members, string name) =>
        members.FirstOrDefault(m => m.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>The text of a scalar; null for nothing, lists and objects.</summary>
    public static string? Text(JsonNode? node)
    {
        if (node is not JsonValue value)
            return null;
        if (value.TryGetValue<string>(out var text))
            return text;
        if (value.TryGetValue<bool>(out var flag))
            return flag ? "1" : "0";
        return value.ToJsonString();
    }

    public static bool IsNothing(JsonNode? node) => node is null || (node is JsonValue && Text(node)?.Length == 0);

    public static bool Same(JsonNode? left, JsonNode? right) => Compare(left, right) == 0;

    public static int Compare(JsonNode? left, JsonNode? right) => Scalar.Of((object?)left).CompareTo(Scalar.Of((object?)right));

    public static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    public static bool TryTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    /// <summary>The value in the form in which the portal keeps it.</summary>
    public static JsonNode? Normalize(TypeRef type, string? format, JsonNode? node)
    {
        if (Text(node) is not { } text)
            return node?.DeepClone();
        switch (type.Kind)
        {
            case TypeKind.Int or TypeKind.Long when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number):
                return number;
            case TypeKind.Double or TypeKind.Decimal when TryNumber(text, out var real):
                return real;
            case TypeKind.Bool:
                return Truth(text);
            case TypeKind.YesNo:
                return Truth(text) ? "Y" : "N";
            case TypeKind.Date when TryTime(text, out var date):
                return date.ToString(format ?? DateFormat, CultureInfo.InvariantCulture);
            case TypeKind.DateTime when TryTime(text, out var time):
                return FormatTime(time, format);
            default:
                return node!.DeepClone();
        }
    }

    /// <summary>A constant as the spec writes it: JSON where it is a list, else plain text.</summary>
    public static JsonNode? Constant(TypeRef type, string text) =>
        type.Kind == TypeKind.Array ? JsonNode.Parse(text) : Normalize(type, null, text);

    /// <summary>A moment in a form; TT in a form stands for AM and PM, tt for am and pm.</summary>
    public static string FormatTime(DateTimeOffset time, string? format) => format?.EndsWith("tt", StringComparison.OrdinalIgnoreCase) == true
        ? time.ToString(format[..^2], CultureInfo.InvariantCulture) + (time.Hour < 12, format[^1] == 't') switch { (true, true) => "am", (false, true) => "pm", (true, _) => "AM", _ => "PM" }
        : time.ToString(format ?? DateTimeFormat, CultureInfo.InvariantCulture);

    /// <summary>A moment as records keep it.</summary>
    public static bool IsKeptTime(string? text) => DateTimeOffset.TryParseExact(text, DateTimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    public static bool Truth(string text) =>
        text is not ("" or "0") && !text.Equals("N", StringComparison.OrdinalIgnoreCase) && !text.Equals("false", StringComparison.OrdinalIgnoreCase);
}
