using System.Globalization;
using System.Text.Json;

namespace Bitrix24;

/// <summary>Reads single members of what arrived; a member of another kind is none.</summary>
internal static class IncomingJson
{
    public static JsonElement? Member(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : null;

    public static string? TextOf(this JsonElement value, string name) => value.Member(name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString() is { Length: > 0 } given ? given : null,
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    public static long? NumberOf(this JsonElement value, string name) =>
        long.TryParse(value.TextOf(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static TimeSpan? SecondsOf(this JsonElement value, string name) =>
        value.NumberOf(name) is > 0 and <= int.MaxValue and var seconds ? TimeSpan.FromSeconds(seconds) : null;

    public static DateTimeOffset? MomentOf(this JsonElement value, string name) =>
        value.NumberOf(name) is > 0 and <= 253402300799 and var seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}
