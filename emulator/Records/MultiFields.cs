namespace Bitrix24.Gen.Emulator.Records;

/// <summary>Phones, e-mail addresses and the like of a record: items with an id, the kind of address and a value.</summary>
internal static class MultiFields
{
    private const string Id = "ID";
    private const string Kind = "TYPE_ID";
    private const string ValueType = "VALUE_TYPE";
    private const string Value = "VALUE";
    private const string Usual = "WORK";

    /// <summary>The items in views of the older methods.</summary>
    public static AnswerForm Form { get; } = AnswerForm.Read(JsonNode.Parse("""[{ "ID": "intText", "VALUE_TYPE": "text", "VALUE": "text", "TYPE_ID": "text" }]"""))!;

    /// <summary>The items in views that write names <c>likeThis</c>.</summary>
    public static AnswerForm CamelForm { get; } = AnswerForm.Read(JsonNode.Parse("""[{ "id": "int", "valueType": "text", "value": "text", "typeId": "text" }]"""))!;

    /// <summary>Applies the items: one with an id updates or deletes (DELETE=Y) the item that has it, one without is added.</summary>
    public static JsonArray? Merge(RecordStore store, string field, JsonArray? kept, JsonNode? given)
    {
        var items = (kept ?? []).OfType<JsonObject>().Select(static i => (JsonObject)i.DeepClone()).ToList();
        foreach (var raw in Given(given))
        {
            var input = Named(raw);
            var known = JsonValues.Text(input[Id]) is { Length: > 0 } id ? items.Find(i => JsonValues.Text(i[Id]) == id) : null;
            if (JsonValues.Text(input["DELETE"]) is "Y" or "1")
            {
                if (known is not null)
                    items.Remove(known);
                continue;
            }

            // An item that loses its value goes as well, and one of which nothing but the id is given.
            if (known is not null && (input.Count == 1 || (input.ContainsKey(Value) && JsonValues.Text(input[Value]) is null or "")))
                items.Remove(known);
            else if (known is not null)
                Copy(input, known);
            else if (JsonValues.Text(input[Value]) is { Length: > 0 })
                items.Add(New(store, field, input));
        }

        return items.Count == 0 ? null : new JsonArray([.. items]);
    }

    /// <summary>A list of items with ids of their own: where a call gives ids, it changes or removes (DEL=Y) those, and adds the rest; without ids its list takes the place of the other.</summary>
    public static JsonArray Renewed(JsonArray kept, JsonArray given, string id)
    {
        var changes = given.OfType<JsonObject>().ToList();
        if (!changes.Exists(c => KeyOf(c) is not null))
            return given;
        var items = kept.OfType<JsonObject>().Select(static i => (JsonObject)i.DeepClone()).ToList();
        foreach (var change in changes)
        {
            var known = KeyOf(change) is { } key ? items.Find(i => KeyOf(i) == key) : null;
            if (JsonValues.Text(change["DEL"]) is "Y" or "1")
                _ = known is not null && items.Remove(known);
            else if (known is null)
                items.Add((JsonObject)change.DeepClone());
            else
                foreach (var (name, value) in change)
                    known[name] = value?.DeepClone();
        }

        return new JsonArray([.. items]);

        string? KeyOf(JsonObject item) => JsonValues.Text(item.FirstOrDefault(m => m.Key.Equals(id, StringComparison.OrdinalIgnoreCase)).Value) is { Length: > 0 } text and not "0" ? text : null;
    }

    /// <summary>All addresses of a record, as views of newer methods list them.</summary>
    public static JsonArray Joined(RecordTable table, Record record) =>
        new([.. table.Spec.Multi.SelectMany(field => (record[field] as JsonArray ?? []).OfType<JsonObject>()).Select(static i => i.DeepClone())]);

    /// <summary>The first address, where a view has but one.</summary>
    public static string? First(JsonArray items) => JsonValues.Text(items.OfType<JsonObject>().FirstOrDefault()?[Value]);

    /// <summary>The items of a joined list by the fields that keep them.</summary>
    public static IEnumerable<(string Field, JsonArray Items)> Apart(JsonNode? joined) =>
        Given(joined).Select(Named)
            .Where(static i => JsonValues.Text(i[Kind]) is { Length: > 0 })
            .GroupBy(static i => JsonValues.Text(i[Kind])!, StringComparer.OrdinalIgnoreCase)
            .Select(static g => (g.Key.ToUpperInvariant(), new JsonArray([.. g.Select(static i => i.DeepClone())])));

    private static IEnumerable<JsonNode> Given(JsonNode? given) => given switch
    {
        JsonArray list => list.OfType<JsonNode>(),
        JsonObject map when map.Count > 0 && map.All(static m => m.Value is JsonObject) => map.Select(static m => m.Value!),
        JsonObject one => [one],
        JsonValue => [given],
        _ => [],
    };

    private static JsonObject New(RecordStore store, string field, JsonObject input)
    {
        var item = new JsonObject
        {
            [Id] = store.NextOf("multi"),
            [ValueType] = JsonValues.Text(input[ValueType]) ?? Usual,
            [Value] = JsonValues.Text(input[Value]),
            [Kind] = field,
        };
        return item;
    }

    private static void Copy(JsonObject input, JsonObject item)
    {
        foreach (var name in new[] { ValueType, Value })
        {
            if (input[name] is { } value)
                item[name] = JsonValues.Text(value);
        }
    }

    /// <summary>An item in the names of the older methods.</summary>
    private static JsonObject Named(JsonNode node)
    {
        if (node is not JsonObject given)
            return new JsonObject { [Value] = JsonValues.Text(node) };
        var item = new JsonObject();
        foreach (var (name, value) in given)
        {
            item[Columns.Fold(name) switch
            {
                "VALUETYPE" => ValueType,
                "TYPEID" => Kind,
                "TYPE" => ValueType,
                var folded => folded,
            }] = value?.DeepClone();
        }

        return item;
    }
}
