using System.Globalization;
using System.Text.Json;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Records;

/// <summary>The form of a documented answer: names and kinds of values. See docs/spec-format.md, "Answers".</summary>
internal sealed partial class AnswerForm
{
    private const string ValueName = "value";

    /// <summary>Nothing is documented, and a number would be text.</summary>
    private static readonly AnswerForm NullText = Of(Kinds.Null);

    /// <summary>Any text.</summary>
    public static readonly AnswerForm AnyText = Of(Kinds.Text);

    public enum Kinds
    {
        Text,
        Empty,
        Url,
        Int,
        Float,
        Bool,
        YesNo,
        IntText,
        FloatText,
        Time,
        Null,
        Object,
        List,
        Literal,
    }

    public Kinds Kind { get; init; }

    /// <summary>How a time is written.</summary>
    public string? Format { get; init; }

    /// <summary>How many digits behind the point a number in text has at least.</summary>
    public int Digits { get; init; } = 2;

    /// <summary>The members of an object.</summary>
    public IReadOnlyList<KeyValuePair<string, AnswerForm>> Members { get; init; } = [];

    /// <summary>Of a list its items, of an object whose names are data its values.</summary>
    public AnswerForm? Item { get; init; }

    /// <summary>Of a list that the page shows empty, how another page of the entity shows it.</summary>
    public AnswerForm? Filled { get; init; }

    /// <summary>The value of a literal.</summary>
    public JsonNode? Fixed { get; init; }

    /// <summary>Another page of the entity shows the field as null.</summary>
    public bool IsNullable { get; init; }

    public static AnswerForm Of(Kinds kind) => new() { Kind = kind };

    /// <summary>The form that a field's type and wire kind say.</summary>
    public static AnswerForm Of(TypeRef type, WireKind? wire, string? format) => new()
    {
        Format = format,
        Kind = (wire, type.Kind) switch
        {
            (WireKind.String, TypeKind.Int or TypeKind.Long) => Kinds.IntText,
            (WireKind.String, TypeKind.Double or TypeKind.Decimal) => Kinds.FloatText,
            (WireKind.Number, TypeKind.Double or TypeKind.Decimal) => Kinds.Float,
            (WireKind.Number, _) => Kinds.Int,
            (WireKind.Bool, _) => Kinds.Bool,
            (WireKind.YesNo, _) => Kinds.YesNo,
            (_, TypeKind.Int or TypeKind.Long) => Kinds.Int,
            (_, TypeKind.Double or TypeKind.Decimal) => Kinds.Float,
            (_, TypeKind.Bool) => Kinds.Bool,
            (_, TypeKind.YesNo) => Kinds.YesNo,
            (_, TypeKind.Date or TypeKind.DateTime) => Kinds.Time,
            (_, TypeKind.Array) => Kinds.List,
            (_, TypeKind.Map or TypeKind.Named) => Kinds.Object,
            _ => Kinds.Text,
        },
    };

    /// <summary>Of an object, the member that holds the rows of a list.</summary>
    public KeyValuePair<string, AnswerForm>? RowsMember() => Kind != Kinds.Object || Members.Count == 0 ? null
        : Members.Select(static m => (KeyValuePair<string, AnswerForm>?)m).FirstOrDefault(static m => m!.Value.Value is { Kind: Kinds.List, Item.Kind: Kinds.Object })
            ?? Members.Select(static m => (KeyValuePair<string, AnswerForm>?)m).FirstOrDefault(static m => m!.Value.Value is { Kind: Kinds.List } or { Kind: Kinds.Object, Item: not null });

    public AnswerForm? Member(string name) => Members.FirstOrDefault(m => m.Key == name).Value ?? (Members.Count == 0 ? Item : null);

    /// <summary>A kept value in this form.</summary>
    /// <param name="value">The value; null: nothing is kept.</param>
    /// <param name="sample">Make values up where nothing is kept, rather than empty ones.</param>
    public JsonNode? Write(object? value, AnswerSample? sample = null)
    {
        if (value is JsonValue node)
            value = Values.From(node);
        if (value is null)
            return sample is null || IsNullable ? Nothing() : Made(sample, "");
        // What one view shows as an object of texts by language, another shows as one text.
        if (value is JsonObject { Count: > 0 } texts && Kind is Kinds.Text or Kinds.Empty or Kinds.Url && texts.All(static t => t.Value is JsonValue))
            value = JsonValues.Text(texts.First().Value) ?? "";
        if (Filled is not null && value is JsonArray { Count: > 0 } or JsonObject { Count: > 0 })
            return Filled!.Write(value, sample);
        switch (Kind)
        {
            // A text that says nothing is none where the documentation shows none.
            case Kinds.Null when value is "":
                return null;
            case Kinds.Null or Kinds.Text or Kinds.Empty or Kinds.Url:
                return value is long or double && (Kind != Kinds.Null || ReferenceEquals(this, NullText)) ? Values.Text(value) : Values.ToNode(value);
            case Kinds.Int:
                return value is long whole ? whole : value is bool flag ? (flag ? 1 : 0)
                    : long.TryParse(Values.Text(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : Values.ToNode(value);
            case Kinds.Float:
                return Values.Text(value) is { } real && JsonValues.TryNumber(real, out var fraction) ? fraction : Values.ToNode(value);
            case Kinds.IntText:
                return Values.Text(value) is { } digits ? digits : Values.ToNode(value);
            case Kinds.FloatText when Values.Text(value) is { } text:
                return JsonValues.TryNumber(text, out var amount) ? amount.ToString($"0.{new string('0', Digits)}##########", CultureInfo.InvariantCulture) : text;
            case Kinds.FloatText:
                return Values.ToNode(value);
            case Kinds.Bool:
                return Values.Text(value) is { } truth ? JsonValues.Truth(truth) : Values.ToNode(value);
            case Kinds.YesNo:
                return Values.Text(value) is not { } said ? Values.ToNode(value) : IsTruthWord(said) ? JsonValues.Truth(said) ? "Y" : "N" : said;
            case Kinds.Time:
                return Time(value);
            case Kinds.Literal:
                return Fixed?.DeepClone();
            case Kinds.List:
                return Listed(value, sample);
            default:
                return Nested(value, sample);
        }
    }

    // A letter that the page happens to show as Y or N may be a code.
    private static bool IsTruthWord(string text) => text is "" or "0" or "1" or "Y" or "N" or "y" or "n" || bool.TryParse(text, out _);

    /// <summary>A value out of nothing but the form.</summary>
    public JsonNode? Made(AnswerSample sample, string name) => Kind switch
    {
        Kinds.Text => sample.Text(name),
        Kinds.Empty => "",
        Kinds.Url => sample.Url(name),
        Kinds.Int => sample.Number(name),
        Kinds.Float => sample.Number(name) + 0.5,
        Kinds.Bool => true,
        Kinds.YesNo => "Y",
        Kinds.IntText => sample.Number(name).ToString(CultureInfo.InvariantCulture),
        Kinds.FloatText => sample.Number(name).ToString(CultureInfo.InvariantCulture) + ".50",
        Kinds.Time => Time(sample.Now),
        Kinds.Literal => Fixed?.DeepClone(),
        Kinds.List => Item is null ? new JsonArray() : new JsonArray(Item.Made(sample, name)),
        Kinds.Object when Members.Count == 0 => Item is null ? new JsonObject() : new JsonObject { ["1"] = Item.Made(sample, name) },
        Kinds.Object => new JsonObject(Members.Select(m => KeyValuePair.Create(m.Key, m.Value.Made(sample, m.Key)))),
        _ => null,
    };

    /// <summary>What stands where nothing is kept: of the documented kind, without saying anything.</summary>
    private JsonNode? Nothing() => IsNullable ? null : Kind switch
    {
        Kinds.Text or Kinds.Empty or Kinds.Url => "",
        Kinds.Time => Format is null ? null : "",
        Kinds.Int => 0,
        Kinds.Float => 0.0,
        Kinds.Bool => false,
        Kinds.YesNo => "N",
        Kinds.IntText => "0",
        Kinds.FloatText => "0." + new string('0', Digits),
        Kinds.Literal => Fixed?.DeepClone(),
        Kinds.List => new JsonArray(),
        Kinds.Object => new JsonObject(Members.Select(static m => KeyValuePair.Create(m.Key, m.Value.Nothing()))),
        _ => null,
    };

    /// <summary>
    /// A value that a state file wrote, in this form: what is null or missing where the documentation shows a value stands there
    /// without saying anything, and texts, numbers and truth values are as the documentation has them. Names beyond the form stay.
    /// </summary>
    public JsonNode? Complete(JsonNode? value)
    {
        switch (value)
        {
            case JsonObject given when Kind == Kinds.Object:
                var whole = new JsonObject();
                foreach (var (name, member) in given)
                {
                    if (Member(name) is { } known)
                        whole[name] = known.Complete(member);
                    else if (!Members.Any(m => Columns.Fold(m.Key) == Columns.Fold(name)))
                        whole[name] = member?.DeepClone();
                }

                // The page may spell a name in another way (firstName for first_name), or in two.
                foreach (var (name, form) in Members.Where(m => !whole.ContainsKey(m.Key)))
                    whole[name] = given.FirstOrDefault(g => Columns.Fold(g.Key) == Columns.Fold(name)) is { Key: not null } alike ? form.Complete(alike.Value) : form.Nothing();

                return whole;
            case JsonObject { Count: > 0 } or JsonArray { Count: > 0 } when Filled is not null:
                return Filled.Complete(value);
            // PHP writes an empty map as a list: of a page that shows one, a map with entries fits too.
            case JsonObject map when Kind == Kinds.List && Item is null:
                return map.DeepClone();
            case JsonArray list when Kind == Kinds.List && Item is not null:
                return new JsonArray([.. list.Select(Item.Complete)]);
            case JsonArray or JsonObject:
                return Kind is Kinds.Object or Kinds.List ? Write(value) : value.DeepClone();
            case null:
                return Kind == Kinds.Time ? null : Nothing();
            default:
                return Kind is Kinds.Object or Kinds.List or Kinds.Literal || (Kind == Kinds.Time && !JsonValues.IsKeptTime(JsonValues.Text(value))) ? value.DeepClone() : Write(value);
        }
    }

    private JsonNode? Time(object value)
    {
        if (value is DateTimeOffset time || (value is string text && JsonValues.TryTime(text, out time)))
            return JsonValues.FormatTime(time, Format);
        return Values.ToNode(value);
    }

    private JsonNode? Listed(object value, AnswerSample? sample)
    {
        var items = value switch
        {
            JsonArray list => list.Select(static i => (object?)i),
            JsonObject { Count: 0 } => [],
            JsonObject map when map.Count > 0 && map.All(static m => m.Value is JsonObject) => map.Select(static m => (object?)m.Value),
            _ => [value],
        };
        return new JsonArray([.. items.Select(i => Item is null || i is null ? Values.ToNode(i) : Item.Write(i, sample))]);
    }

    private JsonNode? Nested(object value, AnswerSample? sample)
    {
        // An object without members is an empty list to PHP.
        if (value is JsonArray { Count: 0 } && sample is null && (Item is null || Members.Count == 0))
            return new JsonArray();
        if (value is JsonArray { Count: 0 } or false or "")
            return sample is null ? Nothing() : Made(sample, "");
        // PHP writes a map of names as a list where the names are its values: [ "UA" ] is { "UA": "UA" }.
        if (value is JsonArray list && (Item is not null || (Members.Count > 0 && list.All(static i => i is JsonValue))))
            value = new JsonObject(list.Select(static (item, i) => KeyValuePair.Create(JsonValues.Text(item) ?? i.ToString(CultureInfo.InvariantCulture), item?.DeepClone())));
        if (value is string said && Members.Count > 0 && Members.All(static m => m.Value.Kind is Kinds.Text or Kinds.Empty))
            value = new JsonObject(Members.Select(m => KeyValuePair.Create(m.Key, (JsonNode?)said)));
        // The value of a property, which the documentation shows with the id of that value.
        if (value is not JsonNode && Members.Any(static m => m.Key == ValueName))
            value = new JsonObject { [ValueName] = Values.ToNode(value) };
        // PHP shows the members of its time objects, and there are none.
        if (value is DateTimeOffset || (value is string time && Members.Count == 0 && Item is null && JsonValues.TryTime(time, out _)))
            return new JsonObject();
        if (value is not JsonObject given)
            return Values.ToNode(value);
        if (Members.Count == 0)
            return Item is null ? given.DeepClone() : new JsonObject(given.Select(m => KeyValuePair.Create(m.Key, Item.Write(m.Value, sample))));
        if (IsOfAnotherKind(given))
            return given.DeepClone();
        var written = new JsonObject();
        foreach (var (name, form) in Members)
        {
            var member = given.FirstOrDefault(m => m.Key == name);
            if (member.Key is null)
                member = given.FirstOrDefault(m => Columns.Fold(m.Key) == Columns.Fold(name));
            written[name] = form.Write(member.Value, sample);
        }

        foreach (var (name, rest) in given)
        {
            if (!Members.Any(m => Columns.Fold(m.Key) == Columns.Fold(name)))
                written[name] = rest?.DeepClone();
        }

        return written;
    }

    /// <summary>
    /// The page shows settings of one kind of field, and these are of another: they have names that the page has not and lack most of
    /// its names, or have an object where it has a text. Nothing is added to them then.
    /// </summary>
    private bool IsOfAnotherKind(JsonObject given)
    {
        var known = given.Where(g => Members.Any(m => Columns.Fold(m.Key) == Columns.Fold(g.Key))).ToList();
        return (known.Count < given.Count && known.Count * 2 < Members.Count)
            || known.Any(g => g.Value is JsonObject { Count: > 0 } && Member(g.Key)?.Kind is Kinds.Text or Kinds.Empty);
    }
}
