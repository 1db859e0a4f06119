using System.Collections;
using System.Collections.Specialized;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bitrix24;

/// <summary>Writes the lists and dictionaries of raw calls, of whatever type they are.</summary>
internal static class RawMaps
{
    public static void Write(Utf8JsonWriter writer, IDictionary map, string path, int depth)
    {
        writer.WriteStartObject();
        WriteMembers(writer, Entries(map), [], path, depth);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, NameValueCollection map, string path, int depth)
    {
        writer.WriteStartObject();
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < map.Count; i++)
            WriteMember(writer, map.GetKey(i), map.GetValues(i) is [var single] ? single : map.GetValues(i), names, path, depth);
        writer.WriteEndObject();
    }

    /// <summary>Writes a list, or a dictionary that is a list of pairs only, as those of one's own may be.</summary>
    public static void Write(Utf8JsonWriter writer, IEnumerable list, string path, int depth)
    {
        // Of a library that this one does not know: its values would be taken for empty lists.
        if (list.GetType().Namespace == "Newtonsoft.Json.Linq")
        {
            WriteForeign(writer, list, path);
            return;
        }

        if (PairsOf(list, path) is { } pairs)
        {
            writer.WriteStartObject();
            WriteMembers(writer, pairs, [], path, depth);
            writer.WriteEndObject();
            return;
        }

        writer.WriteStartArray();
        var index = 0;
        foreach (var item in Read(list.Cast<object?>(), path))
            RawValues.Write(writer, item, string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]"), depth + 1);
        writer.WriteEndArray();
    }

    /// <summary>Writes the members of a dictionary into an object that has some already.</summary>
    /// <param name="writer">Takes the members.</param>
    /// <param name="map">The dictionary.</param>
    /// <param name="names">The names that the object has; those of the dictionary are added.</param>
    /// <param name="path">Where the object is.</param>
    /// <param name="depth">How deep the object is.</param>
    public static void WriteMembers(Utf8JsonWriter writer, IEnumerable map, HashSet<string> names, string path, int depth) =>
        WriteMembers(writer, map is IDictionary entries ? Entries(entries) : PairsOf(map, path) ?? throw RawValues.Unfit(map, path, RawValues.Advice), names, path, depth);

    private static void WriteMembers(Utf8JsonWriter writer, IEnumerable<(object? Key, object? Value)> members, HashSet<string> names, string path, int depth)
    {
        foreach (var (key, value) in Read(members, path))
            WriteMember(writer, key, value, names, path, depth);
    }

    /// <summary>The items, or the error that names their path where they throw.</summary>
    private static IEnumerable<T> Read<T>(IEnumerable<T> items, string path)
    {
        using var at = Guarded(static items => items.GetEnumerator(), items, path);
        while (Guarded(static at => at.MoveNext(), at, path))
            yield return at.Current;
    }

    private static TResult Guarded<T, TResult>(Func<T, TResult> read, T from, string path)
    {
        try
        {
            return read(from);
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            throw RawValues.Unreadable(path, e);
        }
    }

    private static IEnumerable<(object? Key, object? Value)> Entries(IDictionary map)
    {
        var entries = map.GetEnumerator();
        while (entries.MoveNext())
            yield return (entries.Key, entries.Value);
    }

    /// <summary>The pairs of a list that has nothing else; null: it is no such list.</summary>
    private static IEnumerable<(object? Key, object? Value)>? PairsOf(IEnumerable list, string path) => list switch
    {
        IEnumerable<KeyValuePair<string, object?>> pairs => pairs.Select(static p => ((object?)p.Key, p.Value)),
        IEnumerable<KeyValuePair<string, string>> pairs => pairs.Select(static p => ((object?)p.Key, (object?)p.Value)),
        IEnumerable<KeyValuePair<string, int>> pairs => pairs.Select(static p => ((object?)p.Key, (object?)p.Value)),
        IEnumerable<KeyValuePair<string, long>> pairs => pairs.Select(static p => ((object?)p.Key, (object?)p.Value)),
        IEnumerable<KeyValuePair<string, double>> pairs => pairs.Select(static p => ((object?)p.Key, (object?)p.Value)),
        IEnumerable<KeyValuePair<string, decimal>> pairs => pairs.Select(static p => ((object?)p.Key, (object?)p.Value)),
        IEnumerable<KeyValuePair<string, bool>> pairs => pairs.Select(static p => ((object?)p.Key, (object?)p.Value)),
        IEnumerable<KeyValuePair<string, JsonNode?>> pairs => pairs.Select(static p => ((object?)p.Key, (object?)p.Value)),
        IEnumerable<KeyValuePair<string, JsonElement>> pairs => pairs.Select(static p => ((object?)p.Key, (object?)p.Value)),
        IEnumerable<DictionaryEntry> pairs => pairs.Select(static p => ((object?)p.Key, p.Value)),
        StringDictionary map => map.Cast<DictionaryEntry>().Select(static p => ((object?)p.Key, p.Value)),
        _ => FoundPairsOf(list, path),
    };

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Where the application is trimmed, reflection is off.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Where the application is compiled ahead of time, reflection is off.")]
    private static IEnumerable<(object? Key, object? Value)>? FoundPairsOf(IEnumerable list, string path) =>
        JsonSerializer.IsReflectionEnabledByDefault ? RawObjects.PairsOf(list, path) : null;

    private static void WriteMember(Utf8JsonWriter writer, object? key, object? value, HashSet<string> names, string path, int depth)
    {
        var name = key switch
        {
            string text when RawValues.IsWhole(text) => text,
            string => throw new ArgumentException($"{Owner(path)} a key with half of a surrogate pair: was the text cut inside a character?"),
            IBitrix24Enum choice => choice.Value,
            char or Rune or Enum or sbyte or byte or short or ushort or int or uint or long or ulong or Int128 or UInt128 or BigInteger or Guid or DateOnly => RawValues.TextOf(key),
            _ => throw new ArgumentException($"{Owner(path)} a key {(key is null ? "that is null" : $"of the type {key.GetType().Name}")}; keys are text or whole numbers."),
        };
        if (!names.Add(name))
            throw new ArgumentException($"{Owner(path)} two values for '{name}'; give a list of both.");
        writer.WritePropertyName(name);
        RawValues.Write(writer, value, path.Length == 0 ? name : $"{path}.{name}", depth + 1);
    }

    private static string Owner(string path) => path.Length == 0 ? "The parameters have" : $"'{path}' has";

    // JObject and JArray print themselves as JSON; what a JValue prints has lost its type.
    private static void WriteForeign(Utf8JsonWriter writer, IEnumerable value, string path)
    {
        if (value.GetType().Name is not ("JObject" or "JArray"))
            throw RawValues.Unfit(value, path, "give its value, or a JsonNode");
        try
        {
            using var document = JsonDocument.Parse(value.ToString()!);
            document.WriteTo(writer);
        }
        catch (JsonException)
        {
            throw RawValues.Unfit(value, path, "it is too deep, or has what JSON has no form for");
        }
    }
}
