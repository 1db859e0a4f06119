using System.Text;

namespace Bitrix24;

/// <summary>The order in which a server checks: it answers the first violation only.</summary>
internal static class CheckOrder
{
    /// <summary>How late the server checks a rule at a path; what the order does not name comes first.</summary>
    public static int Rank(string[] order, string path, string rule)
    {
        var key = Key(path, rule);
        return Array.FindIndex(order, entry => entry.StartsWith("*.", StringComparison.Ordinal)
            ? key.AsSpan().EndsWith(entry.AsSpan(1), StringComparison.Ordinal)
            : key == entry);
    }

    private static string Key(string path, string rule)
    {
        // A repeated value is found at the item, but it is the list that checks it.
        if (rule.StartsWith("uniqueBy.", StringComparison.Ordinal) && path.LastIndexOf('[') is var item and >= 0)
            path = path[..item];
        if (path.Length == 0)
            return rule;
        var key = new StringBuilder(path.Length + rule.Length + 1);
        var inIndex = false;
        foreach (var c in path)
        {
            inIndex |= c == '[';
            if (!inIndex)
                key.Append(c);
            inIndex &= c != ']';
        }

        return key.Append('.').Append(rule).ToString();
    }
}
