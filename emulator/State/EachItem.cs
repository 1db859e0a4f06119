using System.Globalization;
using Bitrix24.Gen.Emulator.Records;

namespace Bitrix24.Gen.Emulator.State;

/// <summary>A form for each item of a list, or value of an object, for which <c>when</c> holds and nothing of <c>not</c>; with <c>key</c> an object.</summary>
internal static class EachItem
{
    /// <summary>In an object: the list; beside it <c>as</c>, the form, <c>when</c>, <c>not</c>, <c>key</c> and <c>flat</c>.</summary>
    public const string List = "each";

    public static JsonNode Of(Expression expression, JsonObject template)
    {
        var items = (expression.Value(template[List]) is JsonNode given ? Items(expression, given) : [])
            .Where(e => template["when"] is not JsonObject when || e.HoldsAll(when))
            .Where(e => template["not"] is not JsonObject not || !not.Any(n => e.Holds(n.Key, n.Value))).ToList();
        var values = items.Select(e => Values.ToNode(e.Value(template["as"]))).ToList();
        if (template["flat"] is not null)
            values = [.. values.SelectMany(static v => v is JsonArray inner ? inner.Select(static i => i?.DeepClone()) : [v])];
        // PHP writes a map without entries as a list.
        return template["key"] is { } key && items.Count > 0
            ? new JsonObject(items.Zip(values, (e, v) => KeyValuePair.Create(Values.Text(e.Value(key)) ?? "", v)).DistinctBy(static m => m.Key))
            : new JsonArray([.. values]);
    }

    /// <summary>The expression for each item of a list, with its index, and of an object, with its name; one value is the only item.</summary>
    public static IEnumerable<Expression> Items(Expression expression, object? given) => given switch
    {
        JsonArray list => list.Select((item, index) => expression.With(Values.From(item), index.ToString(CultureInfo.InvariantCulture))),
        JsonObject map => map.Select(m => expression.With(Values.From(m.Value), m.Key)),
        _ => Values.IsNothing(given) ? [] : [expression.With(given)],
    };
}
