using System.Net;

namespace Bitrix24.Gen.Emulator.Http;

/// <summary>Reads <c>a[b][]=1&amp;c=2</c> as PHP does: brackets nest, the last of two equal names wins.</summary>
internal static class PhpQuery
{
    /// <summary>Deeper names are dropped, as PHP does by its own limit.</summary>
    private const int MaxDepth = 64;

    public static JsonObject Parse(string text)
    {
        var result = new PhpArray();
        foreach (var pair in text.Split('&'))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? pair : pair[..equals];
            var value = equals < 0 ? "" : pair[(equals + 1)..];
            Add(result, WebUtility.UrlDecode(name), WebUtility.UrlDecode(value));
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
