namespace Bitrix24.Gen.Importer.Incoming;

/// <summary>Finds the words of a code that is written in upper case only, by the words of names that show theirs.</summary>
internal sealed class EventWords
{
    // Shorter ones are found in anything.
    private const int ShortestInTitle = 6;

    private readonly Dictionary<string, string> _words = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="events">Names of events with their words apart: <c>onCrmDealAdd</c>.</param>
    /// <param name="methods">Names of methods, whose segments are words.</param>
    /// <param name="titles">Titles of pages, whose longer words are words too.</param>
    public EventWords(IEnumerable<string> events, IEnumerable<string> methods, IEnumerable<string> titles)
    {
        foreach (var name in events)
        {
            for (var start = 0; start < name.Length;)
            {
                var end = start + 1;
                while (end < name.Length && !char.IsAsciiLetterUpper(name[end]))
                    end++;
                _words.TryAdd(name[start..end], name[start..end]);
                start = end;
            }
        }

        foreach (var segment in methods.SelectMany(static m => m.Split('.')))
            Add(segment);
        foreach (var word in titles.SelectMany(static t => t.Split(' ')).Where(static w => w.Length >= ShortestInTitle && w.All(char.IsAsciiLetter)))
            Add(word);
    }

    private void Add(string word) => _words.TryAdd(word, char.ToUpperInvariant(word[0]) + word[1..].ToLowerInvariant());

    /// <summary>The code with its words apart, as few as possible; null: it is not made of known words.</summary>
    public string? Split(string code)
    {
        const string on = "ON";
        if (!code.StartsWith(on, StringComparison.Ordinal))
            return null;
        var best = new (int Count, int From)[code.Length + 1];
        for (var end = on.Length + 1; end <= code.Length; end++)
        {
            best[end] = (int.MaxValue, -1);
            for (var start = on.Length; start < end; start++)
            {
                // A word of one letter is hardly one.
                if (end - start > 1 && (start == on.Length || best[start].From >= 0) && _words.ContainsKey(code[start..end]) && best[start].Count + 1 < best[end].Count)
                    best[end] = (best[start].Count + 1, start);
            }
        }

        if (code.Length <= on.Length || best[code.Length].From < 0)
            return null;
        var words = new Stack<string>();
        for (var end = code.Length; end > on.Length; end = best[end].From)
            words.Push(_words[code[best[end].From..end]]);
        return "on" + string.Concat(words);
    }
}
