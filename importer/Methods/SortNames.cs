using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Shapes;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Methods;

/// <summary>Some methods sort by one field that a text names: which, their page lists.</summary>
internal static partial class SortNames
{
    private const int Fewest = 2;

    /// <summary>Gives such a parameter the names that its row explains, or those of the filter that the row refers to.</summary>
    public static void Apply(ObjectShape parameters)
    {
        foreach (var sort in parameters.Members)
        {
            if (!sort.Name.Equals("sort", StringComparison.OrdinalIgnoreCase) || sort is not { Declared: true, Shape: ScalarShape { Kind: TypeKind.String }, Enum.Count: 0 })
                continue;
            var names = SameFieldsPattern().Match(sort.Text ?? "") is { Success: true } same ? OfFilter(parameters, same.Groups["but"].Value)
                : sort.Explained.Where(static n => !InlineContent.IsPlaceholder(n) && char.IsAsciiLetter(n[0]) && n.ToUpperInvariant() is not ("ASC" or "DESC")).ToArray();
            if (names.Length < Fewest)
                continue;
            sort.Enum = names;
            sort.AddWeak(Member.EnumRule);
        }
    }

    private static string[] OfFilter(ObjectShape parameters, string but) =>
        parameters.FindLoose("filter")?.Shape is not ObjectShape filter ? []
        : [.. filter.Members.Where(m => m.Listed && !but.Contains($"`{m.Name}`", StringComparison.Ordinal)).Select(static m => m.Name)];

    // "The same fields as in the [list of fields for filtering](#filterable) are used, except for `CALL_TYPE`."
    [GeneratedRegex(@"\bthe same fields as\b[^.\n]*\bfilter[^.\n]*?(\bexcept\b(?<but>[^.\n]*))?(\.|$)", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex SameFieldsPattern();
}
