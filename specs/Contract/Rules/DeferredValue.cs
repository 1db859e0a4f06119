#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif
/// <summary>Values that a batch fills in when it runs: they are no literals, and no rule can be held against them.</summary>
internal static class DeferredValue
{
    private const string Result = "$result";

    /// <summary>Whether a text takes something from the answer of an earlier call: <c>$result[deal][ID]</c>.</summary>
    public static bool IsReference(string text)
    {
        for (var i = text.IndexOf(Result, StringComparison.Ordinal); i >= 0; i = text.IndexOf(Result, i + 1, StringComparison.Ordinal))
        {
            // $result_next and $result_total are offered too.
            if (i + Result.Length < text.Length && text[i + Result.Length] is '[' or '_')
                return true;
        }

        return false;
    }

    /// <summary>Whether a member name makes its object a reference of REST 3.0.</summary>
    public static bool IsReferenceName(string name) => name is "$ref" or "$refArray";
}
