using System.Globalization;
using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>Counts records and sums their fields up, all together and by groups.</summary>
internal sealed class AggregateOperation
{
    /// <summary>Records that are read for sums; of more, the rest is left out, and the answer says so.</summary>
    private const int MostRecords = 5000;

    public static Success Run(MethodCall call)
    {
        var found = call.Table is { } table ? new RecordQuery(call.Profile, table, call.ViewType?.Spec).Find(call.Argument(Specs.View.Filter), null).ToList() : [];
        var wanted = (call.Parameters["aggregate"] as JsonArray ?? []).OfType<JsonObject>()
            .Select(static a => (Field: JsonValues.Text(a["field"]), Function: JsonValues.Text(a["function"])))
            .Where(static a => a.Field is not null)
            .ToList();
        // Records are counted without being read.
        var total = found.Count;
        if (wanted.Exists(static w => w.Function != "count") && total > MostRecords)
            found = found.GetRange(0, MostRecords);
        var result = Summary(found, wanted!);
        result["count"] = total;
        if (Names(call.Parameters["groupBy"]) is { Count: > 0 } by)
        {
            result["groups"] = new JsonArray([.. found
                .GroupBy(r => string.Join('\n', by.Select(name => Values.Text(r[name]))), StringComparer.Ordinal)
                .Select(g => (JsonNode)Group([.. g], by, wanted!))]);
        }

        result["meta"] = new JsonObject { ["totalRecords"] = total, ["recordsProcessed"] = found.Count, ["truncated"] = found.Count < total };
        return new Success(result);
    }

    private static List<string> Names(JsonNode? node) =>
        [.. (node is JsonArray list ? list.Select(JsonValues.Text) : [JsonValues.Text(node)]).OfType<string>()];

    private static JsonObject Group(List<Record> records, List<string> by, List<(string Field, string Function)> wanted)
    {
        var group = new JsonObject();
        foreach (var name in by)
            group[name] = Values.ToNode(records[0][name]);
        foreach (var (name, value) in Summary(records, wanted))
            group[name] = value?.DeepClone();
        return group;
    }

    private static JsonObject Summary(List<Record> records, List<(string Field, string Function)> wanted)
    {
        var aggregates = new JsonObject();
        foreach (var (field, function) in wanted)
        {
            if (aggregates[field] is not JsonObject values)
                aggregates[field] = values = [];
            values[function] = Value(function, [.. records.Select(r => Number(r[field])).OfType<decimal>()]);
        }

        return new JsonObject { ["count"] = records.Count, ["aggregates"] = aggregates };
    }

    private static JsonValue? Value(string function, List<decimal> numbers) => function switch
    {
        "count" => JsonValue.Create(numbers.Count),
        "sum" => JsonValue.Create(numbers.Sum()),
        _ when numbers.Count == 0 => null,
        "avg" => JsonValue.Create(numbers.Average()),
        "min" => JsonValue.Create(numbers.Min()),
        _ => JsonValue.Create(numbers.Max()),
    };

    /// <summary>A number; of money (<c>1500.50|EUR</c>) the amount.</summary>
    private static decimal? Number(object? value) =>
        Values.Text(value)?.Split('|')[0] is { } text
        && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
