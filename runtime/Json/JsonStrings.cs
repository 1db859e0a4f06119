using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Bitrix24;

/// <summary>
/// Decodes the strings of JSON. Servers cut texts by bytes and by halves of characters: what is left of a character is
/// read as U+FFFD, so that the rest of the answer is not lost.
/// </summary>
internal static class JsonStrings
{
    private const char Replacement = '\uFFFD';
    private const int EscapeLength = 6;
    private const int OnStack = 256;

    /// <summary>The text of a string or name whose form is checked, without its quotes.</summary>
    public static string Unescape(ReadOnlySpan<byte> text)
    {
        // A byte becomes one character at most.
        var rented = text.Length > OnStack ? ArrayPool<char>.Shared.Rent(text.Length) : null;
        Span<char> buffer = rented ?? stackalloc char[OnStack];
        var result = new string(buffer[..Unescape(text, buffer)]);
        if (rented is not null)
            ArrayPool<char>.Shared.Return(rented);
        return result;
    }

    /// <summary>The same, into a buffer of at least as many characters as the text has bytes.</summary>
    public static int Unescape(ReadOnlySpan<byte> text, Span<char> to)
    {
        var length = 0;
        while (true)
        {
            var plain = text.IndexOf((byte)'\\');
            if (plain < 0)
                return length + Encoding.UTF8.GetChars(text, to[length..]);
            length += Encoding.UTF8.GetChars(text[..plain], to[length..]);
            text = text[plain..];
            if (text[1] != 'u')
            {
                to[length++] = Escaped(text[1]);
                text = text[2..];
                continue;
            }

            var c = Unit(text);
            text = text[EscapeLength..];
            if (char.IsHighSurrogate(c) && StartsWithLow(text))
            {
                to[length++] = c;
                c = Unit(text);
                text = text[EscapeLength..];
                to[length++] = c;
                continue;
            }

            to[length++] = char.IsSurrogate(c) ? Replacement : c;
        }
    }

    /// <summary>Whether the strings of a JSON text have whole characters only.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> json) =>
        // Nearly every text has no escaped surrogate at all.
        Utf8.IsValid(json) && ((json.IndexOf("\\ud"u8) < 0 && json.IndexOf("\\uD"u8) < 0) || HalfPair(json, 0) < 0);

    /// <summary>A JSON text whose strings have whole characters only: the same text, unless one is broken.</summary>
    public static ReadOnlySpan<byte> Repaired(ReadOnlySpan<byte> json)
    {
        if (IsWhole(json))
            return json;
        // In place of each byte that belongs to no character.
        var repaired = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json));
        for (var at = HalfPair(repaired, 0); at >= 0; at = HalfPair(repaired, at + EscapeLength))
            "\\ufffd"u8.CopyTo(repaired.AsSpan(at));
        return repaired;
    }

    /// <summary>Where the first escape begins that is half of a surrogate pair; -1: there is none.</summary>
    private static int HalfPair(ReadOnlySpan<byte> json, int from)
    {
        for (var at = from; at < json.Length;)
        {
            var next = json[at..].IndexOf((byte)'\\');
            if (next < 0)
                return -1;
            at += next;
            if (at + EscapeLength > json.Length || json[at + 1] != 'u')
            {
                at += 2;
                continue;
            }

            var c = Unit(json[at..]);
            if (char.IsHighSurrogate(c) && StartsWithLow(json[(at + EscapeLength)..]))
                at += 2 * EscapeLength;
            else if (char.IsSurrogate(c))
                return at;
            else
                at += EscapeLength;
        }

        return -1;
    }

    private static bool StartsWithLow(ReadOnlySpan<byte> text) =>
        text.Length >= EscapeLength && text[0] == '\\' && text[1] == 'u' && char.IsLowSurrogate(Unit(text));

    private static char Unit(ReadOnlySpan<byte> escape) =>
        (char)((Digit(escape[2]) << 12) | (Digit(escape[3]) << 8) | (Digit(escape[4]) << 4) | Digit(escape[5]));

    private static int Digit(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private static char Escaped(byte letter) => letter switch
    {
        (byte)'b' => '\b',
        (byte)'f' => '\f',
        (byte)'n' => '\n',
        (byte)'r' => '\r',
        (byte)'t' => '\t',
        _ => (char)letter,
    };
}
