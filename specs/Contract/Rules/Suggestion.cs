using System.Linq;

#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>Finds what was probably meant.</summary>
#if BITRIX24_SPECS
public
#else
internal
#endif
static class Suggestion
{
    private const int LongestCompared = 80;
    private const int ShortestEdited = 5;
    private const int ShortestValue = 4;
    private const int LongValue = 9;

    /// <summary>
    /// The name nearest to what was given, or null where none is near: at most one edit (insert, delete, replace,
    /// swap) in three characters. Case does not count; of equally near names one as long comes first, then the first in ordinal order.
    /// </summary>
    public static string? Nearest(string given, IEnumerable<string> names)
    {
        // No number is nearer to another than the rest.
        if (given.Length is 0 or > LongestCompared || given.All(char.IsDigit))
            return null;
        var folded = given.ToLowerInvariant();
        var limit = Math.Max(1, given.Length / 3);
        string? best = null;
        var bestDistance = limit + 1;
        foreach (var name in names)
        {
            if (Math.Abs(name.Length - given.Length) > limit)
                continue;
            var distance = Distance(folded, name.ToLowerInvariant(), Math.Min(limit, bestDistance));
            if (distance < bestDistance || (distance == bestDistance && best is not null && IsBefore(name, best, given)))
            {
                best = name;
                bestDistance = distance;
            }
        }

        return best;
    }

    /// <summary>The nearest name, or the only one that has the words of what was given and more, or fewer: <c>typeId</c> of <c>type</c>, <c>id</c> of <c>eventId</c>.</summary>
    public static string? Name(string given, IReadOnlyCollection<string> names)
    {
        if (Nearest(given, names) is { } near)
            return near;
        if (given.Length is 0 or > LongestCompared)
            return null;
        var words = Words(given);
        return Only(n => Begins(n, words)) ?? Only(n => Ends(n, words)) ?? Only(n => Ends(words, n)) ?? Only(n => Begins(words, n));

        string? Only(Func<string[], bool> isKin)
        {
            using var kin = names.Where(n => isKin(Words(n))).Take(2).GetEnumerator();
            return kin.MoveNext() && kin.Current is var first && !kin.MoveNext() ? first : null;
        }
    }

    private static bool Begins(string[] name, string[] with) => name.Length > with.Length && name.Take(with.Length).SequenceEqual(with);

    private static bool Ends(string[] name, string[] with) => name.Length > with.Length && name.Skip(name.Length - with.Length).SequenceEqual(with);

    // CALL_ID and callId are call, id; what is plural is the singular.
    private static string[] Words(string name)
    {
        var text = new System.Text.StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && char.IsLower(name[i - 1]))
                text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }

        var words = text.ToString().Split(['_'], StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < words.Length; i++)
            words[i] = words[i].Length > 3 ? words[i].TrimEnd('s') : words[i];
        return words;
    }

    private static bool IsBefore(string name, string best, string given) =>
        (name.Length == given.Length) != (best.Length == given.Length) ? name.Length == given.Length : string.CompareOrdinal(name, best) < 0;

    /// <summary>
    /// The name that was almost certainly meant, where other names than these may stand too: the same letters in another case or with
    /// other underscores, or a single edit in at least five letters. Null: none.
    /// </summary>
    public static string? Slip(string given, IEnumerable<string> names)
    {
        if (given.Length is 0 or > LongestCompared)
            return null;
        var folded = Letters(given);
        string? best = null;
        foreach (var name in names)
        {
            var letters = Letters(name);
            if (letters == folded)
                return name;
            if (best is null && folded.Length >= ShortestEdited && IsOneEdit(folded, letters))
                best = name;
        }

        return best;
    }

    /// <summary>
    /// The value that was probably meant, where other values than these may stand too: one edit in at least four letters, two in nine.
    /// Another case is no slip, and values with digits are codes, which differ by one. Null: none.
    /// </summary>
    public static string? Value(string given, IEnumerable<string> values)
    {
        if (given.Length is < ShortestValue or > LongestCompared || given.Any(char.IsDigit))
            return null;
        var folded = given.ToLowerInvariant();
        var limit = given.Length >= LongValue ? 2 : 1;
        string? best = null;
        foreach (var value in values)
        {
            if (Math.Abs(value.Length - given.Length) > limit || value.Any(char.IsDigit))
                continue;
            var distance = Distance(folded, value.ToLowerInvariant(), limit);
            if (distance == 0)
                return null;
            if (distance <= limit)
                (best, limit) = (value, distance - 1);
        }

        return best;
    }

    /// <summary>How many edits (insert, delete, replace, swap) lie between two words, or a number above the limit.</summary>
    public static int Edits(string left, string right, int limit) =>
        Math.Abs(left.Length - right.Length) > limit || left.Length > LongestCompared ? limit + 1 : Distance(left, right, limit);

    /// <summary>Whether two names have the same letters, whatever their case and the underscores between words.</summary>
    public static bool HasSameLetters(string left, string right) => Letters(left) == Letters(right);

    private static string Letters(string name) => name.Replace("_", "").ToLowerInvariant();

    // Singular and plural are two names, and so are names with different numbers.
    private static bool IsOneEdit(string left, string right) =>
        Math.Abs(left.Length - right.Length) <= 1 && left.TrimEnd('s') != right.TrimEnd('s')
        && !left.Any(char.IsDigit) && !right.Any(char.IsDigit) && Distance(left, right, 1) == 1;

    /// <summary>The Damerau-Levenshtein distance (adjacent swaps count one), or a number above the limit.</summary>
    private static int Distance(string left, string right, int limit)
    {
        var before = new int[right.Length + 1];
        var above = new int[right.Length + 1];
        var row = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
            above[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            row[0] = i;
            var least = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var same = left[i - 1] == right[j - 1];
                var cost = Math.Min(Math.Min(above[j], row[j - 1]) + 1, above[j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    cost = Math.Min(cost, before[j - 2] + 1);
                row[j] = cost;
                least = Math.Min(least, cost);
            }

            if (least > limit)
                return least;
            (before, above, row) = (above, row, before);
        }

        return above[right.Length];
    }
}
