using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>A query string as a tree: <c>filter[amount][$gte]=5</c> is an object within an object.</summary>
internal sealed class HttpQuery
{
    private const int MaxDepth = 16;

    private readonly List<KeyValuePair<string, HttpQuery>> _members = [];

    /// <summary>The text of a leaf; null where there are members.</summary>
    public string? Text { get; private set; }

    public IReadOnlyList<KeyValuePair<string, HttpQuery>> Members => _members;

    /// <summary>The members are the items of a list: no name, or a number, stands in the brackets.</summary>
    public bool IsList => _members.Count > 0 && _members.All(static m => m.Key.All(static c => c is >= '0' and <= '9'));

    public static HttpQuery Parse(string query)
    {
        var root = new HttpQuery();
        foreach (var part in query.TrimStart('?').Split(['&'], StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = EndOfName(part);
            var value = equals < part.Length ? Decode(part.Substring(equals + 1)) : "";
            root.Set(Decode(part.Substring(0, equals)), value);
        }

        return root;
    }

    /// <summary>Where a name ends: an operator in its brackets may hold a plain <c>=</c>.</summary>
    private static int EndOfName(string part)
    {
        var depth = 0;
        for (var i = 0; i < part.Length; i++)
        {
            if (part[i] == '[' || IsEscaped(part, i, 'B'))
                depth++;
            else if (part[i] == ']' || IsEscaped(part, i, 'D'))
                depth--;
            else if (part[i] == '=' && depth <= 0)
                return i;
        }

        return part.Length;
    }

    /// <summary>A bracket stands there as <c>%5B</c> or <c>%5D</c>.</summary>
    private static bool IsEscaped(string part, int at, char digit) =>
        part[at] == '%' && at + 2 < part.Length && part[at + 1] == '5' && char.ToUpperInvariant(part[at + 2]) == digit;

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private void Set(string name, string value)
    {
        var node = this;
        var bracket = name.IndexOf('[');
        node = node.Member(bracket <= 0 ? name : name.Substring(0, bracket));
        for (var depth = 0; bracket > 0 && depth < MaxDepth; depth++)
        {
            var close = name.IndexOf(']', bracket);
            if (close < 0)
                break;
            node = node.Member(name.Substring(bracket + 1, close - bracket - 1));
            bracket = close + 1 < name.Length && name[close + 1] == '[' ? close + 1 : -1;
        }

        node.Text = value;
    }

    private HttpQuery Member(string name)
    {
        if (name.Length > 0)
        {
            foreach (var member in _members)
            {
                if (string.Equals(member.Key, name, StringComparison.Ordinal))
                    return member.Value;
            }
        }

        var added = new HttpQuery();
        _members.Add(new(name, added));
        return added;
    }
}
