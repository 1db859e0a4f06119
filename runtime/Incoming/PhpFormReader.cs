using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Bitrix24;

/// <summary>Gathers the pairs of one or several forms; what comes later replaces what came before.</summary>
internal sealed class PhpFormReader(IncomingLimits limits)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly PhpNode _root = new();
    private readonly List<string?> _path = [];
    private int _length;
    private int _values;

    /// <summary>Adds the pairs of a form; answers what is wrong with it, or null.</summary>
    public string? Add(ReadOnlySpan<byte> form)
    {
        if ((_length += form.Length) > limits.MaxLength)
            return string.Create(CultureInfo.InvariantCulture, $"The form is longer than {limits.MaxLength} bytes.");
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(form.Length, 1));
        try
        {
            for (var start = 0; start <= form.Length;)
            {
                var end = form[start..].IndexOf((byte)'&');
                end = end < 0 ? form.Length : start + end;
                if (AddPair(form[start..end], buffer) is { } problem)
                    return string.Create(CultureInfo.InvariantCulture, $"The form cannot be read at byte {start}: {problem}");
                start = end + 1;
            }

            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    public byte[] ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, new() { SkipValidation = true }))
            _root.WriteTo(writer, isRoot: true);
        return buffer.WrittenSpan.ToArray();
    }

    private string? AddPair(ReadOnlySpan<byte> pair, byte[] buffer)
    {
        var equals = pair.IndexOf((byte)'=');
        if (!TryDecodeName(equals < 0 ? pair : pair[..equals], buffer, out var name))
            return "a name is not UTF-8.";
        // Portals cut texts inside a character, and send an event once: the rest of it is not lost with that character.
        var value = Encoding.UTF8.GetString(Unescaped(equals < 0 ? [] : pair[(equals + 1)..], buffer));

        // PHP drops what has no name.
        name = name.TrimStart(' ');
        if (name.Length == 0)
            return null;
        if (name.Contains('\0'))
            return "a name holds a NUL character.";
        return ReadPath(name) ?? Set(value);
    }

    private static ReadOnlySpan<byte> Unescaped(ReadOnlySpan<byte> text, byte[] buffer)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var b = text[i];
            if (b == '+')
            {
                b = (byte)' ';
            }
            else if (b == '%' && i + 2 < text.Length && char.IsAsciiHexDigit((char)text[i + 1]) && char.IsAsciiHexDigit((char)text[i + 2]))
            {
                b = (byte)((Hex(text[i + 1]) << 4) | Hex(text[i + 2]));
                i += 2;
            }

            buffer[length++] = b;
        }

        return buffer.AsSpan(0, length);
    }

    private static bool TryDecodeName(ReadOnlySpan<byte> text, byte[] buffer, out string decoded)
    {
        try
        {
            decoded = Strict.GetString(Unescaped(text, buffer));
            return true;
        }
        catch (DecoderFallbackException)
        {
            decoded = "";
            return false;
        }
    }

    private static int Hex(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    /// <summary>Splits <c>a[b][]</c> into its keys; null stands for an append.</summary>
    private string? ReadPath(string name)
    {
        _path.Clear();
        var open = name.IndexOf('[', 1);
        if (open < 0 || name.IndexOf(']', open) < 0)
        {
            _path.Add(Mangle(name));
            return null;
        }

        _path.Add(Mangle(name[..open]));
        while (open < name.Length && name[open] == '[')
        {
            var close = name.IndexOf(']', open);
            // A bracket that stays open ends the name; PHP ignores the rest.
            if (close < 0)
                break;
            if (_path.Count >= limits.MaxDepth)
                return string.Create(CultureInfo.InvariantCulture, $"names nest deeper than {limits.MaxDepth} levels.");
            _path.Add(close == open + 1 ? null : name[(open + 1)..close]);
            open = close + 1;
        }

        return null;
    }

    // In the name of a PHP variable neither stands.
    private static string Mangle(string name) => name.Replace(' ', '_').Replace('.', '_').Replace('[', '_');

    private string? Set(string value)
    {
        var node = _root;
        foreach (var key in _path)
        {
            node = node.Member(key, out var isNew);
            if (isNew && ++_values > limits.MaxValues)
                return string.Create(CultureInfo.InvariantCulture, $"it holds more than {limits.MaxValues} values.");
        }

        node.SetText(value);
        return null;
    }
}

/// <summary>A value of a form: text, or values by key.</summary>
internal sealed class PhpNode
{
    // Few members are found faster by looking at each.
    private const int Few = 8;

    private List<KeyValuePair<string, PhpNode>>? _members;
    private Dictionary<string, PhpNode>? _index;
    private string? _text;
    private long _next;
    private bool _isList = true;

    public void SetText(string text)
    {
        (_text, _members, _index, _next, _isList) = (text, null, null, 0, true);
    }

    public PhpNode Member(string? key, out bool isNew)
    {
        _text = null;
        _members ??= [];
        key ??= _next.ToString(CultureInfo.InvariantCulture);
        if (Find(key) is { } found)
        {
            isNew = false;
            return found;
        }

        isNew = true;
        if (IsIndex(key, out var index))
        {
            _isList &= index == _members.Count;
            _next = Math.Max(_next, index + 1);
        }
        else
        {
            _isList = false;
        }

        var member = new PhpNode();
        _members.Add(new(key, member));
        if (_index is not null)
            _index.Add(key, member);
        else if (_members.Count > Few)
            _index = new(_members, StringComparer.Ordinal);
        return member;
    }

    public void WriteTo(Utf8JsonWriter writer, bool isRoot = false)
    {
        if (_members is null && !isRoot)
        {
            writer.WriteStringValue(_text);
        }
        else if (_isList && !isRoot)
        {
            writer.WriteStartArray();
            foreach (var (_, member) in _members!)
                member.WriteTo(writer);
            writer.WriteEndArray();
        }
        else
        {
            writer.WriteStartObject();
            foreach (var (key, member) in _members ?? [])
            {
                writer.WritePropertyName(key);
                member.WriteTo(writer);
            }

            writer.WriteEndObject();
        }
    }

    private PhpNode? Find(string key)
    {
        if (_index is not null)
            return _index.GetValueOrDefault(key);
        foreach (var (name, member) in _members!)
        {
            if (name == key)
                return member;
        }

        return null;
    }

    // As PHP decides which keys are whole numbers: no sign, no zero in front, and no more digits than fit.
    private static bool IsIndex(string key, out long index)
    {
        index = 0;
        if (key.Length is 0 or > 18 || (key[0] == '0' && key.Length > 1))
            return false;
        foreach (var c in key)
        {
            if (!char.IsAsciiDigit(c))
                return false;
            index = (index * 10) + (c - '0');
        }

        return true;
    }
}
