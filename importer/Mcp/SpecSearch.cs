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

/// <summary>Finds methods by words.</summary>
internal sealed class SpecSearch
{
    private static readonly Dictionary<string, string[]> Meanings = new(StringComparer.Ordinal)
    {
        ["create"] = ["add", "register"],
        ["new"] = ["add", "register"],
        ["make"] = ["add"],
        ["insert"] = ["add"],
        ["change"] = ["update"],
        ["edit"] = ["update"],
        ["set"] = ["update", "set"],
        ["remove"] = ["delete", "unregister", "unbind"],
        ["find"] = ["list", "search", "get"],
        ["all"] = ["list"],
        ["read"] = ["get"],
        ["fetch"] = ["get", "list"],
        ["subscribe"] = ["bind"],
        ["send"] = ["add", "send"],
        ["chat"] = ["im", "chat", "dialog"],
        ["bot"] = ["imbot", "bot"],
        ["file"] = ["disk", "file"],
        ["call"] = ["telephony", "call"],
        ["phone"] = ["telephony"],
        ["invoice"] = ["invoice", "item"],
        ["stage"] = ["status", "stage"],
        ["webhook"] = ["event"],
    };

    private static readonly HashSet<string> Fillers = new(["a", "an", "the", "of", "to", "in", "on", "by", "for", "from", "with", "my", "and"], StringComparer.Ordinal);

    private readonly Dictionary<string, int> _uses = new(StringComparer.Ordinal);
    private readonly List<(MethodSpec Method, string[] Name, string[] About)> _methods;

    public SpecSearch(SpecSet set)
    {
        _methods = [.. set.Files.SelectMany(static f => f.Methods).Select(static m => (
            m,
            Words(m.Name).ToArray(),
            Words($"{m.Of?.Name} {m.Operation} {m.Docs?[(m.Docs.LastIndexOf('/') + 1)..].Replace(".html", "", StringComparison.Ordinal)} {string.Join(' ', m.Params.Select(static p => p.Name))}").ToArray()))];
        foreach (var word in _methods.SelectMany(static m => m.Name.Distinct(StringComparer.Ordinal)))
            _uses[word] = _uses.GetValueOrDefault(word) + 1;
    }

    /// <summary>The methods that fit best.</summary>
    public IReadOnlyList<FoundMethod> Find(string query, string? api, int limit)
    {
        var words = Words(query).Where(static w => !Fillers.Contains(w)).Distinct(StringComparer.Ordinal).ToArray();
        var weights = words.Select(Weight).ToArray();
        return [.. _methods
            .Where(m => api is null || m.Method.Api == api)
            .Select(m => (m.Method, Score: Score(m.Method, m.Name, m.About, words, weights, query)))
            .Where(static m => m.Score > 0)
            .OrderByDescending(static m => m.Score)
            .ThenBy(static m => m.Method.Api, StringComparer.Ordinal)
            .ThenBy(static m => m.Method.Name.Length)
            .ThenBy(static m => m.Method.Name, StringComparer.Ordinal)
            .Take(Math.Clamp(limit, 1, 50))
            .Select(static m => Of(m.Method))];
    }

    public static FoundMethod Of(MethodSpec method) => new(
        method.Name,
        method.Api,
        method.Operation.ToString().ToLowerInvariant(),
        method.Of?.Name,
        method.Scope,
        method.Deprecated || method.Superseded ? $"{(method.Deprecated ? "deprecated" : "superseded")}{(method.Replacement is { } next ? $"; use {next}" : "")}" : null);

    private static double Score(MethodSpec method, string[] name, string[] about, string[] words, double[] weights, string query)
    {
        if (string.Equals(method.Name, query.Trim(), StringComparison.OrdinalIgnoreCase))
            return 1000;
        var score = 0.0;
        foreach (var word in words)
        {
            var best = Best(word, name, about);
            foreach (var meant in Meanings.GetValueOrDefault(word, []))
                best = Math.Max(best, 0.9 * Best(meant, name, about));
            // Every word that fits nothing counts against the method.
            score += best == 0 ? -1 : best * weights[Array.IndexOf(words, word)];
        }

        var unused = name.Count(n => !words.Contains(n, StringComparer.Ordinal));
        score -= (0.15 * unused) + (method.Deprecated ? 2 : method.Superseded ? 0.1 : 0);
        // The same entity of another API comes after that of the first.
        return method.Api == SpecSet.DefaultApi ? score : 0.7 * score;
    }

    // A word that few methods have says more than one that many have.
    private double Weight(string word)
    {
        var uses = _uses.Where(u => u.Key == word || Near(u.Key, word)).Sum(static u => u.Value);
        return Math.Log10(_methods.Count / (1.0 + uses));
    }

    private static double Best(string word, string[] name, string[] about) =>
        name.Contains(word, StringComparer.Ordinal) ? 3
        : name.Any(n => Near(n, word)) ? 2.2
        : about.Contains(word, StringComparer.Ordinal) ? 1.2
        : about.Any(n => Near(n, word)) ? 0.8
        : 0;

    // Plurals and longer forms: deals, deal.
    private static bool Near(string name, string word) =>
        word.Length >= 3 && name.Length >= 3 && (name.StartsWith(word, StringComparison.Ordinal) || word.StartsWith(name, StringComparison.Ordinal));

    private static IEnumerable<string> Words(string text)
    {
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            var ends = i == text.Length || !char.IsLetterOrDigit(text[i]) || (i > start && char.IsUpper(text[i]) && char.IsLower(text[i - 1]));
            if (!ends)
                continue;
            if (i > start)
                yield return text[start..i].ToLowerInvariant();
            start = i < text.Length && char.IsLetterOrDigit(text[i]) ? i : i + 1;
        }
    }
}
