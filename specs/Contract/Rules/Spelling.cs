#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>Other spellings that a server turns into its own names.</summary>
#if BITRIX24_SPECS
public
#else
internal
#endif
static class Spelling
{
    private const string ArrayPrefix = "ar";

    /// <summary>Whether a name is another in lower case with underscores between words: <c>iblock_id</c> is <c>iblockId</c>.</summary>
    /// <param name="given">The name that was given.</param>
    /// <param name="name">The name in camelCase.</param>
    public static bool IsSnakeCase(string given, string name)
    {
        if (given.IndexOf('_') < 0)
            return false;
        var at = 0;
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            var begins = i > 0 && (char.IsUpper(c) || char.IsDigit(c) != char.IsDigit(name[i - 1]));
            if (begins && at < given.Length && given[at] == '_')
                at++;
            else if (begins && char.IsUpper(c))
                return false;
            if (at == given.Length || given[at++] != char.ToLowerInvariant(c))
                return false;
        }

        return at == given.Length;
    }

    /// <summary>Whether a name is another with PHP's old prefix of arrays: <c>arFilter</c> is <c>filter</c>.</summary>
    /// <param name="given">The name that was given.</param>
    /// <param name="name">The name of a parameter that takes an object or a list.</param>
    public static bool IsHungarian(string given, string name) =>
        given.Length == ArrayPrefix.Length + name.Length && given.StartsWith(ArrayPrefix, StringComparison.Ordinal) && char.IsUpper(given[ArrayPrefix.Length])
        && string.Compare(given, ArrayPrefix.Length, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) == 0;
}
