using System.IO;
using System.Linq;
using System.Text;

namespace Bitrix24.Gen.Specs;

/// <summary>What fields and values mean, in a few words of our own. The list is <c>glossary.json</c>.</summary>
public static class Glossary
{
    // A name of more words describes a place in the documentation rather than a thing.
    private const int MaxWords = 3;
    private const string AnyRecord = "record";
    private const string Rest = "{*}";

    private static readonly Lazy<GlossaryData> Data = new(Read);

    /// <summary>What a field or parameter means: <c>User responsible for the deal</c>; null where the glossary does not know.</summary>
    /// <param name="owner">The name of the type, or what the names of the method's classes begin with.</param>
    /// <param name="field">The name on the wire.</param>
    public static string? Of(string owner, string field)
    {
        var key = Key(field);
        var phrase = Data.Value.Types.TryGetValue(owner, out var own) && own.TryGetValue(key, out var narrowed)
            ? narrowed
            : Data.Value.Fields.TryGetValue(key, out var found) ? found : OfPattern(field);
        return phrase?.Replace("{type}", Record(owner));
    }

    /// <summary>What a value of an enumeration means: <c>Finish to start</c>; null where the glossary does not know.</summary>
    /// <param name="owner">The name of the type, or what the names of the method's classes begin with.</param>
    /// <param name="field">The name of the field on the wire.</param>
    /// <param name="value">The value on the wire.</param>
    public static string? OfValue(string owner, string field, string value)
    {
        var key = Key(field);
        return (Data.Value.Values.TryGetValue(Key(owner) + "." + key, out var own) || Data.Value.Values.TryGetValue(key, out own))
            && own.TryGetValue(value, out var meaning)
                ? meaning
                : null;
    }

    /// <summary>A name as words: <c>dataset field</c> for <c>DatasetField</c>.</summary>
    internal static string Words(string name)
    {
        var words = new StringBuilder(name.Length + 4);
        foreach (var c in CSharpNames.Pascal(name))
        {
            if (char.IsUpper(c) && words.Length > 0)
                words.Append(' ');
            words.Append(char.ToLowerInvariant(c));
        }

        return words.ToString();
    }

    private static string Record(string owner)
    {
        var words = Words(owner);
        return words.Count(static c => c == ' ') < MaxWords ? words : AnyRecord;
    }

    private static string? OfPattern(string field)
    {
        var words = Words(field);
        foreach (var (start, end, phrase) in Data.Value.Patterns)
        {
            if (words.Length > start.Length + end.Length
                && words.StartsWith(start, StringComparison.Ordinal)
                && words.EndsWith(end, StringComparison.Ordinal))
                return phrase.Replace(Rest, words.Substring(start.Length, words.Length - start.Length - end.Length));
        }

        return null;
    }

    // LAST_NAME, lastName and last.name are one field.
    private static string Key(string name)
    {
        var key = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (char.IsLetterOrDigit(c))
                key.Append(char.ToLowerInvariant(c));
        }

        return key.ToString();
    }

    private static GlossaryData Read()
    {
        using var stream = typeof(Glossary).Assembly.GetManifestResourceStream("Bitrix24.Gen.Specs.glossary.json")!;
        using var reader = new StreamReader(stream);
        var root = (JsonObject)new JsonParser(reader.ReadToEnd()).ReadDocument()!;
        return new(
            Phrases(root.Find("fields")!),
            Nested(root.Find("types")!),
            ((JsonObject)root.Find("patterns")!.Value).Properties.Select(static p => Pattern(p.Name, Text(p))).ToList(),
            Nested(root.Find("values")!));
    }

    private static (string Start, string End, string Phrase) Pattern(string pattern, string phrase)
    {
        var star = pattern.IndexOf('*');
        return (pattern.Substring(0, star), pattern.Substring(star + 1), phrase);
    }

    private static Dictionary<string, Dictionary<string, string>> Nested(JsonProperty property) =>
        ((JsonObject)property.Value).Properties.ToDictionary(static p => p.Name, Phrases, StringComparer.Ordinal);

    private static Dictionary<string, string> Phrases(JsonProperty property) =>
        ((JsonObject)property.Value).Properties.ToDictionary(static p => p.Name, Text, StringComparer.Ordinal);

    private static string Text(JsonProperty property) => ((JsonString)property.Value).Value;

    private sealed record GlossaryData(
        Dictionary<string, string> Fields,
        Dictionary<string, Dictionary<string, string>> Types,
        IReadOnlyList<(string Start, string End, string Phrase)> Patterns,
        Dictionary<string, Dictionary<string, string>> Values);
}
