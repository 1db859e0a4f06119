using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>
/// The values of a JSON text that this library wrote, in an array that is used again: what the rule engine needs of a
/// document, without making one. What comes after a value and all within it is at its <c>Next</c>.
/// </summary>
/// <remarks>The text is only taken apart. Where that fails, System.Text.Json says why.</remarks>
internal sealed class JsonTokens
{
    // As deep as requests are written.
    private const int MaxDepth = 1000;

    // Larger texts are rare, and need not stay in memory.
    private const int MostKept = 16 * 1024;

    // No container is open, no name has been read.
    private const int None = -1;

    private const ulong EachByte = 0x0101_0101_0101_0101;
    private const ulong HighBits = 0x8080_8080_8080_8080;

    [ThreadStatic]
    private static JsonTokens? t_spare;

    private Token[] _tokens = new Token[64];
    private int _count;
    private byte[] _json = [];

    /// <summary>The text is a command of a batch: references to answers of earlier commands are no literals.</summary>
    public bool InBatch { get; private set; }

    /// <summary>Reads a text.</summary>
    /// <exception cref="JsonException">It is no JSON, or nests deeper than 1,000 levels.</exception>
    public static JsonTokens Read(ReadOnlyMemory<byte> json, bool inBatch)
    {
        var tokens = t_spare ?? new();
        t_spare = null;
        tokens.InBatch = inBatch;
        if (MemoryMarshal.TryGetArray(json, out var text))
            tokens._json = text.Array!;
        else
            text = tokens._json = json.ToArray();
        if (!tokens.TryRead(text.Offset, text.Offset + text.Count))
            Refuse(json.Span);
        return tokens;
    }

    /// <summary>Takes the array back; no value of the text may be used any more.</summary>
    public void Return()
    {
        _json = [];
        _count = 0;
        if (_tokens.Length <= MostKept)
            t_spare = this;
    }

    public ref readonly Token this[int index] => ref _tokens[index];

    /// <summary>The text of a value as it is written, without its quotes.</summary>
    public ReadOnlySpan<byte> Raw(int index) => _json.AsSpan(_tokens[index].Start, _tokens[index].Length);

    /// <summary>The name of a value as it is written, without its quotes; empty: it has none.</summary>
    public ReadOnlySpan<byte> RawName(int index) =>
        _tokens[index].NameStart == None ? [] : _json.AsSpan(_tokens[index].NameStart, _tokens[index].NameLength);

    /// <summary>The text that a value means.</summary>
    public string Text(int index) => Text(Raw(index), _tokens[index].Start, _tokens[index].IsEscaped);

    /// <summary>The name of a value; empty: it has none.</summary>
    public string Name(int index) => _tokens[index].NameStart == None ? "" : Text(RawName(index), _tokens[index].NameStart, _tokens[index].IsNameEscaped);

    private string Text(ReadOnlySpan<byte> raw, int start, bool isEscaped)
    {
        if (!isEscaped)
            return Encoding.UTF8.GetString(raw);
        var reader = new Utf8JsonReader(_json.AsSpan(start - 1, raw.Length + 2));
        reader.Read();
        return reader.GetString()!;
    }

    private static void Refuse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            // The mistake is an exception.
        }

        throw new JsonException("The parameters are not a JSON value.");
    }

    private bool TryRead(int at, int end)
    {
        var json = _json.AsSpan(0, end);
        var open = None;
        var depth = 0;
        var inObject = false;
        var name = MemberName.None;
        while (at < end)
        {
            var start = at;
            var form = ValueForm.Null;
            var kind = Content.Plain;
            switch (json[at])
            {
                case (byte)',' or (byte)':' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t':
                    at++;
                    continue;
                case (byte)'}' or (byte)']':
                    if (open == None || inObject != (json[at] == '}') || name.Start != None)
                        return false;
                    var parent = _tokens[open].Next;
                    _tokens[open].Next = _count;
                    (open, depth, at) = (parent, depth - 1, at + 1);
                    inObject = open != None && _tokens[open].Form == ValueForm.Object;
                    continue;
                case (byte)'"':
                    start++;
                    at = EndOfString(json, start, out kind);
                    if (at == None)
                        return false;
                    if (inObject && name.Start == None)
                    {
                        name = new(start, at - start, kind);
                        at += (uint)(at + 1) < (uint)json.Length && json[at + 1] == ':' ? 2 : 1;
                        continue;
                    }

                    form = ValueForm.Text;
                    break;
                case (byte)'{':
                    form = ValueForm.Object;
                    break;
                case (byte)'[':
                    form = ValueForm.List;
                    break;
                case (byte)'t' or (byte)'f':
                    form = ValueForm.Bool;
                    at = EndOfWord(json, at);
                    break;
                case (byte)'n':
                    at = EndOfWord(json, at);
                    break;
                case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                    form = ValueForm.Number;
                    at = EndOfWord(json, at);
                    break;
                default:
                    return false;
            }

            if (inObject ? name.Start == None : open == None && _count > 0)
                return false;
            if (open != None)
                _tokens[open].Count++;
            if (_count == _tokens.Length)
                Array.Resize(ref _tokens, 2 * _count);
            ref var token = ref _tokens[_count];
            (token.NameStart, token.NameLength, token.NameContent) = (name.Start, name.Length, name.Content);
            (token.Start, token.Length, token.Form, token.Content, token.Count) = (start, at - start, form, kind, 0);
            name = MemberName.None;
            if (form is ValueForm.Object or ValueForm.List)
            {
                if (++depth > MaxDepth)
                    return false;
                // Until it is closed: the container around it.
                token.Next = open;
                open = _count;
                inObject = form == ValueForm.Object;
                at++;
            }
            else
            {
                token.Next = _count + 1;
                if (form == ValueForm.Text)
                    at++;
                if ((uint)at < (uint)json.Length && json[at] == ',')
                    at++;
            }

            _count++;
        }

        return open == None && _count > 0;
    }

    // Eight bytes at a time: the lowest bit that is set is that of the first quote or backslash. Most texts have less than 16.
    private static int EndOfString(ReadOnlySpan<byte> json, int at, out Content content)
    {
        content = Content.Plain;
        while (true)
        {
            if (at + sizeof(ulong) <= json.Length)
            {
                var word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref MemoryMarshal.GetReference(json), at));
                if (!BitConverter.IsLittleEndian)
                    word = System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(word);
                var quotes = word ^ (EachByte * '"');
                var slashes = word ^ (EachByte * '\\');
                var marks = (((quotes - EachByte) & ~quotes) | ((slashes - EachByte) & ~slashes)) & HighBits;
                if (marks == 0)
                {
                    if ((word & HighBits) != 0)
                        content |= Content.NotAscii;
                    at += sizeof(ulong);
                    continue;
                }

                var count = BitOperations.TrailingZeroCount(marks) >> 3;
                if ((word & HighBits & ((1UL << (count << 3)) - 1)) != 0)
                    content |= Content.NotAscii;
                at += count;
            }

            if (at >= json.Length)
                return None;
            if (json[at] == '"')
                return at;
            if (json[at] == '\\')
            {
                content |= Content.Escaped;
                at++;
            }
            else if (json[at] > '~')
            {
                content |= Content.NotAscii;
            }

            at++;
        }
    }

    private static int EndOfWord(ReadOnlySpan<byte> json, int at)
    {
        while ((uint)at < (uint)json.Length && json[at] is not ((byte)',' or (byte)'}' or (byte)']' or <= (byte)' '))
            at++;
        return at;
    }

    /// <summary>What is not plain about a text.</summary>
    [Flags]
    public enum Content : byte
    {
        /// <summary>What is written is what is meant, a byte a character.</summary>
        Plain = 0,

        Escaped = 1,
        NotAscii = 2,
    }

    /// <summary>A value, and its name where it is a member.</summary>
    [StructLayout(LayoutKind.Auto)]
    public struct Token
    {
        public int NameStart;
        public int NameLength;
        public int Start;
        public int Length;

        /// <summary>The value after it and all within it.</summary>
        public int Next;

        /// <summary>Members or items.</summary>
        public int Count;

        public ValueForm Form;
        public Content Content;
        public Content NameContent;

        public readonly bool IsEscaped => (Content & Content.Escaped) != 0;

        public readonly bool IsNameEscaped => (NameContent & Content.Escaped) != 0;

        /// <summary>It is a value that is written as it is meant, a byte a character.</summary>
        public readonly bool IsPlain => Content == Content.Plain && Form is not (ValueForm.Object or ValueForm.List);
    }

    private readonly record struct MemberName(int Start, int Length, Content Content)
    {
        public static MemberName None => new(JsonTokens.None, 0, Content.Plain);
    }
}
