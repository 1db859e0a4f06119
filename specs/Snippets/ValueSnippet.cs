using System.Globalization;
using System.Linq;
using System.Text;

namespace Bitrix24.Gen.Specs;

/// <summary>Values of a call as C# expressions that generated code takes.</summary>
/// <param name="set">The specs.</param>
/// <param name="api">The API.</param>
/// <param name="expression">The C# of a value that stands for code; null: write the value itself.</param>
internal sealed class ValueSnippet(SpecSet set, string api, Func<JsonNode, string?>? expression)
{
    private readonly ProfileSpec _profile = set.Profile(api);

    public SpecSet Set { get; } = set;

    /// <summary>The value of a field or parameter; null: typed code cannot say it so.</summary>
    public string? Of(FieldSpec field, JsonNode value, int indent) => field.As switch
    {
        View.Select => Selection(field, value),
        View.Filter or View.Order => null,
        _ => Of(FormOf(field), field, field.As ?? View.Create, value, indent),
    };

    /// <summary>Members of a record or of a request, in braces; null: typed code cannot say it so.</summary>
    public string? Members(EquatableArray<FieldSpec> fields, EquatableArray<string> names, JsonObject value, View view, int indent)
    {
        var members = new List<string>();
        foreach (var property in value.Properties)
        {
            if (Find(fields, property.Name) is not (>= 0 and var index))
                return null;
            var field = fields[index];
            if (field.ReadOnly || (view == View.Update && (field.Immutable || field.Use is not null)))
                return null;
            if (Of(field, property.Value, indent + 1) is not { } text)
                return null;
            members.Add($"{names[index]} = {text}");
        }

        var given = value.Properties.Select(p => Find(fields, p.Name)).ToList();
        return view == View.Create && fields.Where((f, i) => f is { Required: true, ReadOnly: false } && !given.Contains(i)).Any() ? null : Braces(members, indent);
    }

    /// <summary>The field of a name; −1: there is none.</summary>
    public int Find(EquatableArray<FieldSpec> fields, string name)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (fields[i].Name == name)
                return i;
        }

        for (var i = 0; i < fields.Count; i++)
        {
            if (string.Equals(fields[i].Name, name, StringComparison.OrdinalIgnoreCase) || fields[i].Aliases.Contains(name, StringComparer.Ordinal))
                return i;
        }

        return -1;
    }

    public TypedForm FormOf(FieldSpec field) => TypedForm.Of(Set, api, field);

    /// <summary>A scalar as C# of the type; null: it has another form.</summary>
    public string? Scalar(TypedForm form, JsonNode value)
    {
        if (expression?.Invoke(value) is { } code)
            return code;
        return (form.Kind, value) switch
        {
            (TypeKind.String, JsonString text) => CSharpLiteral.Of(text.Value),
            (TypeKind.String, JsonNumber number) => CSharpLiteral.Of(number.Text),
            (TypeKind.Int or TypeKind.Long, JsonNumber number) when number.TryGetInt64(out var whole) => whole.ToString(CultureInfo.InvariantCulture),
            (TypeKind.Int or TypeKind.Long, JsonString text) when long.TryParse(text.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) =>
                whole.ToString(CultureInfo.InvariantCulture),
            (TypeKind.Decimal, _) => Decimal(value) is { } amount ? amount + "m" : null,
            (TypeKind.Double, _) => Decimal(value),
            (TypeKind.Bool, JsonBool flag) => flag.Value ? "true" : "false",
            (TypeKind.YesNo, JsonString { Value: "Y" }) => "true",
            (TypeKind.YesNo, JsonString { Value: "N" }) => "false",
            (TypeKind.Date, JsonString text) when Day(text.Value) is { } day => $"new DateOnly({day.Year}, {day.Month}, {day.Day})",
            (TypeKind.DateTime, JsonString text) when Moment(text.Value) => $"DateTimeOffset.Parse({CSharpLiteral.Of(text.Value)}, CultureInfo.InvariantCulture)",
            (TypeKind.Union, JsonString text) => CSharpLiteral.Of(text.Value),
            (TypeKind.Union, JsonBool flag) => flag.Value ? "true" : "false",
            (TypeKind.Union, JsonNumber number) => number.TryGetInt64(out var whole) ? whole.ToString(CultureInfo.InvariantCulture) : Decimal(number) is { } amount ? amount + "m" : null,
            _ => null,
        };
    }

    // Names that the type has.
    private string? Selection(FieldSpec field, JsonNode value)
    {
        if (FormOf(field).ItemObject is not { } type || value is not JsonArray { Items: { Count: > 0 } items })
            return null;
        var names = items.OfType<JsonString>().Select(static i => i.Value).Where(n => n == "*" || Find(type.Fields, n) >= 0).ToList();
        return names.Count == items.Count ? $"[{string.Join(", ", names.Select(static n => $"new({CSharpLiteral.Of(n)})"))}]" : null;
    }

    private string? Of(TypedForm form, FieldSpec field, View view, JsonNode value, int indent)
    {
        if (expression?.Invoke(value) is { } code)
            return code;
        switch (form.Kind)
        {
            case TypeKind.Named when value is JsonObject record:
                return Members(form.Object!.Fields, CSharpNames.Members(form.Object, _profile), record, view, indent) is { } members ? "new()" + members : null;
            case TypeKind.Array:
                var items = (value is JsonArray list ? list.Items : [value]).Select(i => Of(form.Element!, field, view, i, indent + 1)).ToList();
                return items.Contains(null) ? null : $"[{string.Join(", ", items)}]";
            case TypeKind.Map when value is JsonObject map:
                var pairs = map.Properties.Select(p => (p.Name, Value: Of(form.Element!, field, view, p.Value, indent + 1))).ToList();
                return pairs.Exists(static p => p.Value is null) ? null : "new()" + Braces([.. pairs.Select(static p => $"[{CSharpLiteral.Of(p.Name)}] = {p.Value}")], indent);
            case TypeKind.File when value is not JsonNull:
                return File(field, value);
            case TypeKind.Json:
                return $"JsonNode.Parse({CSharpLiteral.Of(value.ToJsonText())})!";
            default:
                return value is JsonNull ? "null" : Scalar(form, value);
        }
    }

    // A name and its content in base64, in the form that the field is sent in.
    private string? File(FieldSpec field, JsonNode value)
    {
        var pair = field.Format switch
        {
            null => value as JsonArray,
            "fileData" when value is JsonObject { Properties: { Count: 1 } members } && members[0].Name == "fileData" => members[0].Value as JsonArray,
            _ => null,
        };
        return pair is { Items: { Count: 2 } items }
            && Text(items[0]) is { } name
            && (items[1] is not JsonString { Value: var base64 } || IsBase64(base64)) && Text(items[1]) is { } content
                ? $"Bitrix24File.FromBytes({name}, Convert.FromBase64String({content}))"
                : null;
    }

    private string? Text(JsonNode value) => expression?.Invoke(value) ?? (value is JsonString text ? CSharpLiteral.Of(text.Value) : null);

    // What fits is written on one line, the rest a member a line.
    private static string Braces(List<string> members, int indent)
    {
        var flat = $" {{ {string.Join(", ", members)} }}";
        if (members.Count == 0)
            return " { }";
        if (flat.Length <= 60 && !flat.Contains('\n'))
            return flat;
        var margin = new string(' ', 4 * indent);
        return $"\n{margin}{{\n{string.Concat(members.Select(m => $"{margin}    {m},\n"))}{margin}}}";
    }

    private static string? Decimal(JsonNode value) => value switch
    {
        JsonNumber number when number.TryGetDecimal(out var amount) => amount.ToString(CultureInfo.InvariantCulture),
        JsonString text when decimal.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount) => amount.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    private static DateTime? Day(string text) =>
        text.Length >= 10 && DateTime.TryParseExact(text.Substring(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static bool IsBase64(string text)
    {
        try
        {
            return Convert.ToBase64String(Convert.FromBase64String(text)) == text;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool Moment(string text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
