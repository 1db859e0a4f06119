using System.Linq;
using System.Text;

namespace Bitrix24.Gen.Specs;

/// <summary>The order in which a server checks: it answers the first violation only.</summary>
public static class CheckOrder
{
    private const string AnyPath = "*.";
    private const string UniqueBy = "uniqueBy.";

    /// <summary>How late the server checks a rule at a path; what the method's order does not name comes first (-1).</summary>
    public static int Rank(MethodSpec method, string path, string rule)
    {
        if (method.CheckOrder.Count == 0)
            return -1;
        var key = Key(path, rule);
        for (var i = 0; i < method.CheckOrder.Count; i++)
        {
            var entry = method.CheckOrder[i];
            var fits = entry.StartsWith(AnyPath, StringComparison.Ordinal)
                ? key.EndsWith(entry.Substring(1), StringComparison.Ordinal)
                : string.Equals(key, entry, StringComparison.Ordinal);
            if (fits)
                return i;
        }

        return -1;
    }

    /// <summary>Sorts violations as the server would meet them; those of equal rank keep their order.</summary>
    public static IReadOnlyList<Violation> Sort(MethodSpec method, IReadOnlyList<Violation> violations) =>
        violations.Count < 2 || method.CheckOrder.Count == 0
            ? violations
            : violations.OrderBy(v => Rank(method, v.Path, v.Rule)).ToList();

    private static string Key(string path, string rule)
    {
        // A repeated value is found at the item, but it is the list that checks it.
        if (rule.StartsWith(UniqueBy, StringComparison.Ordinal) && path.LastIndexOf('[') is var item and >= 0)
            path = path.Substring(0, item);
        if (path.Length == 0)
            return rule;
        var key = new StringBuilder(path.Length + rule.Length + 1);
        var inIndex = false;
        foreach (var c in path)
        {
            if (c == '[')
                inIndex = true;
            if (!inIndex)
                key.Append(c);
            if (c == ']')
                inIndex = false;
        }

        return key.Append('.').Append(rule).ToString();
    }
}
