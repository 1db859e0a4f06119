using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Mcp;

/// <summary>A method that fits a question.</summary>
/// <param name="Method">Its name.</param>
/// <param name="Api">The API.</param>
/// <param name="Operation">What it does with records.</param>
/// <param name="Record">The type of the records.</param>
/// <param name="Scope">The permission it needs.</param>
/// <param name="Note">Deprecated or superseded, and by what.</param>
internal sealed record FoundMethod(string Method, string Api, string Operation, string? Record, string? Scope, string? Note);

/// <summary>An event that fits a question.</summary>
/// <param name="Event">Its code, which <c>event.bind</c> takes.</param>
/// <param name="Scope">The permission it needs.</param>
/// <param name="Docs">The documentation page.</param>
internal sealed record FoundEvent(string Event, string? Scope, string? Docs);

/// <summary>Finds methods and events by words.</summary>
internal sealed class SpecSearch
{
    private const int LongestQuestion = 500;
    private const int MostWords = 12;
    private const int MostEvents = 3;
    private const int MostValues = 20;
    private const double NameWeight = 3;
    private const double PartWeight = 2;
    private const double AboutWeight = 1.1;
    private const double MeaningWeight = 0.3;
    private const double AreaWeight = 0.35;
    private const double CommonWeight = 0.4;
    private const double UnaskedWeight = 0.4;

    private readonly List<Entry<MethodSpec>> _methods;
    private readonly List<Entry<EventSpec>> _events;
    private readonly SearchWords _words;
    private readonly Dictionary<string, string> _areas;

    public SpecSearch(SpecSet set)
    {
        _methods = [.. set.Files.SelectMany(static f => f.Methods).Select(m => new Entry<MethodSpec>(m, m.Name, About(set, m), Meanings(set, m)))];
        _events = [.. set.Files.SelectMany(static f => f.Events).Select(static e => new Entry<EventSpec>(e, e.Name ?? e.Code, "", ""))];
        _words = SearchWords.Load(
            _methods.SelectMany(static m => m.Name.Concat(m.Parts)).Concat(_events.SelectMany(static e => e.Name)),
            _methods.SelectMany(static m => m.About.Concat(m.Meanings)));
        _areas = Areas();
    }

    /// <summary>The methods that fit best.</summary>
    public IReadOnlyList<FoundMethod> Find(string query, string? api, int limit)
    {
        var words = _words.Read(Bounded(query), MostWords);
        var weights = Weights(words, _methods);
        var areas = words.SelectMany(static w => w.Where(static m => m.Value >= SearchWords.MeaningWeight))
            .Select(m => _areas.GetValueOrDefault(m.Key)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return [.. _methods
            .Where(m => api is null || m.Spec.Api == api)
            .Select(m => (Method: m.Spec, Score: Score(m, words, weights, areas, query)))
            .Where(static m => m.Score > 0)
            .OrderByDescending(static m => m.Score)
            .ThenBy(static m => m.Method.Api, StringComparer.Ordinal)
            .ThenBy(static m => m.Method.Name.Length)
            .ThenBy(static m => m.Method.Name, StringComparer.Ordinal)
            .Take(Math.Clamp(limit, 1, 50))
            .Select(static m => Of(m.Method))];
    }

    /// <summary>The events of which the question names what happens, and to what.</summary>
    public IReadOnlyList<FoundEvent> FindEvents(string query)
    {
        var words = _words.Read(Bounded(query), MostWords);
        var weights = Weights(words, _events);
        return [.. _events
            .Select(e => (Event: e.Spec, Matched: words.Count(e.IsNamed), Score: Sum(e, words, weights)))
            .Where(static e => e.Matched >= 2 || e.Score >= 1000)
            .OrderByDescending(static e => e.Score)
            .ThenBy(static e => e.Event.Code, StringComparer.Ordinal)
            .Take(MostEvents)
            .Select(static e => new FoundEvent(e.Event.Code, e.Event.Scope, e.Event.Docs))];
    }

    public static FoundMethod Of(MethodSpec method) => new(
        method.Name,
        method.Api,
        method.Operation.ToString().ToLowerInvariant(),
        method.Of?.Name,
        method.Scope,
        method.Deprecated || method.Superseded ? $"{(method.Deprecated ? "deprecated" : "superseded")}{(method.Replacement is { } next ? $"; use {next}" : "")}" : null);

    private double Score(
        Entry<MethodSpec> entry, IReadOnlyList<IReadOnlyDictionary<string, double>> words, double[] weights, HashSet<string> areas, string query)
    {
        var method = entry.Spec;
        if (string.Equals(method.Name, query.Trim(), StringComparison.OrdinalIgnoreCase))
            return 1000;
        var score = Sum(entry, words, weights) + (areas.Contains(entry.Area) && !words.Any(w => w.ContainsKey(entry.Area)) ? UnaskedWeight : 0) - (method.Deprecated ? 2 : method.Superseded ? 0.1 : 0);
        if (score <= 0)
            return score;
        score += (areas.Contains(entry.Area) ? AreaWeight : 0) + (_words.Common.Contains(entry.Area) ? CommonWeight : 0);
        // Who names a thing only wants to see it.
        if (!words.Any(_words.IsAction))
            score += method.Operation switch
            {
                Operation.List => AreaWeight,
                Operation.Get => AreaWeight / 2,
                Operation.Add or Operation.Update or Operation.Delete or Operation.Fields => -AreaWeight,
                _ => 0,
            };
        // The same entity of another API comes after that of the first.
        return method.Api == SpecSet.DefaultApi ? score : 0.6 * score;
    }

    private static double Sum<T>(Entry<T> entry, IReadOnlyList<IReadOnlyDictionary<string, double>> words, double[] weights)
    {
        var score = 0.0;
        for (var i = 0; i < words.Count; i++)
        {
            var best = entry.Best(words[i]);
            // Every word that fits nothing counts against it.
            score += best == 0 ? -1 : best * weights[i];
        }

        return score - (UnaskedWeight * entry.Name.Count(n => !words.Any(w => w.ContainsKey(n) || (entry.Compounds.TryGetValue(n, out var parts) && parts.Any(w.ContainsKey)))));
    }

    // A word that few have says more than one that many have, and what is said first more than what follows: "stages of a deal".
    private static double[] Weights<T>(IReadOnlyList<IReadOnlyDictionary<string, double>> words, List<Entry<T>> entries) =>
        [.. words.Select((w, at) => Math.Max(0.65, 1.25 - (0.15 * at)) * (0.5 + (0.7 * Math.Log10(entries.Count / (1.0 + entries.Count(e => e.IsNamed(w)))))))];

    // Deals are in crm: words of names most of whose methods are in one area.
    private Dictionary<string, string> Areas() => _methods
        .SelectMany(static m => m.Name.Where(n => n != m.Area).Select(n => (Word: n, m.Area)))
        .GroupBy(static m => m.Word, StringComparer.Ordinal)
        .Select(static g => (Word: g.Key, All: g.Count(), Most: g.GroupBy(static m => m.Area, StringComparer.Ordinal).MaxBy(static a => a.Count())!))
        .Where(static w => w.All >= 3 && w.Most.Count() >= 0.6 * w.All)
        .ToDictionary(static w => w.Word, static w => w.Most.Key, StringComparer.Ordinal);

    private static string Bounded(string query) => query.Length <= LongestQuestion ? query : query[..LongestQuestion];

    private static string About(SpecSet set, MethodSpec method)
    {
        var fields = Types(set, method).SelectMany(static t => t.Fields).ToList();
        var page = method.Docs?[(method.Docs.IndexOf("://", StringComparison.Ordinal) + 3)..].Replace(".html", "", StringComparison.Ordinal).Split('/').Skip(2);
        var values = method.Params.Concat(fields).SelectMany(static f => f.Enum.Concat(f.Hints).Take(MostValues));
        return string.Join(' ', method.Params.Concat(fields).Select(static f => f.Name).Concat(values).Append(method.Of?.Name).Append(method.Operation.ToString()).Concat(page ?? []));
    }

    // What parameters and fields are, in words of the glossary.
    private static string Meanings(SpecSet set, MethodSpec method) =>
        string.Join(' ', method.Params.Select(p => Glossary.Of("", p.Name)).Concat(Types(set, method).SelectMany(static t => t.Fields.Select(f => Glossary.Of(t.Name, f.Name)))));

    private static IEnumerable<TypeSpec> Types(SpecSet set, MethodSpec method) => method.Params.Select(p => set.ResolveType(p.Type, method.Api)).OfType<TypeSpec>();

    private sealed class Entry<T>(T spec, string name, string about, string meanings)
    {
        private HashSet<string>? _parts;

        public T Spec => spec;

        /// <summary>The first word of the name.</summary>
        public string Area { get; } = SearchWords.Split(name).Select(SearchWords.Stem).FirstOrDefault() ?? "";

        public HashSet<string> Name { get; } = Stems(name);

        /// <summary>Words of the name that consist of several: <c>movetask</c> of <c>move</c> and <c>task</c>.</summary>
        public Dictionary<string, string[]> Compounds { get; } = SearchWords.Split(name).Distinct(StringComparer.Ordinal)
            .Select(static w => (Word: SearchWords.Stem(w), Parts: Stems(CSharpNames.Pascal(w))))
            .Where(static w => w.Parts.Count > 1)
            .GroupBy(static w => w.Word, StringComparer.Ordinal)
            .ToDictionary(static g => g.Key, static g => g.First().Parts.ToArray(), StringComparer.Ordinal);

        public HashSet<string> Parts => _parts ??= new(Compounds.Values.SelectMany(static p => p), StringComparer.Ordinal);

        public HashSet<string> About { get; } = Stems(about);

        public HashSet<string> Meanings { get; } = Stems(meanings);

        /// <summary>Whether the name has the word that was said, or one that it means.</summary>
        public bool IsNamed(IReadOnlyDictionary<string, double> said) => said.Keys.Any(w => Name.Contains(w) || Parts.Contains(w));

        public double Best(IReadOnlyDictionary<string, double> said)
        {
            var best = 0.0;
            foreach (var (word, weight) in said)
                best = Math.Max(best, weight * Weight(word));
            return best;
        }

        private double Weight(string word) =>
            Name.Contains(word) ? NameWeight
            : Parts.Contains(word) ? PartWeight
            : About.Contains(word) ? AboutWeight
            : Meanings.Contains(word) ? MeaningWeight
            : 0;

        private static HashSet<string> Stems(string text) => new(SearchWords.Split(text).Select(SearchWords.Stem), StringComparer.Ordinal);
    }
}
