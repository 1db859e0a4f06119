using System.Text.Json;
using Bitrix24.Gen.Importer.Pull;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Mcp;

/// <summary>Words that people use, in English and Russian, and the words of method names that they mean: <c>words.json</c>.</summary>
internal sealed class SearchWords
{
    private const int ShortestWithTypos = 4;
    public const double MeaningWeight = 0.9;
    private const double FormWeight = 0.75;
    private const double TypoWeight = 0.7;
    private const double NextTypo = 0.05;
    private const int MostTypos = 4;

    private static readonly string[] Prefixes = ["с", "по", "за", "при", "пере", "от", "вы", "у", "на", "до", "про", "раз", "рас", "под", "об", "из", "не", "re"];
    private static readonly string[] Endings = ["ing", "ed", "ion", "er", "ment"];
    private static readonly string[] Hissing = ["sses", "xes", "ches", "shes"];
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);
    private static readonly WordFile Words = ReadFile();
    private static readonly HashSet<string> Whole = new(Words.Whole, StringComparer.Ordinal);

    private readonly HashSet<string> _fillers;
    private readonly List<(string Said, string[] Meant, double Weight)> _groups;
    private readonly List<(PhraseWord[] Words, string Meant)> _phrases;
    private readonly HashSet<string> _names;
    private readonly HashSet<string> _ownNames;
    private readonly List<(string Root, string Spelling)> _roots;
    private readonly HashSet<string> _actions;

    private SearchWords(WordFile file, IEnumerable<string> names, IEnumerable<string> others)
    {
        _fillers = new(file.Fillers.Concat(file.Fillers.Where(IsRussian).Select(static f => Transliteration.Of(f)!)), StringComparer.Ordinal);
        _groups = [.. file.Groups.SelectMany(static g => g.Say.SelectMany(Spellings)
            .Select(s => (s, g.Mean.Select(Stem).ToArray(), g.Weight ?? MeaningWeight)))];
        _phrases = [.. file.Phrases.SelectMany(static p => SpelledPhrases(p.Key).Select(words => (words, p.Value)))];
        _ownNames = new(names, StringComparer.Ordinal);
        _names = new(_ownNames.Concat(others), StringComparer.Ordinal);
        _roots = [.. file.Groups.SelectMany(static g => g.Say).Where(IsRussian).Select(static r => Transliteration.Of(r)!).Where(static r => r.Length >= ShortestWithTypos)
            .Distinct(StringComparer.Ordinal).Select(static r => (r, LatinSpelling.Of(r)))];
        _actions = [.. file.Actions.Select(Stem)];
        Common = new HashSet<string>(file.Common, StringComparer.Ordinal);
    }

    /// <summary>The areas that most questions are about.</summary>
    public IReadOnlySet<string> Common { get; }

    /// <summary>Whether a word says what to do, not to what.</summary>
    public bool IsAction(IReadOnlyDictionary<string, double> meanings) => meanings.Any(m => m.Value >= MeaningWeight && _actions.Contains(m.Key));

    /// <summary>Reads the words.</summary>
    /// <param name="names">Stems of the words that names of methods and events consist of.</param>
    /// <param name="others">Stems of the words of their parameters, and of what these mean.</param>
    public static SearchWords Load(IEnumerable<string> names, IEnumerable<string> others) => new(Words, names, others);

    /// <summary>Each word of a question with the words of method names that it may mean, and how likely; 1 is the word itself.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, double>> Read(string question, int most) =>
        Compounds([.. Phrased(Split(question).ToList()).Where(w => !_fillers.Contains(w)).Distinct(StringComparer.Ordinal).Take(most).Select(Meanings)]);

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
        Whole.Contains(word) ? word
        : word.Length > 4 && word.EndsWith("ies", StringComparison.Ordinal) ? word[..^3] + "y"
        : word.Length > 5 && Hissing.Any(e => word.EndsWith(e, StringComparison.Ordinal)) ? word[..^2]
        : word.Length > 3 && word[^1] == 's' && word[^2] != 's' ? word[..^1]
        : word;

    // Several words that mean one thing: "bank details" is a word of method names.
    private IEnumerable<string> Phrased(List<string> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            var phrase = _phrases.Find(p => i + p.Words.Length <= words.Count && !p.Words.Where((w, at) => !w.Fits(words[i + at])).Any());
            foreach (var word in phrase.Meant?.Split(' ') ?? [words[i]])
                yield return word;
            i += phrase.Meant is null ? 0 : phrase.Words.Length - 1;
        }
    }

    private Dictionary<string, double> Meanings(string said)
    {
        var word = StemOrRoot(said);
        var found = new Dictionary<string, double>(StringComparer.Ordinal);
        Add(found, word, 1);
        if (IsKnown(found) || said.Length < ShortestWithTypos)
            return found;
        var spelling = LatinSpelling.Of(word);
        foreach (var (root, _) in found.Count > 0 ? [] : _roots.Where(r => spelling.StartsWith(r.Spelling, StringComparison.Ordinal)))
            Add(found, root, 1);
        if (IsKnown(found))
            return found;
        // "created" is a word of texts and begins as "create" does; what it means is known of "create".
        foreach (var form in Forms(word))
            Add(found, form, 1);
        if (found.Count > 0)
            return found;
        // Who mistypes a word rarely mistypes its first letter.
        var candidates = _names.Concat(_groups.Select(static g => g.Said)).Where(n => n.Length >= ShortestWithTypos && n[0] == word[0]).ToHashSet(StringComparer.Ordinal);
        var weight = TypoWeight;
        for (var i = 0; i < MostTypos && (Suggestion.Nearest(said, candidates) ?? Suggestion.Nearest(word, candidates)) is { } meant; i++)
        {
            candidates.Remove(meant);
            Add(found, meant, weight);
            weight -= NextTypo;
        }

        // Of a Russian word only the root is known.
        foreach (var root in IsRussian(word) ? candidates.Where(static c => IsRussian(c)) : [])
        {
            if (word.Length >= root.Length && (IsNear(word[..root.Length], root) || (word.Length > root.Length && IsNear(word[..(root.Length + 1)], root))))
                Add(found, root, weight);
        }

        return found;
    }

    // created, creating, deletion: create, delete; скопировать: копировать.
    private static IEnumerable<string> Forms(string word)
    {
        foreach (var prefix in Prefixes)
        {
            if (word.Length >= prefix.Length + ShortestWithTypos && word.StartsWith(prefix, StringComparison.Ordinal))
                yield return word[prefix.Length..];
        }

        foreach (var ending in Endings)
        {
            if (word.Length < ending.Length + 3 || !word.EndsWith(ending, StringComparison.Ordinal))
                continue;
            var form = word[..^ending.Length];
            yield return form;
            yield return form + "e";
            if (form[^1] == form[^2])
                yield return form[..^1];
        }
    }

    // Two words that are one in a name: "stage history", crm.stagehistory.list.
    private List<Dictionary<string, double>> Compounds(List<Dictionary<string, double>> words)
    {
        var joined = from left in words
                     from right in words
                     where left != right
                     from l in left
                     from r in right
                     where l.Value >= MeaningWeight && r.Value >= MeaningWeight && _names.Contains(l.Key + r.Key)
                     select (left, right, l.Key + r.Key);
        foreach (var (left, right, name) in joined.ToList())
            left[name] = right[name] = 1;
        return words;
    }

    private static WordFile ReadFile()
    {
        using var stream = typeof(SearchWords).Assembly.GetManifestResourceStream("Mcp.words.json")!;
        return JsonSerializer.Deserialize<WordFile>(stream, Options)!;
    }

    // A Russian phrase is written in Latin letters too.
    private static IEnumerable<PhraseWord[]> SpelledPhrases(string phrase)
    {
        var words = Split(phrase).ToList();
        yield return [.. words.Select(static w => new PhraseWord(StemOrRoot(w), IsRussian(w), Latin: false))];
        if (words.Exists(IsRussian))
            yield return [.. words.Select(static w => new PhraseWord(LatinSpelling.Of(Transliteration.Of(w)!), IsRoot: true, Latin: true))];
    }

    private bool IsKnown(Dictionary<string, double> found) => found.Any(f => f.Value >= MeaningWeight && _ownNames.Contains(f.Key));

    private static bool IsNear(string said, string root) => Suggestion.Nearest(said, [root]) is not null;

    private static string StemOrRoot(string word) => IsRussian(word) ? word : Stem(word);

    // Russian is also written in Latin letters.
    private static IEnumerable<string> Spellings(string word) => IsRussian(word) ? [word, Transliteration.Of(word)!] : [Stem(word)];

    private void Add(Dictionary<string, double> found, string word, double weight)
    {
        void Take(string name, double by)
        {
            if (_names.Contains(name))
                found[name] = Math.Max(found.GetValueOrDefault(name), weight * by);
        }

        Take(word, 1);
        foreach (var (said, meant, by) in _groups)
        {
            if (said != word && !(IsRussian(said) && word.StartsWith(said, StringComparison.Ordinal)))
                continue;
            foreach (var name in meant)
                Take(name, by);
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

    /// <param name="Text">The word, or what it begins with.</param>
    /// <param name="IsRoot">Whether any ending may follow.</param>
    /// <param name="Latin">A Russian word in Latin letters.</param>
    private sealed record PhraseWord(string Text, bool IsRoot, bool Latin)
    {
        public bool Fits(string word) =>
            Latin ? LatinSpelling.Of(word).StartsWith(Text, StringComparison.Ordinal)
            : IsRoot ? word.StartsWith(Text, StringComparison.Ordinal)
            : Stem(word) == Text;
    }

    /// <param name="Fillers">Words that say nothing.</param>
    /// <param name="Actions">Words of method names that say what is done.</param>
    /// <param name="Common">Areas that most questions are about.</param>
    /// <param name="Whole">Words of method names that end like a plural and are none.</param>
    /// <param name="Phrases">Several words, and the one that they mean.</param>
    /// <param name="Groups">Words, and those of method names that they mean.</param>
    private sealed record WordFile(
        IReadOnlyList<string> Fillers, IReadOnlyList<string> Actions, IReadOnlyList<string> Common, IReadOnlyList<string> Whole,
        IReadOnlyDictionary<string, string> Phrases, IReadOnlyList<WordGroup> Groups);

    /// <param name="Say">English words, and roots of Russian ones.</param>
    /// <param name="Mean">Words of method names.</param>
    /// <param name="Weight">How much they say; 0.9 unless given.</param>
    private sealed record WordGroup(IReadOnlyList<string> Say, IReadOnlyList<string> Mean, double? Weight);
}
