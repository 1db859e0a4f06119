using System.Globalization;

namespace Bitrix24.Gen.Emulator.Records;

/// <summary>Properties whose values have ids: answers show an object of them, and a call may send one, or name values to delete.</summary>
internal static class ValuedFields
{
    private const string Deleted = "_DEL";

    /// <summary>Before the numbers of values that have no id yet: <c>n0</c>.</summary>
    private const char New = 'n';

    public static bool Is(RecordTable table, string name) => table.Spec.Valued is { } prefix && name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes what a call gave for a property, or deletes the values that it names.</summary>
    public static void Put(RecordTable table, Record record, string name, JsonNode? given)
    {
        if (!name.EndsWith(Deleted, StringComparison.OrdinalIgnoreCase))
        {
            record.Set(name, given is JsonObject { Count: > 0 } values && values.All(static v => v.Key.TrimStart(New).All(char.IsAsciiDigit))
                ? Kept([.. values.Select(static v => v.Value?.DeepClone())])
                : Values.From(given));
            return;
        }

        var property = name[..^Deleted.Length];
        var gone = given is JsonObject named ? named.Where(static n => JsonValues.Text(n.Value) is { } text && JsonValues.Truth(text)).Select(static n => n.Key).ToList() : [];
        var left = Numbered(table, record, property, Values.ToNode(record[property])).Where(v => !gone.Contains(v.Id)).Select(static v => v.Value?.DeepClone()).ToList();
        record.Set(property, Kept([.. left]));
    }

    /// <summary>The values by their ids.</summary>
    public static JsonNode? Shown(RecordTable table, Record record, string name, JsonNode? value) =>
        !Is(table, name) || value is null ? value
            : new JsonObject(Numbered(table, record, name, value).Select(static v => KeyValuePair.Create(v.Id, v.Value is JsonValue one ? JsonValues.Text(one) : v.Value?.DeepClone())));

    private static object? Kept(JsonArray values) => values.Count switch { 0 => null, 1 => Values.From(values[0]?.DeepClone()), _ => values };

    private static IEnumerable<(string Id, JsonNode? Value)> Numbered(RecordTable table, Record record, string name, JsonNode? value)
    {
        const int Properties = 1000, Each = 100;
        _ = long.TryParse(Values.Text(table.KeyOf(record)), NumberStyles.None, CultureInfo.InvariantCulture, out var key);
        _ = int.TryParse(name.AsSpan(name.LastIndexOf('_') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var property);
        var first = ((((key % int.MaxValue) * Properties) + (property % Properties)) * Each) + 1;
        return (value switch { null => [], JsonArray list => list.AsEnumerable(), _ => [value] })
            .Select((item, i) => ((first + i).ToString(CultureInfo.InvariantCulture), item));
    }
}
