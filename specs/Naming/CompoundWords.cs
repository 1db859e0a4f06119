using System.IO;
using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>Words that APIs write together and C# does not: <c>begindate</c> is <c>BeginDate</c>. The list is <c>words.txt</c>.</summary>
internal static class CompoundWords
{
    private static readonly Lazy<Dictionary<string, string>> All = new(Read);

    /// <summary>The C# spelling, or null where the word is no compound.</summary>
    public static string? Find(string word) => All.Value.TryGetValue(word, out var spelling) ? spelling : null;

    private static Dictionary<string, string> Read()
    {
        using var stream = typeof(CompoundWords).Assembly.GetManifestResourceStream("Bitrix24.Gen.Specs.words.txt")!;
        using var reader = new StreamReader(stream);
        var words = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var word in reader.ReadToEnd().Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
            words[word.Replace("-", "")] = string.Concat(word.Split('-').Select(static p => char.ToUpperInvariant(p[0]) + p.Substring(1)));
        return words;
    }
}
