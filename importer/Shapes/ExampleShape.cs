using System.Globalization;
using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Examples;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Shapes;

/// <summary>Guesses shapes from example values.</summary>
public static partial class ExampleShape
{
    private const int FewestAlikeForMap = 3;

    public static Shape Infer(JsonNode node, string name = "")
    {
        switch (node)
        {
            case JsonString text:
                return InferText(text.Value, name);
            case JsonNumber number:
                if (!number.TryGetInt64(out var value) || number.Text.Contains('.', StringComparison.Ordinal))
                    return Shape.Scalar(TypeKind.Decimal);
                return Shape.Scalar(value is > int.MaxValue or < int.MinValue ? TypeKind.Long : NumberNames.KindOfShown(name));
            case JsonBool flag:
                return flag.Value ? Shape.Scalar(TypeKind.Bool) : Shape.FalseValue;
            case JsonArray array:
                // Words among objects are a remark: "48 more of the kind".
                var items = array.Items.Where(static i => i is not JsonString).DefaultIfEmpty().All(static i => i is JsonObject)
                    ? array.Items.Where(static i => i is JsonObject).ToArray()
                    : [.. array.Items];
                return NumberNames.Widen(new ListShape(items.Length == 0 ? Shape.Nothing : items.Select(i => Infer(i, name)).Aggregate(static (a, b) => ShapeMerge.Join(a, b))), name);
            case JsonObject obj:
                return InferObject(obj, name);
            default:
                return Shape.Nothing;
        }
    }

    private static Shape InferText(string text, string name)
    {
        if (text.Length == 0 || Placeholders.IsPlaceholder(text))
            return Shape.EmptyText;
        if (text is "Y" or "N")
            return Shape.Scalar(TypeKind.YesNo);
        if (DateTimePattern().IsMatch(text))
            return Shape.Scalar(TypeKind.DateTime);
        if (DatePattern().IsMatch(text))
            return Shape.Scalar(TypeKind.Date);
        return IdNamePattern().IsMatch(name) && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            ? Shape.Scalar(TypeKind.Long)
            : !decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? Shape.String
            : NumberNames.IsAmount(name) ? Shape.Scalar(TypeKind.Decimal) : Shape.NumericText;
    }

    private static Shape InferObject(JsonObject obj, string name)
    {
        if (LooksLikeMap(obj, name))
            return new MapShape(obj.Properties.Select(p => Infer(p.Value, name)).Aggregate(static (a, b) => ShapeMerge.Join(a, b)));
        var shape = new ObjectShape { FromExample = true };
        foreach (var property in obj.Properties)
        {
            if (shape.Find(property.Name) is null)
                shape.Add(MakeMember(property));
        }

        return shape;
    }

    private static Member MakeMember(JsonProperty property)
    {
        var shape = Infer(property.Value, property.Name);
        return new Member(property.Name, shape) { Nullable = property.Value is JsonNull };
    }

    /// <summary>
    /// Keys that are data: numbers, codes with punctuation (<c>S:Date</c>), codes of access (<c>U12</c>, <c>AU</c>), numbered names (<c>sip7</c>),
    /// languages, or several values of one build.
    /// </summary>
    public static bool LooksLikeMap(JsonObject obj, string name = "")
    {
        if (obj.Properties.Count == 0)
            return false;
        if (obj.Properties.All(static p => DataKeyPattern().IsMatch(p.Name)))
            return true;
        if (obj.Properties.All(static p => AccessCodePattern().IsMatch(p.Name)) && obj.Properties.Any(static p => NumberedKeyPattern().IsMatch(p.Name)))
            return true;
        if (obj.Properties.All(static p => NumberedKeyPattern().IsMatch(p.Name)))
            return true;
        if (obj.Properties.All(static p => p.Value is JsonString) && obj.Properties.Any(static p => p.Name.Contains(':', StringComparison.Ordinal)))
            return true;
        if ((obj.Properties.Count > 1 || name.Contains("lang", StringComparison.OrdinalIgnoreCase))
            && obj.Properties.All(static p => p.Value is JsonString or JsonObject && LanguagePattern().IsMatch(p.Name)))
        {
            return true;
        }

        if (obj.Properties.Count < FewestAlikeForMap)
            return false;
        var objects = obj.Properties.Select(static p => p.Value).OfType<JsonObject>().ToArray();
        if (objects.Length != obj.Properties.Count || objects.Any(static o => o.Properties.Count < 2))
            return false;
        var common = objects[0].Properties.Select(static p => p.Name).ToHashSet(StringComparer.Ordinal);
        var all = new HashSet<string>(common, StringComparer.Ordinal);
        foreach (var other in objects)
        {
            var names = other.Properties.Select(static p => p.Name).ToArray();
            common.IntersectWith(names);
            all.UnionWith(names);
        }

        return common.Count * 2 >= all.Count;
    }

    /// <summary>A name that ends like an identifier's.</summary>
    public static bool IsIdName(string name) => IdNamePattern().IsMatch(name);

    /// <summary>Whether the name says that it identifies something, also where its words run together: <c>TASKID</c>.</summary>
    public static bool IsJoinedIdName(string name) =>
        IsIdName(name) || (name.Length > 3 && name.EndsWith("ID", StringComparison.OrdinalIgnoreCase) && CSharpNames.Pascal(name).EndsWith("Id", StringComparison.Ordinal));

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$|^\d\d\.\d\d\.\d{4} \d\d:\d\d(:\d\d)?$", RegexOptions.NonBacktracking)]
    private static partial Regex DateTimePattern();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d$|^\d\d\.\d\d\.\d{4}$", RegexOptions.NonBacktracking)]
    private static partial Regex DatePattern();

    [GeneratedRegex(@"^(id|ID|Id)$|_ID$|[a-z]I[dD]$|_id$", RegexOptions.NonBacktracking)]
    private static partial Regex IdNamePattern();

    [GeneratedRegex(@"^[a-z]{2}$", RegexOptions.NonBacktracking)]
    private static partial Regex LanguagePattern();

    [GeneratedRegex(@"^\d+$|^[^A-Za-z_]|[^\w]", RegexOptions.NonBacktracking)]
    private static partial Regex DataKeyPattern();

    // "monthNum1" and "Parameter1" count what one object has; the others are keys of records.
    [GeneratedRegex(@"[A-Za-z]\d{3,}$|^[A-Za-z]+_?\d\d$|^[a-z]+\d+$|^[A-Z]{1,3}\d+$", RegexOptions.NonBacktracking)]
    private static partial Regex NumberedKeyPattern();

    [GeneratedRegex(@"^(AU|CR|[A-Z]{1,3}\d+)$", RegexOptions.NonBacktracking)]
    private static partial Regex AccessCodePattern();
}
