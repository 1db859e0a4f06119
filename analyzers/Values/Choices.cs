using System.Linq;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Analyzers.Values;

/// <summary>Values of which the source names several, as <c>isPaid ? "Y" : "N"</c>: each of them is checked.</summary>
internal static class Choices
{
    private const int Most = 8;

    /// <summary>The value with the first choice everywhere, with the second, and so on; the value itself where there is nothing to choose.</summary>
    public static IEnumerable<JsonNode?> Of(JsonNode? node)
    {
        var count = Count(node);
        if (count == 0)
            return [node];
        return Enumerable.Range(0, Math.Min(count, Most)).Select(i => Pick(node!, i));
    }

    private static int Count(JsonNode? node) => node switch
    {
        JsonObject { Properties: var properties } => Largest(properties, static p => Count(p.Value)),
        JsonArray { Items: var items } => Largest(items, Count),
        JsonUnknown { Choices: { Count: > 0 } choices } => Math.Max(choices.Count, Largest(choices, Count)),
        _ => 0,
    };

    private static int Largest<T>(IReadOnlyList<T> items, Func<T, int> count)
    {
        var largest = 0;
        for (var i = 0; i < items.Count; i++)
            largest = Math.Max(largest, count(items[i]));
        return largest;
    }

    private static JsonNode Pick(JsonNode node, int index) => Count(node) == 0 ? node : node switch
    {
        JsonObject value => new JsonObject(value.Range, [.. value.Properties.Select(p => new JsonProperty(p.Name, p.NameRange, Pick(p.Value, index)))]) { Partial = value.Partial },
        JsonArray list => new JsonArray(list.Range, [.. list.Items.Select(item => Pick(item, index))]) { Partial = list.Partial },
        JsonUnknown { Choices: var choices } => Pick(choices[Math.Min(index, choices.Count - 1)], index),
        _ => node,
    };
}
