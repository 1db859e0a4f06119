using System.Text.Json;

namespace Bitrix24.AspNetCore;

/// <summary>Reads single texts of what arrived.</summary>
internal static class RequestText
{
    public static string? Of(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) ? Of(member) : null;

    public static string? Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() is { Length: > 0 } text ? text : null,
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };
}
