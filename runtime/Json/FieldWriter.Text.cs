using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Bitrix24.Infrastructure;

// Bodies travel as application/json, never inside HTML: only what JSON itself forbids in a string is escaped.
public ref partial struct FieldWriter
{
    // Below this, a loop is faster than the vectorised search and conversion.
    private const int ShortText = 32;

    // So much of a long text is converted at once.
    private const int Piece = 4096;

    private static readonly SearchValues<char> Escaped =
        SearchValues.Create("\"\\\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007"
            + "\b\t\n\u000b\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");

    private void WriteText(scoped ReadOnlySpan<char> text)
    {
        if (text.Length > ShortText || !TryShort(text))
            WriteLong(text);
    }

    private void WriteText(scoped ReadOnlySpan<byte> utf8)
    {
        Span<char> text = stackalloc char[DateText.MaxLength];
        WriteText(text[..Encoding.UTF8.GetChars(utf8, text)]);
    }

    private bool TryShort(scoped ReadOnlySpan<char> text)
    {
        var to = Reserve(ShortText + 2);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is < ' ' or > '~' or '"' or '\\')
                return false;
            to[i + 1] = (byte)c;
        }

        to[0] = (byte)'"';
        to[text.Length + 1] = (byte)'"';
        _used += text.Length + 2;
        return true;
    }

    private void WriteLong(scoped ReadOnlySpan<char> text)
    {
        Put((byte)'"');
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAny(Escaped);
            if (plain != 0)
            {
                WritePlain(text[..(plain < 0 ? text.Length : plain)]);
                if (plain < 0)
                    break;
            }

            WriteEscaped(text[plain]);
            text = text[(plain + 1)..];
        }

        Put((byte)'"');
    }

    private void WritePlain(scoped ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            var piece = text[..Math.Min(text.Length, Piece)];
            // Only the last piece ends the text: half a pair at the end of another waits for its other half.
            Utf8.FromUtf16(piece, Reserve(piece.Length * 3), out var read, out var written, replaceInvalidSequences: true, isFinalBlock: piece.Length == text.Length);
            _used += written;
            text = text[read..];
        }
    }

    private void WriteEscaped(char c)
    {
        var to = Reserve(6);
        to[0] = (byte)'\\';
        var letter = c switch
        {
            '"' => '"',
            '\\' => '\\',
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            '\b' => 'b',
            '\f' => 'f',
            _ => 'u',
        };
        to[1] = (byte)letter;
        _used += 2;
        if (letter != 'u')
            return;
        "00"u8.CopyTo(to[2..]);
        to[4] = (byte)('0' + (c >> 4));
        to[5] = "0123456789abcdef"u8[c & 15];
        _used += 4;
    }
}
