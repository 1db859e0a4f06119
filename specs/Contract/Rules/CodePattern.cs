#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>Codes with parameters: <c>CRM_DYNAMIC_{entityTypeId}_DETAIL_TAB</c>.</summary>
internal static class CodePattern
{
    private static readonly Dictionary<string, string> None = [];

    /// <summary>Whether a parameter may have a character.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="character">The character.</param>
    /// <param name="isLast">The pattern ends with the parameter.</param>
    public delegate bool Accepts(string parameter, char character, bool isLast);

    /// <summary>The values of a pattern's parameters in a code; null: the code does not match.</summary>
    public static IReadOnlyDictionary<string, string>? Match(string pattern, string code, Accepts accepts)
    {
        var values = None;
        var (at, start) = (0, 0);
        while (true)
        {
            var open = pattern.IndexOf('{', start);
            var close = open < 0 ? -1 : pattern.IndexOf('}', open);
            var literal = close < 0 ? pattern.Substring(start) : pattern.Substring(start, open - start);
            if (string.Compare(code, at, literal, 0, literal.Length, StringComparison.OrdinalIgnoreCase) != 0)
                return null;
            at += literal.Length;
            if (close < 0)
                return at == code.Length ? values : null;
            var parameter = pattern.Substring(open + 1, close - open - 1);
            var end = at;
            while (end < code.Length && accepts(parameter, code[end], close == pattern.Length - 1))
                end++;
            if (end == at)
                return null;
            if (values == None)
                values = new(StringComparer.Ordinal);
            values[parameter] = code.Substring(at, end - at);
            (at, start) = (end, close + 1);
        }
    }
}
