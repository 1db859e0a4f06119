using System.Buffers.Text;
using System.Text;
using Bitrix24.Gen.Emulator.Records;

namespace Bitrix24.Gen.Emulator.State;

/// <summary>What a text in Base64 holds, by its first bytes: <c>image</c>, <c>data</c>, or <c>invalid</c> where it is not Base64.</summary>
internal static class FileContent
{
    private const int LongestMark = 12;
    private const int Group = 4;
    private const string DataUrl = "base64,";

    /// <summary>Stands in the documentation's examples for the rest of a file.</summary>
    private const string Ellipsis = "...";

    /// <summary>The size of a file in Base64, or of a list or an object as JSON; null: there is none.</summary>
    public static object? SizeOf(object? value) => value is JsonArray or JsonObject ? Encoding.UTF8.GetByteCount(((JsonNode)value).ToJsonString()) : BytesOf(Values.Text(value));

    private static object? BytesOf(string? content) =>
        content is null ? null : Base64.IsValid(content, out var bytes) ? (long)bytes : Encoding.UTF8.GetByteCount(content);

    public static string? KindOf(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        // Browsers put "data:image/png;base64," before it.
        var content = text.IndexOf(DataUrl, StringComparison.Ordinal) is >= 0 and var at ? text.AsSpan(at + DataUrl.Length) : text;
        if (content.IndexOf(Ellipsis, StringComparison.Ordinal) is > 0 and var end)
            content = content[..(end / Group * Group)];
        if (!Base64.IsValid(content))
            return "invalid";
        Span<byte> bytes = stackalloc byte[LongestMark];
        _ = Convert.TryFromBase64Chars(content[..Math.Min(content.Length, LongestMark / 3 * Group)], bytes, out var written);
        return IsImage(bytes[..written]) ? "image" : "data";
    }

    private static bool IsImage(ReadOnlySpan<byte> bytes) => bytes
        is [0x89, (byte)'P', (byte)'N', (byte)'G', ..]
        or [0xFF, 0xD8, ..]
        or [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..]
        or [(byte)'B', (byte)'M', ..]
        or [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P'];
}
