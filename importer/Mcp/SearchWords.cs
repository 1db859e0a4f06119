using System.Text.Json;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Mcp;

/// <summary>Words that people use, in English and Russian, and the words of method names that they mean: <c>words.json</c>.</summary>
internal sealed class SearchWords
{
    private const int ShortestWithTypos = 4;
    private const double MeaningWeight = 0.9;
    private const double FormWeight = 0.75;
    private const double TypoWeight = 0.7;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    private readonly HashSet<string> _fillers;
    private readonly List<(string Said, string[] Meant)> _groups;
    private readonly HashSet<string> _names;

    private SearchWords(WordFile file, IEnumerable<string> names)
    {
        _fillers = new(file.Fillers, StringComparer.Ordinal);
        _groups = [.. file.Groups.SelectMany(static g => g.Say.Select(s => (IsRussian(s) ? s : Stem(s), g.Mean.Select(Stem).ToArray())))];
        _names = new(names, StringComparer.Ordinal);
    }

    /// <summary>Reads the words.</summary>
    /// <param name="names">Stems of the words that method names consist of.</param>
    public static SearchWords Load(IEnumerable<string> names)
    {
        using var stream = typeof(SearchWords).Assembly.GetManifestResourceStream("Mcp.words.json")!;
        return new(JsonSerializer.Deserialize<WordFile>(stream, Options)!, names);
    }

    /// <summary>Each word of a question with the words of method names that it may mean, and how likely; 1 is the word itself.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, double>> Read(string question, int most) =>
        [.. Split(question).Where(w => !_fillers.Contains(w)).Select(static w => IsRussian(w) ? w : Stem(w)).Distinct(StringComparer.Ordinal).Take(most).Select(Meanings)];

    /// <summary>The words of a name or a text, in lower case: <c>crm.deal.add</c>, <c>uploadFile</c>, <c>STAGE_ID</c>.</summary>
    public static IEnumerable<string> Split(string text)
    {
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            var ends = i == text.Length || !char.IsLetterOrDigit(text[i]) || (i > start && char.IsUpper(text[i]) && char.IsLower(text[i - 1]));
            if (!ends)
                continue;
            if (i > start)
                yield return text[start..i].ToLowerInvariant().Replace('ё', 'е');
            start = i < text.Length && char.IsLetterOrDigit(text[i]) ? i : i + 1;
        }
    }

    /// <summary>An English word without its plural.</summary>
    public static string Stem(string word) =>
        word.Length > 4 && word.EndsWith("ies", StringComparison.Ordinal) ? word[..^3] + "y"
        : word.Length > 3 && word[^1] == 's' && word[^2] != 's' ? word[..^1]
        : word;

    private Dictionary<string, double> Meanings(string word)
    {
        var found = new Dictionary<string, double>(StringComparer.Ordinal);
        Add(found, word, 1);
        if (found.Count == 0 && word.Length >= ShortestWithTypos
            && Suggestion.Nearest(word, _names.Concat(_groups.Select(static g => g.Said)).Where(static n => n.Length >= ShortestWithTypos)) is { } meant)
            Add(found, meant, TypoWeight);
        return found;
    }

    private void Add(Dictionary<string, double> found, string word, double weight)
    {
        void Take(string name, double by)
        {
            if (_names.Contains(name))
                found[name] = Math.Max(found.GetValueOrDefault(name), weight * by);
        }

        Take(word, 1);
        foreach (var (said, meant) in _groups)
        {
            if (said != word && !(IsRussian(said) && word.StartsWith(said, StringComparison.Ordinal)))
                continue;
            foreach (var name in meant)
                Take(name, MeaningWeight);
        }

        if (word.Length < ShortestWithTypos)
            return;
        foreach (var name in _names)
        {
            if (IsForm(name, word))
                Take(name, FormWeight);
        }
    }

    // Parts of compounds and longer forms: product, productrow.
    private static bool IsForm(string name, string word) =>
        name.Length > word.Length && name.StartsWith(word, StringComparison.Ordinal)
        || (name.Length >= ShortestWithTypos && word.Length > name.Length && word.Length <= name.Length + 3 && word.StartsWith(name, StringComparison.Ordinal));

    private static bool IsRussian(string word) => word.Length > 0 && word[0] is >= 'а' and <= 'я';

    private sealed record WordFile(IReadOnlyList<string> Fillers, IReadOnlyList<WordGroup> Groups);

    private sealed record WordGroup(IReadOnlyList<string> Say, IReadOnlyList<string> Mean);
}
