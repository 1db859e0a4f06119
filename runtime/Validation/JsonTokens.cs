using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>
/// The tokens of a JSON text, in arrays that are used again: what the rule engine needs of a document, without making one.
/// A name comes right before its value; what comes after a value and all within it is at its <c>Next</c>.
/// </summary>
internal sealed class JsonTokens
{
    // As deep as requests are written.
    private const int MaxDepth = 1000;

    // Larger texts are rare, and need not stay in memory.
    private const int MostKept = 16 * 1024;

    [ThreadStatic]
    private static JsonTokens? t_spare;

    private readonly List<int> _open = [];
    private Token[] _tokens = new Token[128];
    private int _count;
    private ReadOnlyMemory<byte> _json;

    /// <summary>The text is a command of a batch: references to answers of earlier commands are no literals.</summary>
    public bool InBatch { get; private set; }

    /// <summary>Reads a text.</summary>
    /// <exception cref="JsonException">It is no JSON, or nests deeper than 1,000 levels.</exception>
    public static JsonTokens Read(ReadOnlyMemory<byte> json, bool inBatch)
    {
        var tokens = t_spare ?? new();
        t_spare = null;
        tokens._json = json;
        tokens.InBatch = inBatch;
        tokens.Read();
        return tokens;
    }

    /// <summary>Takes the arrays back; no value of the text may be used any more.</summary>
    public void Return()
    {
        _json = default;
        _count = 0;
        _open.Clear();
        if (_tokens.Length <= MostKept)
            t_spare = this;
    }

    public ref readonly Token this[int index] => ref _tokens[index];

    /// <summary>The text of a token as it is written, without its quotes.</summary>
    public ReadOnlySpan<byte> Raw(int index) => _json.Span.Slice(_tokens[index].Start, _tokens[index].Length);

    /// <summary>The text that a token means.</summary>
    public string Text(int index)
    {
        if (!_tokens[index].IsEscaped)
            return Encoding.UTF8.GetString(Raw(index));
        var reader = new Utf8JsonReader(_json.Span.Slice(_tokens[index].Start - 1, _tokens[index].Length + 2));
        reader.Read();
        return reader.GetString()!;
    }

    private void Read()
    {
        var reader = new Utf8JsonReader(_json.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    Add(ValueForm.Null, ref reader, quotes: 1);
                    break;
                case JsonTokenType.StartObject:
                    Open(ValueForm.Object);
                    break;
                case JsonTokenType.StartArray:
                    Open(ValueForm.List);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    _tokens[_open[^1]].Next = _count;
                    _open.RemoveAt(_open.Count - 1);
                    break;
                default:
                    CountValue();
                    Add(FormOf(reader.TokenType), ref reader, reader.TokenType == JsonTokenType.String ? 1 : 0);
                    break;
            }
        }
    }

    private static ValueForm FormOf(JsonTokenType type) => type switch
    {
        JsonTokenType.String => ValueForm.Text,
        JsonTokenType.Number => ValueForm.Number,
        JsonTokenType.True or JsonTokenType.False => ValueForm.Bool,
        _ => ValueForm.Null,
    };

    private void Open(ValueForm form)
    {
        CountValue();
        _open.Add(_count);
        Next() = new() { Form = form };
    }

    private void CountValue()
    {
        if (_open.Count > 0)
            _tokens[_open[^1]].Count++;
    }

    private void Add(ValueForm form, ref Utf8JsonReader reader, int quotes)
    {
        ref var token = ref Next();
        token = new()
        {
            Form = form,
            Start = (int)reader.TokenStartIndex + quotes,
            Length = reader.ValueSpan.Length,
            IsEscaped = reader.ValueIsEscaped,
            IsPlain = !reader.ValueIsEscaped && Ascii.IsValid(reader.ValueSpan),
            Next = _count,
        };
    }

    private ref Token Next()
    {
        if (_count == _tokens.Length)
            Array.Resize(ref _tokens, 2 * _count);
        return ref _tokens[_count++];
    }

    /// <summary>A value, or the name of one.</summary>
    [StructLayout(LayoutKind.Auto)]
    public struct Token
    {
        public int Start;
        public int Length;

        /// <summary>The token after it and all within it.</summary>
        public int Next;

        /// <summary>Members or items.</summary>
        public int Count;

        public ValueForm Form;
        public bool IsEscaped;

        /// <summary>What is written is what is meant, a byte a character.</summary>
        public bool IsPlain;
    }
}
