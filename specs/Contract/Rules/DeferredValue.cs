#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>Values that a batch fills in when it runs: they are no literals, and no rule can be held against them.</summary>
internal static class DeferredValue
{
    private static readonly string[] Sources = ["result", "next", "total", "time", "error"];

    /// <summary>Whether a text takes something from the answer of an earlier call: <c>$result[deal][ID]</c>, <c>$total[list]</c>.</summary>
    public static bool IsReference(string text)
    {
        for (var i = text.IndexOf('$'); i >= 0; i = text.IndexOf('$', i + 1))
        {
            if (Bracket(text, i) >= 0)
                return true;
        }

        return false;
    }

#if BITRIX24_SPECS
    /// <summary>The names of the calls whose answers a text takes something from.</summary>
    public static IEnumerable<string> Keys(string text)
    {
        for (var i = text.IndexOf('$'); i >= 0; i = text.IndexOf('$', i + 1))
        {
            if (Bracket(text, i) is var open and >= 0 && text.IndexOf(']', open) is var close && close > open + 1)
                yield return text.Substring(open + 1, close - open - 1);
        }
    }
#endif

    /// <summary>Whether a member name makes its object a reference of REST 3.0.</summary>
    public static bool IsReferenceName(string name) => name is "$ref" or "$refArray";

    /// <summary>Where the bracket of a reference opens that begins with the <c>$</c> at an index; negative: none begins there.</summary>
    private static int Bracket(string text, int start)
    {
        foreach (var source in Sources)
        {
            var end = start + 1 + source.Length;
            if (end < text.Length && text[end] == '[' && string.Compare(text, start + 1, source, 0, source.Length, StringComparison.OrdinalIgnoreCase) == 0)
                return end;
        }

        return -1;
    }
}
