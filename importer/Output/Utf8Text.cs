using System.Text;

namespace Bitrix24.Gen.Importer.Output;

/// <summary>Reads text that must be UTF-8.</summary>
internal static class Utf8Text
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of bytes, without a byte order mark; where it is not UTF-8, with U+FFFD, and the line of the first such place.</summary>
    /// <returns>The text, and the line counted from 1; 0: all of it is UTF-8.</returns>
    public static (string Text, int BadLine) Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        try
        {
            return (Strict.GetString(bytes), 0);
        }
        catch (DecoderFallbackException e)
        {
            return (Encoding.UTF8.GetString(bytes), bytes[..e.Index].Count((byte)'\n') + 1);
        }
    }
}
