using System.Globalization;

namespace Bitrix24.Gen.Specs;

/// <summary>Rules that cannot hold (B24005): for the type, or for each other.</summary>
internal static class FieldRuleChecks
{
    [Flags]
    private enum Kinds
    {
        Text = 1,
        Number = 2,
        List = 4,
        Other = 8,
        Any = Text | Number | List | Other,
    }

    /// <summary>Reports rules that cannot hold and returns the field without them.</summary>
    public static FieldSpec Check(SpecObject value, FieldSpec field)
    {
        var kinds = KindsOf(field.Type);
        if ((kinds & Kinds.Text) == 0)
        {
            if (Report(field.Pattern is not null, "pattern", "is for text"))
                field = field with { Pattern = null };
            if (Report(field.MinLength is not null, "minLength", "is for text") | Report(field.MaxLength is not null, "maxLength", "is for text"))
                field = field with { MinLength = null, MaxLength = null };
        }

        if ((kinds & Kinds.Number) == 0)
        {
            var fix = (kinds & Kinds.Text) != 0 ? "is for numbers; the limit of a text is {0}Length" : "is for numbers";
            if (Report(field.Min is not null, "min", string.Format(CultureInfo.InvariantCulture, fix, "min"))
                | Report(field.Max is not null, "max", string.Format(CultureInfo.InvariantCulture, fix, "max")))
            {
                field = field with { Min = null, Max = null };
            }
        }

        if ((kinds & Kinds.List) == 0)
        {
            if (Report(field.MinItems is not null, "minItems", "is for lists"))
                field = field with { MinItems = null };

            // Of a number, maxItems says how many records it may ask for.
            if (Report(field.MaxItems is not null && (kinds & Kinds.Number) == 0, "maxItems", "is for lists, and for numbers that ask for a count"))
                field = field with { MaxItems = null };
            if (Report(field.UniqueBy.Count > 0, "uniqueBy", "is for lists of objects"))
                field = field with { UniqueBy = default };
        }

        if (field.MinLength > field.MaxLength && Above("minLength", "maxLength"))
            field = field with { MinLength = null, MaxLength = null };
        if (field.Min > field.Max && Above("min", "max"))
            field = field with { Min = null, Max = null };
        if (field.MinItems > field.MaxItems && Above("minItems", "maxItems"))
            field = field with { MinItems = null, MaxItems = null };
        if (EnumProblem(field) is { } wrong && Report(true, "enum", wrong))
            field = field with { Enum = default };
        if (value.Get("default") is { } given && DefaultProblem(field, given) is { } problem && Report(true, "default", problem))
            field = field with { Default = null };
        return field;

        bool Report(bool holds, string key, string what)
        {
            if (holds)
                value.Report(RuleIds.SpecRule, key, $"\"{key}\" {what}; this is {Shown(field.Type)}.");
            return holds;
        }

        bool Above(string least, string most)
        {
            value.Report(RuleIds.SpecRule, least, $"\"{least}\" is above \"{most}\", so that no value fits; swap or correct them.");
            return true;
        }
    }

    private static string Shown(TypeRef type) => BindContext.Quote(type.ToString());

    private static Kinds KindsOf(TypeRef type) => type.Kind switch
    {
        TypeKind.String or TypeKind.Date or TypeKind.DateTime => Kinds.Text,
        TypeKind.Int or TypeKind.Long or TypeKind.Double or TypeKind.Decimal => Kinds.Number,
        TypeKind.Bool or TypeKind.YesNo or TypeKind.File => Kinds.Other,
        TypeKind.Array => Kinds.List | KindsOf(type.Element!),
        TypeKind.Map => Kinds.List | KindsOf(type.Element!),
        TypeKind.Union => KindsOf(type.Alternatives),
        _ => Kinds.Any,
    };

    private static Kinds KindsOf(EquatableArray<TypeRef> types)
    {
        var kinds = default(Kinds);
        foreach (var type in types)
            kinds |= KindsOf(type);
        return kinds;
    }

    private static string? EnumProblem(FieldSpec field)
    {
        var type = field.Type.Kind == TypeKind.Array ? field.Type.Element! : field.Type;
        if (field.Enum.Count == 0)
            return null;
        switch (type.Kind)
        {
            case TypeKind.Int or TypeKind.Long:
                foreach (var value in field.Enum)
                {
                    if (!long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
                        return $"has \"{BindContext.Quote(value)}\", which is no whole number";
                }

                return null;
            case TypeKind.File or TypeKind.Map:
                return "is for texts and numbers";
            default:
                return null;
        }
    }

    private static string? DefaultProblem(FieldSpec field, JsonNode given)
    {
        if (given is JsonNull)
            return null;
        if (!Fits(field.Type, given))
            return $"is {SpecObject.Describe(given)}, which the type does not take";
        var text = given is JsonString s ? s.Value : given.ToJsonText();
        if (field.Enum.Count > 0 && given is not (JsonArray or JsonObject) && !Contains(field.Enum, text))
            return $"is \"{BindContext.Quote(text)}\", which \"enum\" does not allow ({BindContext.Hint(text, field.Enum).TrimEnd('.')})";
        if (given is JsonNumber number && number.TryGetDecimal(out var value) && (value < field.Min || value > field.Max))
            return "lies outside \"min\" and \"max\"";
        if (given is JsonString && (text.Length < field.MinLength || text.Length > field.MaxLength))
            return "has a length outside \"minLength\" and \"maxLength\"";
        return null;
    }

    private static bool Fits(TypeRef type, JsonNode given)
    {
        switch (type.Kind)
        {
            case TypeKind.Int or TypeKind.Long:
                return given is JsonNumber number && number.TryGetInt64(out _);
            case TypeKind.Double or TypeKind.Decimal:
                return given is JsonNumber;
            case TypeKind.Bool:
                return given is JsonBool;
            case TypeKind.YesNo:
                return given is JsonBool or JsonString { Value: "Y" or "N" };
            case TypeKind.String or TypeKind.Date or TypeKind.DateTime:
                return given is JsonString;
            case TypeKind.Array:
                if (given is not JsonArray list)
                    return false;
                foreach (var item in list.Items)
                {
                    if (!Fits(type.Element!, item))
                        return false;
                }

                return true;
            case TypeKind.Map:
                return given is JsonObject or JsonArray { Items.Count: 0 };
            case TypeKind.Union:
                foreach (var alternative in type.Alternatives)
                {
                    if (Fits(alternative, given))
                        return true;
                }

                return false;
            default:
                return true;
        }
    }

    private static bool Contains(EquatableArray<string> values, string text)
    {
        foreach (var value in values)
        {
            if (string.Equals(value, text, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
