using System.Text;

#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>The order in which a server checks: it answers the first violation only.</summary>
#if BITRIX24_SPECS
public
#else
internal
#endif
static class CheckOrder
{
    private const string AnyPath = "*.";

    /// <summary>How late the server checks a rule at a path; what the order does not name comes first (-1).</summary>
    public static int Rank(IReadOnlyList<string> order, string path, string rule)
    {
        if (order.Count == 0)
            return -1;
        var key = Key(path, rule);
        for (var i = 0; i < order.Count; i++)
        {
            var entry = order[i];
            var fits = entry.StartsWith(AnyPath, StringComparison.Ordinal)
                ? key.EndsWith(entry.Substring(1), StringComparison.Ordinal)
                : string.Equals(key, entry, StringComparison.Ordinal);
            if (fits)
                return i;
        }

        return -1;
    }

    private static string Key(string path, string rule)
    {
        // A repeated value is found at the item, but it is the list that checks it.
        if (rule.StartsWith(RuleIds.UniqueByPrefix, StringComparison.Ordinal) && path.LastIndexOf('[') is var item and >= 0)
            path = path.Substring(0, item);
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
