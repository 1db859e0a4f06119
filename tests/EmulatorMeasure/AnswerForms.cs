using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Bitrix24.Gen.EmulatorMeasure;

/// <summary>Reduces documented answers to their form: names and kinds of values, no value. See docs/spec-format.md, "Answers".</summary>
internal static partial class AnswerForms
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Descriptions of fields say the same words for every portal; those are facts, not values.
    private static readonly string[] Described = ["type", "isRequired", "isReadOnly", "isImmutable", "isMultiple", "isDynamic", "statusType", "dataType", "filterable", "sortable", "editable", "multiple", "TYPE", "USE_IN_FILTER", "USE_IN_SHOW"];

    public static void Write(IEnumerable<DocumentedCall> calls, string folder)
    {
        foreach (var api in calls.GroupBy(static c => c.Api))
        {
            var lines = api.Where(static c => c.Answer is not null)
                .GroupBy(static c => c.Method, StringComparer.OrdinalIgnoreCase)
                .Select(static g => g.First())
                .OrderBy(static c => c.Method, StringComparer.Ordinal)
                .Select(static c => $"    {JsonSerializer.Serialize(c.Method)}: {Root(c.Answer!, c.Operation == "Fields" || FieldsWord().IsMatch(c.Method)).ToJsonString(Plain)}");
            File.WriteAllText(
                Path.Combine(folder, $"answers.{api.Key}.state.json"),
                $"{{\n  \"api\": \"{api.Key}\",\n  \"answers\": {{\n{string.Join(",\n", lines)}\n  }}\n}}\n");
        }
    }

    private static JsonObject Root(JsonObject answer, bool fields)
    {
        var root = new JsonObject();
        foreach (var (name, value) in answer.Where(static m => m.Key != "time"))
            root[name] = Form(value, fields);
        return root;
    }

    private static JsonNode Form(JsonNode? value, bool fields) => value switch
    {
        null => "null",
        JsonObject members when fields && IsDescription(members) => Literal(members),
        JsonObject members => Members(members, fields),
        JsonArray items => new JsonArray([.. items.Take(1).Select(i => Mixed(Merged(items) is { } any ? Members(any, fields) : Form(i, fields), items))]),
        _ => Scalar(value),
    };

    /// <summary>What is a number in one item and a word in another is of any kind: the id of a user and that of a chat.</summary>
    private static JsonNode Mixed(JsonNode form, JsonArray items)
    {
        foreach (var name in form is JsonObject members && items.Count > 1 ? [.. members.Select(static m => m.Key)] : Array.Empty<string>())
        {
            var shown = items.OfType<JsonObject>().Select(i => i[name]).OfType<JsonValue>().ToList();
            if (shown.Exists(static v => v.GetValueKind() == JsonValueKind.Number) && shown.Exists(static v => v.GetValueKind() == JsonValueKind.String && Scalar(v) == "text"))
                form[name] = "null";
        }

        return form;
    }

    /// <summary>An object with all names that the items have, each with its first value that is not nothing.</summary>
    private static JsonObject? Merged(JsonArray items)
    {
        if (!items.All(static i => i is JsonObject))
            return null;
        var merged = new JsonObject();
        foreach (var (name, value) in items.OfType<JsonObject>().SelectMany(static o => o))
        {
            if (value is not null && (!merged.TryGetPropertyValue(name, out var known) || known is null or JsonArray { Count: 0 }))
                merged[name] = value.DeepClone();
            else
                merged.TryAdd(name, null);
        }

        return merged;
    }

    private static JsonObject Members(JsonObject members, bool fields)
    {
        // Names that are numbers are data.
        if (members.Count > 0 && members.All(static m => m.Key.All(char.IsAsciiDigit)))
            return new JsonObject { ["*"] = Form(members.First().Value, fields) };
        var form = new JsonObject();
        foreach (var (name, value) in members.Where(static m => !OwnName().IsMatch(m.Key)))
            form[name] = fields && Described.Contains(name) && value is JsonValue ? Literal(value) : Form(value, fields);
        return form;
    }

    /// <summary>What describes a field, or is the titles of fields, says the same for every portal; what has a value is a record's.</summary>
    private static bool IsDescription(JsonObject members) => !members.ContainsKey("value")
        && (members.Any(static m => m.Key is "type" or "TYPE" && m.Value is JsonValue)
            || (members.Count > 0 && members.All(static m => m.Value is JsonValue text && text.GetValueKind() == JsonValueKind.String)));

    private static JsonNode Literal(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject { Count: > 0 } members => new JsonObject(members.Select(static m => KeyValuePair.Create(m.Key, (JsonNode?)Literal(m.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Literal)]),
        JsonValue when value.GetValueKind() == JsonValueKind.String => "=" + value.GetValue<string>(),
        _ => value.DeepClone(),
    };

    private static string Scalar(JsonNode value)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.True or JsonValueKind.False:
                return "bool";
            case JsonValueKind.Number:
                return value.ToJsonString().AsSpan().ContainsAny('.', 'e', 'E') ? "float" : "int";
        }

        var text = value.GetValue<string>();
        if (text is "Y" or "N")
            return "yn";
        if (text.Length > 0 && text.All(char.IsAsciiDigit))
            return "intText";
        // Money has two digits; what has more at each place, such as a rate, is said.
        if (DecimalText().IsMatch(text))
            return text.Length - text.IndexOf('.', StringComparison.Ordinal) - 1 is > 2 and var digits ? $"floatText:{digits}" : "floatText";
        foreach (var format in new[] { "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss", "dd.MM.yyyy", "dd.MM.yyyy HH:mm:ss", "MM/dd/yyyy", "MM/dd/yyyy HH:mm:ss", "MM/dd/yyyy hh:mm:ss tt", "yyyy-MM-dd'T'HH:mm:ss.fffzzz", "yyyy-MM-dd'T'HH:mm:ss'Z'", "HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.fff'Z'" })
        {
            if (DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
                return "time:" + (text.EndsWith('M') ? format.Replace("tt", "TT", StringComparison.Ordinal) : format);
        }

        return text.Length == 0 ? "empty" : text.StartsWith("http", StringComparison.Ordinal) || text.StartsWith('/') ? "url" : "text";
    }

    [GeneratedRegex(@"\.(get)?fields([A-Z].*|bytype)?$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex FieldsWord();

    // One portal's own fields.
    [GeneratedRegex(@"^(UF_CRM_.*|ufCrm.*|UF_.*[0-9]{6,}|PARENT_ID_?[0-9]+|parentId[0-9]+|PROPERTY_?[0-9]+.*|property[0-9]+)$", RegexOptions.NonBacktracking)]
    private static partial Regex OwnName();

    [GeneratedRegex(@"^-?[0-9]+\.[0-9]+$", RegexOptions.NonBacktracking)]
    private static partial Regex DecimalText();
}
