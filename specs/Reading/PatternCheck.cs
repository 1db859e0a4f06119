using System.Globalization;
using System.Text.RegularExpressions;

namespace Bitrix24.Gen.Specs;

/// <summary>
/// Checks patterns of spec files, which are hostile input: they must mean the same in .NET and ECMAScript, run without
/// backtracking where the platform can, and stay small.
/// </summary>
internal static class PatternCheck
{
    private const int LongestPattern = 1000;
    private const int LargestSize = 10_000;
    private const string LetterEscapes = "dDwWsSbBtrnfvux0";

    /// <summary>Why a pattern cannot be used, as the end of a sentence about it; null: it can.</summary>
    public static string? Problem(string pattern)
    {
        if (pattern.Length > LongestPattern)
            return $"is longer than {LongestPattern} characters";
        if (new Scanner(pattern).Scan() is { } problem)
            return problem;
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(100));
            return null;
        }
        catch (ArgumentException e)
        {
            return "is no regular expression (" + BindContext.Quote(e.Message, 120) + ")";
        }
    }

    /// <summary>A group, or the whole pattern.</summary>
    private sealed class Group
    {
        public long Size { get; set; }

        /// <summary>The current alternative repeats something, and has nothing around it that would keep the rounds apart.</summary>
        public bool Repeats { get; set; }

        public bool Fixed { get; set; }

        public bool AnyLoose { get; set; }

        public bool AllFixed { get; set; } = true;

        public void EndAlternative()
        {
            AnyLoose |= Repeats && !Fixed;
            AllFixed &= Fixed;
            Repeats = Fixed = false;
        }
    }

    private sealed class Scanner(string pattern)
    {
        private readonly Stack<Group> _outer = new();
        private Group _group = new();
        private int _position;

        public string? Scan()
        {
            while (_position < pattern.Length)
            {
                var problem = pattern[_position] switch
                {
                    '(' => Open(),
                    ')' => Close(),
                    '|' => Alternative(),
                    '[' => Class(),
                    '\\' => Escape() ?? Atom(1, loose: false, isFixed: true),
                    '^' or '$' => Anchor(),
                    _ => Literal(),
                };
                if (problem is not null)
                    return problem;
            }

            return null;
        }

        private string? Open()
        {
            _position++;
            if (At('?'))
            {
                if (_position + 1 >= pattern.Length || pattern[_position + 1] != ':')
                    return "uses a group of the (?…) kind, of which only (?: ) works everywhere";
                _position += 2;
            }

            _outer.Push(_group);
            _group = new();
            return null;
        }

        private string? Close()
        {
            if (_outer.Count == 0)
                return "has a ) without its (";
            _position++;
            var inner = _group;
            inner.EndAlternative();
            _group = _outer.Pop();
            return Atom(inner.Size, inner.AnyLoose, inner.AllFixed);
        }

        private string? Alternative()
        {
            _position++;
            _group.EndAlternative();
            return null;
        }

        private string? Anchor()
        {
            _position++;
            return null;
        }

        private string? Literal()
        {
            _position++;
            return Atom(1, loose: false, isFixed: true);
        }

        private string? Class()
        {
            _position++;
            if (At('^'))
                _position++;
            if (At(']'))
                return "has an empty class []; write \\] for the bracket";
            for (; _position < pattern.Length && !At(']');)
            {
                if (At('[') && pattern[_position - 1] == '-')
                    return "subtracts classes, which only .NET can";
                if (!At('\\'))
                    _position++;
                else if (Escape() is { } problem)
                    return problem;
            }

            if (!At(']'))
                return "has a [ without its ]";
            _position++;
            return Atom(1, loose: false, isFixed: true);
        }

        private string? Escape()
        {
            if (_position + 1 >= pattern.Length)
                return "ends with a backslash";
            var c = pattern[_position + 1];
            if (c is >= '1' and <= '9')
                return "refers back to a group, which cannot be matched in bounded time";
            if (char.IsLetterOrDigit(c) && LetterEscapes.IndexOf(c) < 0)
                return $"uses \\{c}, which does not work everywhere";
            _position += 2;
            return null;
        }

        /// <summary>Counts what was just read, with the quantifier after it.</summary>
        private string? Atom(long size, bool loose, bool isFixed)
        {
            var (least, most) = Quantifier();
            if (most is null && loose)
                return "repeats a repetition, which takes exponential time; put something fixed between the rounds";
            var times = Math.Max(1, most ?? (least + 1L));
            _group.Size += size * times;
            if (_group.Size > LargestSize)
                return "is too large once its repetitions are written out";
            _group.Repeats |= loose || most != least;
            _group.Fixed |= isFixed && least > 0 && most == least;
            return null;
        }

        private (int Least, int? Most) Quantifier()
        {
            (int Least, int? Most) times = (1, 1);
            if (At('*'))
                times = (0, null);
            else if (At('+'))
                times = (1, null);
            else if (At('?'))
                times = (0, 1);
            else if (!At('{') || !Braces(out times))
                return (1, 1);
            else
                _position--;

            _position++;
            if (At('?'))
                _position++;
            return times;
        }

        private bool Braces(out (int Least, int? Most) times)
        {
            times = (1, 1);
            var close = pattern.IndexOf('}', _position);
            if (close < 0)
                return false;
            var parts = pattern.Substring(_position + 1, close - _position - 1).Split(',');
            if (parts.Length > 2 || !Count(parts[0], out var least))
                return false;
            int? most = least;
            if (parts.Length == 2)
            {
                most = null;
                if (parts[1].Length > 0)
                {
                    if (!Count(parts[1], out var given))
                        return false;
                    most = given;
                }
            }

            times = (least, most);
            _position = close + 1;
            return true;
        }

        private static bool Count(string text, out int count)
        {
            if (text.Length > 0 && text.Length <= 5)
                return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);
            count = LargestSize + 1;
            return text.Length > 0 && text.Trim('0', '1', '2', '3', '4', '5', '6', '7', '8', '9').Length == 0;
        }

        private bool At(char c) => _position < pattern.Length && pattern[_position] == c;
    }
}
