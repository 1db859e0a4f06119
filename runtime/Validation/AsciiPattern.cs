using System.Buffers;
using System.Text;

namespace Bitrix24.Infrastructure;

/// <summary>
/// A regular expression that is a row of character classes, of which only the last may repeat at will, as names have:
/// <c>^[a-z][a-z0-9_]*$</c>. It is matched against bytes or characters, without text being made of them.
/// </summary>
internal sealed class AsciiPattern
{
    private const int Unbounded = int.MaxValue;

    /// <summary>An expression of another form, which this cannot match.</summary>
    private static readonly AsciiPattern Other = new([]);

    private readonly Part<byte>[] _bytes;
    private readonly Part<char>[] _characters;

    private AsciiPattern(List<Part> parts)
    {
        _bytes = [.. parts.Select(static part => new Part<byte>(SearchValues.Create([.. part.Set.Members.Select(static c => (byte)c)]), part.Least, part.Most))];
        _characters = [.. parts.Select(static part => new Part<char>(SearchValues.Create([.. part.Set.Members]), part.Least, part.Most))];
    }

    /// <summary>The pattern of an expression.</summary>
    public static AsciiPattern Parse(string expression) => TryParse(expression) ?? Other;

    private static AsciiPattern? TryParse(string expression)
    {
        if (expression.Length < 3 || expression[0] != '^' || expression[^1] != '$' || expression[^2] == '\\')
            return null;
        var parts = new List<Part>();
        var rest = expression.AsSpan(1, expression.Length - 2);
        while (rest.Length > 0)
        {
            if (parts is [.., var last] && last.Least != last.Most)
                return null;
            if (!TryClass(ref rest, out var set) || !TryCount(ref rest, out var least, out var most))
                return null;
            parts.Add(new(set, least, most));
        }

        return new(parts);
    }

    /// <summary>Whether ASCII text matches; null where only the expression itself can tell: it is of another form, or a line end stands at the end of the text.</summary>
    public bool? IsMatch(ReadOnlySpan<byte> text) => IsMatch(_bytes, text, (byte)'\n');

    /// <summary>Whether text matches; null also where a text that is not ASCII has no match here.</summary>
    public bool? IsMatch(ReadOnlySpan<char> text) => IsMatch(_characters, text, '\n') is var known && (known != false || Ascii.IsValid(text)) ? known : null;

    private bool? IsMatch<T>(Part<T>[] parts, ReadOnlySpan<T> text, T lineEnd)
        where T : struct, IEquatable<T>
    {
        if (ReferenceEquals(this, Other) || (text.Length > 0 && text[^1].Equals(lineEnd)))
            return null;
        foreach (var part in parts)
        {
            var other = text.IndexOfAnyExcept(part.Set);
            var count = Math.Min(other < 0 ? text.Length : other, part.Most);
            if (count < part.Least)
                return false;
            text = text[count..];
        }

        return text.IsEmpty;
    }

    private static bool TryClass(ref ReadOnlySpan<char> rest, out CharSet set)
    {
        set = default;
        if (rest[0] != '[')
            return TryCharacter(ref rest, ".()|*+?{}^$]", out set, out _);
        rest = rest[1..];
        if (rest is [] or ['^', ..])
            return false;
        while (rest is not [] && rest[0] != ']')
        {
            if (!TryCharacter(ref rest, "[", out var one, out var from))
                return false;
            if (rest is ['-', not ']', ..])
            {
                rest = rest[1..];
                if (from is null || !TryCharacter(ref rest, "[", out _, out var to) || to is null || to < from)
                    return false;
                for (var c = from.Value; c <= to; c++)
                    one |= CharSet.Of(c);
            }

            set |= one;
        }

        if (rest is [])
            return false;
        rest = rest[1..];
        return true;
    }

    /// <summary>A character, or a backslash and what it means; <paramref name="character"/>: null where that is several.</summary>
    private static bool TryCharacter(ref ReadOnlySpan<char> rest, string special, out CharSet set, out char? character)
    {
        (set, character) = (default, null);
        var c = rest[0];
        if (c == '\\')
        {
            if (rest.Length < 2)
                return false;
            c = rest[1];
            rest = rest[2..];
            // \d takes digits of all scripts, but text that is matched here has none.
            if (c == 'd')
            {
                for (var digit = '0'; digit <= '9'; digit++)
                    set |= CharSet.Of(digit);
                return true;
            }

            if (char.IsAsciiLetterOrDigit(c) || c > '~')
                return false;
        }
        else
        {
            if (c > '~' || special.Contains(c, StringComparison.Ordinal))
                return false;
            rest = rest[1..];
        }

        character = c;
        set = CharSet.Of(c);
        return true;
    }

    private static bool TryCount(ref ReadOnlySpan<char> rest, out int least, out int most)
    {
        (least, most) = (1, 1);
        if (rest is [] || rest[0] is not ('*' or '+' or '?' or '{'))
            return true;
        if (rest[0] == '{')
            return TryBounds(ref rest, out least, out most) && !IsModified(rest);
        (least, most) = rest[0] switch
        {
            '*' => (0, Unbounded),
            '+' => (1, Unbounded),
            _ => (0, 1),
        };
        rest = rest[1..];
        return !IsModified(rest);
    }

    private static bool TryBounds(ref ReadOnlySpan<char> rest, out int least, out int most)
    {
        (least, most) = (0, 0);
        var end = rest.IndexOf('}');
        if (end < 0)
            return false;
        var bounds = rest[1..end];
        rest = rest[(end + 1)..];
        var comma = bounds.IndexOf(',');
        if (!TryNumber(comma < 0 ? bounds : bounds[..comma], out least))
            return false;
        most = comma < 0 ? least : Unbounded;
        return comma < 0 || comma == bounds.Length - 1 || TryNumber(bounds[(comma + 1)..], out most);
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out int number) =>
        int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out number);

    // Lazy and possessive counts, and counts of counts.
    private static bool IsModified(ReadOnlySpan<char> rest) => rest is ['?' or '+' or '*' or '{', ..];

    /// <summary>Characters of a class, and how many of them.</summary>
    private sealed record Part(CharSet Set, int Least, int Most);

    /// <summary>A part as it is searched for.</summary>
    private sealed record Part<T>(SearchValues<T> Set, int Least, int Most)
        where T : struct, IEquatable<T>;

    /// <summary>ASCII characters.</summary>
    private readonly record struct CharSet(ulong Low, ulong High)
    {
        public static CharSet Of(char c) => c < 64 ? new(1UL << c, 0) : new(0, 1UL << (c - 64));

        public IEnumerable<char> Members
        {
            get
            {
                var (low, high) = (Low, High);
                return Enumerable.Range(0, 128).Where(c => ((c < 64 ? low >> c : high >> (c - 64)) & 1) != 0).Select(static c => (char)c);
            }
        }

        public static CharSet operator |(CharSet left, CharSet right) => new(left.Low | right.Low, left.High | right.High);
    }
}
