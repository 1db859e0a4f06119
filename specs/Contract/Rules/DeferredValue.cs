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
            foreach (var source in Sources)
            {
                var end = i + 1 + source.Length;
                if (end < text.Length && text[end] == '[' && string.Compare(text, i + 1, source, 0, source.Length, StringComparison.OrdinalIgnoreCase) == 0)
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether a member name makes its object a reference of REST 3.0.</summary>
    public static bool IsReferenceName(string name) => name is "$ref" or "$refArray";
}
