namespace Bitrix24.Gen.Importer.Mcp;

/// <summary>Russian in Latin letters is spelled in several ways: <c>schyot</c>, <c>schet</c>, <c>shchet</c>. One spelling for all of them.</summary>
internal static class LatinSpelling
{
    private static readonly (string Said, string One)[] Rules =
    [
        ("shch", "sh"), ("sch", "sh"), ("kh", "h"), ("ts", "c"), ("yu", "u"), ("ju", "u"), ("iu", "u"), ("ya", "a"), ("ja", "a"), ("ia", "a"),
        ("ye", "e"), ("je", "e"), ("yo", "e"), ("jo", "e"), ("iy", "i"), ("yy", "i"), ("y", "i"), ("j", "i"), ("w", "v"), ("'", ""),
    ];

    public static string Of(string word) => Rules.Aggregate(word, static (text, rule) => text.Replace(rule.Said, rule.One, StringComparison.Ordinal));
}
