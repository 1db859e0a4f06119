using System.Text.Json;

namespace Bitrix24;

/// <summary>Reads what arrived by the readers of answers.</summary>
internal static class IncomingReader
{
    public static T Read<T>(JsonElement value, string code)
        where T : Bitrix24Object, new()
    {
        if (value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            return new();
        var json = System.Text.Encoding.UTF8.GetBytes(value.GetRawText());
        try
        {
            var reader = new FieldReader(json);
            reader.Read();
            return reader.Object<T>();
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            throw new Bitrix24ProtocolException($"What {Quote(code)} carries is not what its spec says: {e.Message}");
        }
    }

    /// <summary>A name that came from outside, fit for logs and messages.</summary>
    public static string Quote(string? text)
    {
        const int longest = 80;
        if (text is null)
            return "?";
        var shown = text.Length <= longest ? text : text[..longest] + "…";
        return string.Create(shown.Length, shown, static (to, from) =>
        {
            for (var i = 0; i < to.Length; i++)
                to[i] = char.IsLetterOrDigit(from[i]) || from[i] is '_' or '.' or '-' or ':' or '…' ? from[i] : '?';
        });
    }
}
