using System.Net;

namespace Bitrix24.Gen.Emulator.Http;

/// <summary>Reads <c>a[b][]=1&amp;c=2</c> as PHP does: brackets nest, the last of two equal names wins.</summary>
internal static class PhpQueryReader
{
    /// <summary>Deeper names are dropped, as PHP does by its own limit.</summary>
    private const int MaxDepth = 64;

    /// <summary>Variables beyond these are dropped, as PHP does by <c>max_input_vars</c>, which a portal's server sets to this.</summary>
    public const int MaxVariables = 10_000;

    public static JsonObject Parse(string text)
    {
        var result = new PhpArray();
        var variables = 0;
        for (var start = 0; start <= text.Length && variables < MaxVariables;)
        {
            var end = text.IndexOf('&', start) is >= 0 and var at ? at : text.Length;
            var pair = text.AsSpan(start, end - start);
            start = end + 1;
            if (pair.IsEmpty)
                continue;
            variables++;
            var equals = pair.IndexOf('=');
            var name = equals < 0 ? pair : pair[..equals];
            var value = equals < 0 ? default : pair[(equals + 1)..];
            Add(result, WebUtility.UrlDecode(name.ToString()), WebUtility.UrlDecode(value.ToString()));
        }

        return result.ToJsonObject();
    }

    /// <summary>Puts one value where its name says.</summary>
    public static void Add(PhpArray target, string name, string value)
    {
        name = name.TrimStart(' ');
        var bracket = name.IndexOf('[', StringComparison.Ordinal);
        var root = bracket < 0 ? name : name[..bracket];
        var keys = bracket < 0 ? [] : Brackets(name, bracket);
        if (keys.Count == 0 && bracket >= 0)
            root = name;
        root = root.Replace('.', '_').Replace(' ', '_').Replace('[', '_');
        if (root.Length == 0 || keys.Count > MaxDepth)
            return;

        var at = target;
        var key = root;
        foreach (var inner in keys)
        {
            if (at[key] is not PhpArray next)
                at.Set(key, next = new PhpArray());
            at = next;
            key = inner.Length == 0 ? at.NextKey() : inner;
        }

        at.Set(key, value);
    }

    private static List<string> Brackets(string name, int at)
    {
        var keys = new List<string>();
        while (at < name.Length && name[at] == '[')
        {
            var close = name.IndexOf(']', at);
            if (close < 0)
                break;
            keys.Add(name[(at + 1)..close]);
            at = close + 1;
        }

        return keys;
    }
}
