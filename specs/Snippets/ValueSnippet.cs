using System.Globalization;
using System.Linq;
using System.Text;

namespace Bitrix24.Gen.Specs;

/// <summary>A value of a call, and where typed code puts it.</summary>
/// <param name="Value">The value.</param>
/// <param name="Form">What typed code has there; null: <c>Extra</c>, which holds JSON.</param>
/// <param name="Format">The form in which a date is sent; null: the usual one.</param>
/// <param name="SendsNull">A null is sent; otherwise it counts as nothing.</param>
public readonly record struct SnippetValue(JsonNode Value, TypedForm? Form, string? Format, bool SendsNull);

/// <summary>Values of a call as C# expressions that generated code takes.</summary>
/// <param name="set">The specs.</param>
/// <param name="api">The API.</param>
/// <param name="expression">
/// The C# of a value that stands for code; null: write the value itself. Where it is given, the typed call must send what the call by name sent,
/// where not, the same in meaning.
/// </param>
internal sealed class ValueSnippet(SpecSet set, string api, Func<SnippetValue, string?>? expression)
{
    // The base64 of a file goes without a name, which typed code asks for.
    private const string NamelessFile = "\"file\"";

    private readonly ProfileSpec _profile = set.Profile(api);

    public SpecSet Set { get; } = set;

    /// <summary>The typed call must send the same bytes.</summary>
    public bool SendsSame => expression is not null;

    /// <summary>A field of the portal's own was written.</summary>
    public bool HasExtra { get; private set; }

    /// <summary>The value of a field or parameter; null: typed code cannot say it so.</summary>
    public string? Of(FieldSpec field, JsonNode value, int indent, bool sendsNull = false) => field.As switch
    {
        View.Select => Selection(field, value),
        View.Filter or View.Order => null,
        _ => Of(FormOf(field), field, value, indent, sendsNull),
    };

    /// <summary>Members of a record, in braces; null: typed code cannot say it so.</summary>
    private string? Members(TypeSpec type, JsonObject value, View view, int indent)
    {
        var (fields, names) = (type.Fields, CSharpNames.Members(type, _profile));
        var (members, extra) = (new List<string>(), new List<string>());
        foreach (var property in value.Properties)
        {
            if (Find(fields, property.Name) is not (>= 0 and var index))
            {
                if (!type.HasOwnField(property.Name) || Json(property.Value) is not { } json)
                    return null;
                extra.Add($"[{CSharpLiteral.Of(property.Name)}] = {json}");
                continue;
            }

            var field = fields[index];
            if (field.ReadOnly || (view == View.Update && (field.Immutable || field.Use is not null)))
                return null;
            if (Of(field, property.Value, indent + 1, sendsNull: view == View.Update) is not { } text)
                return null;
            members.Add($"{names[index]} = {text}");
        }

        HasExtra |= extra.Count > 0;
        if (extra.Count > 0)
            members.Add($"Extra ={Braces(extra, indent + 1)}");
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
    public string? Scalar(TypedForm form, JsonNode value) => Scalar(form, null, value, sendsNull: true);

    private string? Scalar(TypedForm form, string? format, JsonNode value, bool sendsNull)
    {
        if (expression?.Invoke(new(value, form, format, sendsNull)) is { } code)
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
            (TypeKind.Date, JsonString text) when (expression is null || (format is null && text.Value.Length == 10)) && Day(text.Value) is { } day =>
                $"new DateOnly({day.Year}, {day.Month}, {day.Day})",
            (TypeKind.DateTime, JsonString text) => Moment(text.Value, format),
            (TypeKind.Union, JsonString text) => CSharpLiteral.Of(text.Value),
            (TypeKind.Union, JsonNumber number) when form.IsLocalizedText => CSharpLiteral.Of(number.Text),
            (TypeKind.Union, JsonBool) when form.IsLocalizedText => null,
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

    private string? Of(TypedForm form, FieldSpec field, JsonNode value, int indent, bool sendsNull)
    {
        if (expression?.Invoke(new(value, form, field.Format, sendsNull)) is { } code)
            return code;
        switch (form.Kind)
        {
            case TypeKind.Named when value is JsonObject record:
                return Members(form.Object!, record, field.As ?? View.Create, indent) is { } members ? "new()" + members : null;
            case TypeKind.Array when expression is null || value is JsonArray:
                var items = (value is JsonArray list ? list.Items : [value]).Select(i => Of(form.Element!, field, i, indent + 1, sendsNull: true)).ToList();
                return items.Contains(null) ? null : $"[{string.Join(", ", items)}]";
            case TypeKind.Map or TypeKind.Union when form.Element is not null && value is JsonObject map:
                var pairs = map.Properties.Select(p => (p.Name, Value: Of(form.Element!, field, p.Value, indent + 1, sendsNull: true))).ToList();
                return pairs.Exists(static p => p.Value is null) ? null : "new()" + Braces([.. pairs.Select(static p => $"[{CSharpLiteral.Of(p.Name)}] = {p.Value}")], indent);
            case TypeKind.File when value is not JsonNull:
                return File(field, value);
            case TypeKind.Json:
                return IsKnown(value) ? Parsed(value) : null;
            default:
                return value is not JsonNull ? Scalar(form, field.Format, value, sendsNull) : expression is null || sendsNull ? "null" : null;
        }
    }

    // A name and its content in base64, or the content alone, in the form that the field is sent in.
    private string? File(FieldSpec field, JsonNode value)
    {
        if (field.Format == "base64")
            return Content(value) is { } bytes ? $"Bitrix24File.FromBytes({NamelessFile}, {bytes})" : null;
        var pair = field.Format switch
        {
            null => value as JsonArray,
            "fileData" when value is JsonObject { Properties: { Count: 1 } members } && members[0].Name == "fileData" => members[0].Value as JsonArray,
            _ => null,
        };
        return pair is { Items: { Count: 2 } items }
            && Text(items[0]) is { } name && Content(items[1]) is { } content
                ? $"Bitrix24File.FromBytes({name}, {content})"
                : null;
    }

    private string? Content(JsonNode value) =>
        (value is not JsonString { Value: var base64 } || IsBase64(base64)) && Text(value) is { } content ? $"Convert.FromBase64String({content})" : null;

    private string? Text(JsonNode value) => expression?.Invoke(new(value, null, null, SendsNull: false)) ?? (value is JsonString text ? CSharpLiteral.Of(text.Value) : null);

    // What Extra holds: a value converts to JSON by itself.
    private string? Json(JsonNode value) => expression?.Invoke(new(value, null, null, SendsNull: true)) ?? value switch
    {
        JsonNull => "null",
        JsonBool flag => flag.Value ? "true" : "false",
        JsonString text => CSharpLiteral.Of(text.Value),
        JsonNumber number => number.TryGetInt64(out var whole) ? whole.ToString(CultureInfo.InvariantCulture) : Decimal(number) is { } amount ? amount + "m" : null,
        JsonArray { Partial: false } list when !IsKnown(list) => list.Items.Select(Json).ToList() is var items && !items.Contains(null) ? $"new JsonArray({string.Join(", ", items)})" : null,
        _ => IsKnown(value) ? Parsed(value) : null,
    };

    private static string Parsed(JsonNode value) => $"JsonNode.Parse({CSharpLiteral.Of(value.ToJsonText())})!";

    private static bool IsKnown(JsonNode value) => value switch
    {
        JsonUnknown => false,
        JsonObject members => !members.Partial && members.Properties.All(static p => IsKnown(p.Value)),
        JsonArray items => !items.Partial && items.Items.All(IsKnown),
        _ => true,
    };

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

    // Without an offset a moment is UTC here; the server may take it otherwise.
    private string? Moment(string text, string? format)
    {
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            return null;
        var offset = DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind).Kind != DateTimeKind.Unspecified;
        if (expression is not null && (format is not null || moment.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture) != text))
            return null;
        return $"DateTimeOffset.Parse({CSharpLiteral.Of(text)}, CultureInfo.InvariantCulture{(offset ? "" : ", DateTimeStyles.AssumeUniversal")})";
    }
}
