using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>Finds the method that a name was probably meant to be: the name within an address or a path, other words for the same, or the nearest.</summary>
internal static class MethodSuggestion
{
    // What people call operations, by the word that methods use.
    private static readonly (string Verb, string[] Words)[] Synonyms =
    [
        ("add", ["create", "new", "insert", "send", "post", "bind", "register"]),
        ("delete", ["remove", "del", "destroy", "unbind", "unregister"]),
        ("update", ["edit", "modify", "change", "save", "set", "patch"]),
        ("list", ["getlist", "getall", "all", "find", "search", "fetch", "index"]),
        ("get", ["read", "info", "show", "getbyid", "item"]),
    ];

    private static readonly Dictionary<string, string> Verbs =
        Synonyms.SelectMany(static s => s.Words.Select(w => (Word: w, s.Verb))).ToDictionary(static p => p.Word, static p => p.Verb, StringComparer.Ordinal);

    // Words that do the same kind of thing, where an object has no method of the word itself.
    private static readonly string[][] Kinds = [["add", "update"], ["delete", "close", "finish"], ["get", "list", "fields"]];

    // A word may be misspelt in so many letters; more make it another word.
    private const int MostEdits = 3;

    /// <summary>The method; null: no name is near.</summary>
    /// <param name="set">The specs.</param>
    /// <param name="api">The API.</param>
    /// <param name="name">The name that no method has.</param>
    /// <param name="isCertain">The name holds that of the method, within an address or behind other text, or misspells it.</param>
    public static string? Of(SpecSet set, string api, string name, out bool isCertain)
    {
        var bare = Bare(name);
        isCertain = true;
        if (bare != name && set.FindMethod(bare, api) is { Calls: null } held)
            return held.Name;
        var names = set.MethodNames(api);
        var misspelt = Misspelt(bare, names);
        isCertain = misspelt is not null;
        return Same(set, api, bare, names) ?? misspelt ?? OfObject(set, api, bare, names);
    }

    /// <summary>The method whose words these are, with a slip in one or another; or whose name is this but for the dots.</summary>
    private static string? Misspelt(string name, IReadOnlyList<string> names)
    {
        var given = name.ToLowerInvariant().Split('.');
        var whole = string.Concat(given);
        string? best = null;
        var bestEdits = int.MaxValue;
        foreach (var each in names)
        {
            var edits = Edits(given, whole, each.ToLowerInvariant().Split('.'));
            if (edits < bestEdits || (edits == bestEdits && best is not null && string.CompareOrdinal(each, best) < 0))
                (best, bestEdits) = (each, edits);
        }

        return best;
    }

    private static int Edits(string[] given, string whole, string[] words)
    {
        if (given.Length != words.Length)
            return Suggestion.Edits(whole, string.Concat(words), 1) is <= 1 and var apart ? apart + 1 : int.MaxValue;
        var sum = 0;
        for (var i = 0; i < given.Length; i++)
        {
            var limit = Math.Min(MostEdits, Math.Max(1, given[i].Length / 3));
            var edits = Suggestion.Edits(given[i], words[i], limit);
            if (edits > limit)
                return int.MaxValue;
            sum += edits;
        }

        return sum;
    }

    /// <summary>Of an object that has methods, the one that does what the last word says, or that begins or ends with it; or the method that only the last word makes another.</summary>
    private static string? OfObject(SpecSet set, string api, string name, IReadOnlyList<string> names)
    {
        var dot = name.LastIndexOf('.');
        if (dot <= 0)
            return null;
        var around = name.Substring(0, dot);
        if (set.FindMethod(around, api) is { Calls: null } method)
            return method.Name;
        var of = names.Where(n => n.Length > dot + 1 && n[dot] == '.' && n.IndexOf('.', dot + 1) < 0 && n.StartsWith(around, StringComparison.OrdinalIgnoreCase)).ToList();
        var word = LastWord(name);
        return of.Find(n => LastWord(n) is var last && word.Length > 2
                && (last.StartsWith(word, StringComparison.Ordinal) || last.EndsWith(word, StringComparison.Ordinal)))
            ?? of.Find(n => Array.Exists(Kinds, k => k.Contains(Verb(word)) && k.Contains(Verb(LastWord(n)))));
    }

    private static string Verb(string word) => Verbs.TryGetValue(word, out var verb) ? verb : word;

    /// <summary>The name without an address before it, parameters or a format behind it, and with dots for what else separates words.</summary>
    private static string Bare(string name)
    {
        var bare = new string([.. name.Where(static c => !char.IsWhiteSpace(c))]);
        var end = bare.IndexOfAny(['?', '#', '&']);
        if (end >= 0)
            bare = bare.Substring(0, end);
        bare = bare.Trim('/', '.');
        var slash = bare.LastIndexOf('/');
        if (slash >= 0 && bare.IndexOf('.', slash) > 0)
            bare = bare.Substring(slash + 1);
        else if (bare.IndexOf('.') < 0)
            bare = bare.Replace('/', '.').Replace('_', '.').Replace(':', '.');
        foreach (var format in new[] { ".json", ".xml", ".php" })
        {
            if (bare.EndsWith(format, StringComparison.OrdinalIgnoreCase))
                bare = bare.Substring(0, bare.Length - format.Length);
        }

        return bare.StartsWith("rest.", StringComparison.OrdinalIgnoreCase) ? bare.Substring("rest.".Length) : bare;
    }

    /// <summary>The method whose name says the same in other words, or with one word more; those that are kept up come first.</summary>
    private static string? Same(SpecSet set, string api, string name, IReadOnlyList<string> names)
    {
        var given = Words(name);
        if (given.Length < 2)
            return null;
        string? best = null;
        var bestRank = int.MaxValue;
        foreach (var each in names)
        {
            var words = Words(each);
            var missing = words.Length - given.Length;
            if (missing is not (0 or 1) || !IsWithin(given, words))
                continue;
            var isKept = set.FindMethod(each, api) is { Deprecated: false, Calls: null };
            // "crm.productrow.set" is rather "crm.item.productrow.set" than "crm.productrow.update".
            var more = EndsAlike(name, each) ? 0 : missing;
            var rank = (more * 4) + (isKept ? 0 : 2) + (LastWord(each) == LastWord(name) ? 0 : 1);
            if (rank < bestRank)
                (best, bestRank) = (each, rank);
        }

        return best;
    }

    private static bool IsWithin(string[] given, string[] words)
    {
        var next = 0;
        foreach (var word in words)
        {
            if (next < given.Length && (given[next] == word || (next == given.Length - 1 && IsReading(given[next]) && IsReading(word))))
                next++;
        }

        return next == given.Length && (given[given.Length - 1] == words[words.Length - 1] || (IsReading(given[given.Length - 1]) && IsReading(words[words.Length - 1])));
    }

    private static bool IsReading(string word) => word is "get" or "list";

    private static string[] Words(string name)
    {
        var words = name.ToLowerInvariant().Split(['.'], StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < words.Length; i++)
            words[i] = i == words.Length - 1 && Verb(words[i]) is var verb && verb != words[i] ? verb : Plural.Singular(words[i]);
        return words;
    }

    /// <summary>Whether both name the same object and what to do with it.</summary>
    private static bool EndsAlike(string name, string other)
    {
        string[] words = name.Split('.'), others = other.Split('.');
        return words.Skip(words.Length - 2).SequenceEqual(others.Skip(others.Length - 2), StringComparer.OrdinalIgnoreCase);
    }

    private static string LastWord(string name) => name.Substring(name.LastIndexOf('.') + 1).ToLowerInvariant();
}
