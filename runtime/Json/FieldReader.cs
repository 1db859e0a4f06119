using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Bitrix24.Infrastructure;

/// <summary>
/// Reads JSON token by token, as <see cref="Utf8JsonReader"/> does and as strictly, from text that is there as a whole.
/// Values are read by the methods of <see cref="JsonRead"/>.
/// </summary>
/// <remarks>
/// Where the name of the next field is known, it is compared as it stands, which makes half of the tokens cost next to
/// nothing.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref partial struct FieldReader
{
    // As deep as System.Text.Json reads.
    private const int MaxDepth = 64;

    private readonly ReadOnlySpan<byte> _json;
    private ReadOnlySpan<byte> _value;
    private int _next;
    private int _start;

    // Of each open container from the innermost, in the lowest bit, outwards: whether it is an object.
    private ulong _objects;
    private int _depth;
    private bool _escaped;
    private JsonTokenType _token;

    // Memory that values may take, and take.
    private readonly long _budget;
    private long _spent;

    // Of values that do not fit, see FieldReader.Misfits.cs.
    private readonly bool _strict;
    private bool _hasMisfit;
    private int _misfits;
    private int _firstMisfit;
    private string? _firstReason;

    /// <summary>A reader before the first token.</summary>
    /// <param name="json">The text, in UTF-8.</param>
    public FieldReader(ReadOnlySpan<byte> json) => _json = json;

    internal readonly JsonTokenType TokenType => _token;

    /// <summary>The token without its quotes.</summary>
    internal readonly ReadOnlySpan<byte> ValueSpan => _value;

    internal readonly bool ValueIsEscaped => _escaped;

    internal readonly int TokenStartIndex => _start;

    /// <summary>Where the current token ends.</summary>
    internal readonly int BytesConsumed => _next;

    /// <summary>Moves to the next token; false: there is none.</summary>
    /// <exception cref="JsonException">The text is not JSON, or breaks off.</exception>
    public bool Read()
    {
        var at = SkipSpace(_next);
        if (_token is JsonTokenType.PropertyName)
            return ReadValue(at);
        if (_token is JsonTokenType.StartObject or JsonTokenType.StartArray)
            return IsEnd(at) ? Close(at) : InObject ? ReadName(at) : ReadValue(at);
        if (_depth == 0)
        {
            if (_token == JsonTokenType.None)
                return ReadValue(at);
            return at == _json.Length ? false : throw Broken(at);
        }

        if (IsEnd(at))
            return Close(at);
        if ((uint)at >= (uint)_json.Length || _json[at] != ',')
            throw Broken(at);
        at = SkipSpace(at + 1);
        return InObject ? ReadName(at) : ReadValue(at);
    }

    /// <summary>
    /// Moves to the value of a field when the field comes next in the current object: <paramref name="key"/> is its name
    /// in quotes, with a colon. Otherwise nothing moves.
    /// </summary>
    internal bool TryReadField(ReadOnlySpan<byte> key)
    {
        var at = _next;
        if (_token == JsonTokenType.StartObject)
        {
            // The first name stands behind the brace.
        }
        else if (InObject && (uint)at < (uint)_json.Length && _json[at] == ',')
        {
            at++;
        }
        else
        {
            return false;
        }

        if ((uint)at >= (uint)_json.Length || !_json[at..].StartsWith(key))
            return false;
        return ReadValue(SkipSpace(at + key.Length));
    }

    /// <summary>Moves behind the current value, or behind the value of the current name.</summary>
    internal void Skip()
    {
        if (_token == JsonTokenType.PropertyName)
            Read();
        if (_token is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return;
        var depth = _depth;
        while (_depth >= depth)
            Read();
    }

    private readonly bool InObject => (_objects & 1) != 0;

    private readonly bool IsEnd(int at) => (uint)at < (uint)_json.Length && _json[at] == (InObject ? (byte)'}' : (byte)']');

    private bool Close(int at)
    {
        Take(InObject ? JsonTokenType.EndObject : JsonTokenType.EndArray, at, at + 1);
        _objects >>= 1;
        _depth--;
        return true;
    }

    private bool Open(JsonTokenType token, int at)
    {
        if (_depth == MaxDepth)
            throw new JsonException($"Values are nested more than {MaxDepth} deep.");
        // The outermost of 64 bits is lost with the 65th container, which is refused.
        _objects = (_objects << 1) | (token == JsonTokenType.StartObject ? 1UL : 0);
        _depth++;
        Take(token, at, at + 1);
        return true;
    }

    private void Take(JsonTokenType token, int start, int end)
    {
        _token = token;
        _start = start;
        _next = end;
        _value = _json[start..end];
        _escaped = false;
    }

    private bool ReadValue(int at)
    {
        if ((uint)at >= (uint)_json.Length)
            throw Broken(at);
        switch (_json[at])
        {
            case (byte)'"':
                ReadString(JsonTokenType.String, at);
                return true;
            case (byte)'{':
                return Open(JsonTokenType.StartObject, at);
            case (byte)'[':
                return Open(JsonTokenType.StartArray, at);
            case (byte)'t':
                return ReadWord(JsonTokenType.True, "true"u8, at);
            case (byte)'f':
                return ReadWord(JsonTokenType.False, "false"u8, at);
            case (byte)'n':
                return ReadWord(JsonTokenType.Null, "null"u8, at);
            default:
                return ReadNumber(at);
        }
    }

    private bool ReadWord(JsonTokenType token, ReadOnlySpan<byte> word, int at)
    {
        if (!_json[at..].StartsWith(word))
            throw Broken(at);
        Take(token, at, at + word.Length);
        return true;
    }

    private bool ReadName(int at)
    {
        if ((uint)at >= (uint)_json.Length || _json[at] != '"')
            throw Broken(at);
        ReadString(JsonTokenType.PropertyName, at);
        var colon = SkipSpace(_next);
        if ((uint)colon >= (uint)_json.Length || _json[colon] != ':')
            throw Broken(colon);
        _next = colon + 1;
        return true;
    }

    private readonly bool AtEndOfNumber(int at)
    {
        if ((uint)at >= (uint)_json.Length ? _depth == 0 : _json[at] is (byte)',' or (byte)'}' or (byte)']' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            return true;
        throw Broken(at);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int SkipSpace(int at) =>
        (uint)at < (uint)_json.Length && _json[at] <= ' ' ? SkipSpaces(at) : at;

    private readonly int SkipSpaces(int at)
    {
        while ((uint)at < (uint)_json.Length && _json[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            at++;
        return at;
    }

    private readonly JsonException Broken(int at) => new(at >= _json.Length
        ? "The text breaks off."
        : $"Byte {at} is not what JSON has there.");
}
