using System.Text.Json;

namespace Bitrix24.Infrastructure;

/// <content>The forms in which servers write nothing, numbers and texts.</content>
public static partial class JsonRead
{
    // Longest scalar that is not plain text: a date with words around it.
    private const int MaxScalar = 64;

    internal static bool IsNothing(ref FieldReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
            case JsonTokenType.False:
                return true;
            case JsonTokenType.String:
                return reader.ValueSpan.IsEmpty;
            case JsonTokenType.StartArray:
                var ahead = reader;
                if (!ahead.Read() || ahead.TokenType != JsonTokenType.EndArray)
                    return false;
                reader = ahead;
                return true;
            default:
                return false;
        }
    }

    /// <summary>Copies a number or trimmed text; says how long it is, 0 where it is neither or too long.</summary>
    private static int CopyScalar(ref FieldReader reader, scoped Span<byte> buffer)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number) || reader.ValueSpan.Length > buffer.Length)
            return 0;
        var text = buffer[..reader.CopyString(buffer)].Trim(" \t\r\n"u8);
        text.CopyTo(buffer);
        return text.Length;
    }

    internal static Bitrix24ProtocolException Unexpected(in FieldReader reader, string expected)
    {
        var found = reader.TokenType switch
        {
            JsonTokenType.StartObject or JsonTokenType.EndObject => "an object",
            JsonTokenType.StartArray or JsonTokenType.EndArray => "a list",
            JsonTokenType.String => "text",
            JsonTokenType.Number => "a number",
            JsonTokenType.True or JsonTokenType.False => "a boolean",
            JsonTokenType.Null => "null",
            _ => "nothing",
        };
        return new Bitrix24ProtocolException($"expected {expected}, found {(found == expected ? "other " + found : found)}")
        {
            Offset = reader.TokenStartIndex,
        };
    }
}
