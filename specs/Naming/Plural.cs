namespace Bitrix24.Gen.Specs;

/// <summary>English plurals, as names of methods and members have them.</summary>
public static class Plural
{
    private const int ShortestWithIes = 5;
    private const int Shortest = 4;

    /// <summary>The singular of a word: <c>companies</c>, <c>addresses</c>, <c>deals</c>; a word that is no plural stays: <c>status</c>.</summary>
    public static string Singular(string word) =>
        word.Length >= ShortestWithIes && EndsWith(word, "ies") ? word.Substring(0, word.Length - 3) + "y"
        : EndsWith(word, "sses") ? word.Substring(0, word.Length - 2)
        : word.Length >= Shortest && EndsWith(word, "s") && !EndsWith(word, "ss") && !EndsWith(word, "us") ? word.Substring(0, word.Length - 1)
        : word;

    private static bool EndsWith(string word, string ending) => word.EndsWith(ending, StringComparison.Ordinal);
}
