using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Fields;

/// <summary>A field as an API describes it.</summary>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Type">The API's word for its type; null: none was given.</param>
public sealed record AnsweredField(string Name, string? Type)
{
    public bool Required { get; init; }

    public bool ReadOnly { get; init; }

    public bool Immutable { get; init; }

    public bool Multiple { get; init; }

    /// <summary>What people call it; null: as the API does.</summary>
    public string? Label { get; init; }

    /// <summary>The values of an enumeration: number and words.</summary>
    public IReadOnlyList<ValueLabel> Items { get; init; } = [];

    /// <summary>The portal's list that its values are in; null: none.</summary>
    public string? StatusType { get; init; }
}

/// <summary>
/// Finds the descriptions of fields in an answer: of VibeCode's <c>/fields</c>, of Bitrix24's <c>*.fields</c> (a map by
/// name), of REST 3.0 and of the lists of user fields (a list of named descriptions), however deep they are wrapped.
/// </summary>
public static class FieldAnswer
{
    private const int Deepest = 5;

    private static readonly string[] Types = ["type", "usertypeid"];
    private static readonly string[] Names = ["fieldname", "name", "field", "code", "title"];
    private static readonly string[] Lists = ["items", "list", "enum"];
    private static readonly string[] Labels = ["formlabel", "listlabel", "editformlabel", "title", "label"];

    /// <summary>The fields described, in the order of the answer; none where the answer describes none.</summary>
    public static IReadOnlyList<AnsweredField> Read(JsonNode answer) => Find([answer], Deepest) ?? [];

    /// <summary>The error that the answer is instead of a description; null: it is none.</summary>
    public static string? ErrorIn(JsonNode answer)
    {
        if (answer is not JsonObject root || !root.TryGet("error", out var error))
            return null;
        return error is JsonObject inner
            ? $"{Text(inner, ["code"])} {Text(inner, ["message"])}".Trim()
            : $"{(error as JsonString)?.Value} {Text(root, ["errordescription"])}".Trim();
    }

    // The outermost wins: what describes a field may hold objects with a type of their own.
    private static IReadOnlyList<AnsweredField>? Find(IReadOnlyList<JsonNode> level, int depth)
    {
        foreach (var node in level)
        {
            var found = node switch
            {
                JsonObject map => OfMap(map),
                JsonArray list => OfList(list),
                _ => [],
            };
            if (found.Count > 0)
                return found;
        }

        var below = level.SelectMany(static n => n switch
        {
            JsonObject map => map.Properties.Select(static p => p.Value),
            JsonArray list => list.Items,
            _ => [],
        }).Where(static n => n is JsonObject or JsonArray).ToArray();
        return depth == 0 || below.Length == 0 ? null : Find(below, depth - 1);
    }

    // Most have a type: one that lacks it is a field all the same, but an envelope is none.
    private static IReadOnlyList<AnsweredField> OfMap(JsonObject map) =>
        map.Properties.All(static p => p.Value is JsonObject)
        && map.Properties.Count(static p => Text((JsonObject)p.Value, Types) is not null) * 2 > map.Properties.Count
            ? [.. map.Properties.Where(p => ReferenceEquals(map.Find(p.Name), p)).Select(static p => Of(p.Name, (JsonObject)p.Value))]
            : [];

    private static IReadOnlyList<AnsweredField> OfList(JsonArray list)
    {
        var fields = new List<AnsweredField>();
        foreach (var item in list.Items)
        {
            if (item is not JsonObject field || Text(field, Types) is null || Text(field, Names) is not { Length: > 0 } name)
                return [];
            if (fields.TrueForAll(f => f.Name != name))
                fields.Add(Of(name, field));
        }

        return fields;
    }

    private static AnsweredField Of(string name, JsonObject field)
    {
        var readOnly = Flag(field, "isreadonly", "readonly") || Value(field, ["editable"]) is JsonBool { Value: false };
        var label = Text(field, Labels);
        return new(name, Text(field, Types))
        {
            ReadOnly = readOnly,
            Required = Flag(field, "isrequired", "required", "mandatory"),
            Immutable = Flag(field, "isimmutable", "immutable") && !readOnly,
            Multiple = Flag(field, "ismultiple", "multiple"),
            Label = label is null or "" || label == name ? null : label,
            Items = ItemsOf(field),
            StatusType = Text(field, ["statustype"]) is { Length: > 0 } list ? list : null,
        };
    }

    // A value that has no number of its own is none that a call could name.
    private static IReadOnlyList<ValueLabel> ItemsOf(JsonObject field)
    {
        if (Value(field, Lists) is not JsonArray list)
            return [];
        var items = list.Items.OfType<JsonObject>()
            .Select(static i => new ValueLabel(Scalar(i, "id") ?? "", Scalar(i, "value") ?? ""))
            .Where(static i => i.Value.Length > 0 && i.Label.Length > 0)
            .ToList();
        return items.Select(static i => i.Value).Distinct(StringComparer.Ordinal).Count() == items.Count ? items : [];
    }

    private static string? Scalar(JsonObject item, string name) => Value(item, [name]) switch
    {
        JsonString text => text.Value,
        JsonNumber number => number.Text,
        _ => null,
    };

    private static bool Flag(JsonObject field, params string[] names) => Value(field, names) switch
    {
        JsonBool flag => flag.Value,
        JsonString text => text.Value is "Y" or "true" or "1",
        JsonNumber number => number.TryGetInt64(out var value) && value == 1,
        _ => false,
    };

    private static string? Text(JsonObject field, string[] names) => (Value(field, names) as JsonString)?.Value;

    /// <summary>The member of the first of these names that is there; neither case nor underscores count.</summary>
    private static JsonNode? Value(JsonObject field, string[] names)
    {
        foreach (var name in names)
        {
            foreach (var property in field.Properties)
            {
                if (property.Name.Replace("_", "", StringComparison.Ordinal).Equals(name, StringComparison.OrdinalIgnoreCase))
                    return property.Value;
            }
        }

        return null;
    }
}
