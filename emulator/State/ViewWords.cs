using Bitrix24.Gen.Emulator.Records;

namespace Bitrix24.Gen.Emulator.State;

/// <summary>Words of an API for values that the store keeps in others: what is kept as 2 is shown, and given, as "pending".</summary>
/// <param name="fields">Field to kept value to word.</param>
internal sealed class ViewWords(JsonObject fields)
{
    private readonly Dictionary<string, IReadOnlyList<(string Kept, string? Word)>> _fields = fields.ToDictionary(
        static f => f.Key,
        static f => (IReadOnlyList<(string, string?)>)[.. ((JsonObject)f.Value!).Select(static w => (w.Key, JsonValues.Text(w.Value)))],
        StringComparer.Ordinal);

    /// <summary>Parameters with what the store keeps: in records, and in the conditions of filters.</summary>
    public JsonNode? Kept(JsonNode? given) => given is JsonArray { Count: > 1 } condition && condition[0] is JsonValue name && _fields.TryGetValue(JsonValues.Text(name) ?? "", out var words)
        ? new JsonArray([condition[0]!.DeepClone(), .. condition.Skip(1).Select(v => Replaced(v, words, toKept: true))])
        : Within(given, Kept, toKept: true);

    /// <summary>An answer with the words of the API.</summary>
    public JsonNode? Shown(JsonNode? answer) => Within(answer, Shown, toKept: false);

    private JsonNode? Within(JsonNode? node, Func<JsonNode?, JsonNode?> inner, bool toKept) => node switch
    {
        JsonObject members => new JsonObject(members.Select(m =>
            KeyValuePair.Create(m.Key, m.Value is JsonValue or null && _fields.TryGetValue(m.Key, out var words) ? Replaced(m.Value, words, toKept) : inner(m.Value)))),
        JsonArray items => new JsonArray([.. items.Select(inner)]),
        _ => node?.DeepClone(),
    };

    private static JsonNode? Replaced(JsonNode? value, IReadOnlyList<(string Kept, string? Word)> words, bool toKept)
    {
        if (value is JsonArray many)
            return new JsonArray([.. many.Select(v => Replaced(v, words, toKept))]);
        var text = JsonValues.Text(value);
        foreach (var (kept, word) in words)
        {
            if (text == (toKept ? word : kept))
                return toKept ? kept : word;
        }

        return value?.DeepClone();
    }
}
