using System.Globalization;

#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>Reads <see cref="Notation"/>.</summary>
internal static class NotationReader
{
    /// <summary>The fields of a type, or the parameters of a method.</summary>
    public static FieldDescriptor[] Fields(string text, IReadOnlyList<TypeDescriptor> types)
    {
        if (text.Length == 0)
            return [];
        var parts = text.Split(';');
        var fields = new FieldDescriptor[parts.Length];
        for (var i = 0; i < parts.Length; i++)
            fields[i] = Field(parts[i], types);
        return fields;
    }

    /// <summary>Facts: a name, and values or none.</summary>
    public static IEnumerable<(string Name, string[] Values)> Facts(string text)
    {
        if (text.Length == 0)
            yield break;
        foreach (var fact in text.Split(','))
        {
            var equals = fact.IndexOf('=');
            if (equals < 0)
                yield return (fact, []);
            else
                yield return (fact.Substring(0, equals), Array.ConvertAll(fact.Substring(equals + 1).Split('|'), Notation.Unescape));
        }
    }

    /// <summary>Errors that rules raise: rule, code and message, which may be empty.</summary>
    public static RuleError[] RuleErrors(string[] values)
    {
        var errors = new RuleError[values.Length / 3];
        for (var i = 0; i < errors.Length; i++)
            errors[i] = new(values[3 * i], values[(3 * i) + 1], OrNull(values[(3 * i) + 2]));
        return errors;
    }

    /// <summary>Errors with their texts, which may be empty.</summary>
    public static MethodError[] Errors(string[] values)
    {
        var errors = new MethodError[values.Length / 2];
        for (var i = 0; i < errors.Length; i++)
            errors[i] = new(values[2 * i], OrNull(values[(2 * i) + 1]));
        return errors;
    }

    public static int Int(string text) => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    public static decimal Decimal(string text) => decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);

    /// <summary>What may be empty.</summary>
    public static string? OrNull(string text) => text.Length > 0 ? text : null;

    private static FieldDescriptor Field(string text, IReadOnlyList<TypeDescriptor> types)
    {
        var colon = text.IndexOf(':');
        return Value(Notation.Unescape(text.Substring(0, colon)), text.Substring(colon + 1), types);
    }

    private static FieldDescriptor Value(string name, string text, IReadOnlyList<TypeDescriptor> types)
    {
        var comma = text.IndexOf(',');
        var kind = (ValueKind)Notation.Index(Notation.Kinds, text.Substring(0, 1));
        var levels = text.Substring(1, (comma < 0 ? text.Length : comma) - 1).Split('/');
        var type = TakeType(ref levels[levels.Length - 1], types);
        return comma < 0
            ? new(name, kind, Flags(levels[0]), type) { Element = Element(levels, kind, type, []) }
            : WithFacts(name, kind, levels, type, text.Substring(comma + 1), types);
    }

    private static FieldDescriptor? Element(string[] levels, ValueKind kind, TypeDescriptor? type, FieldDescriptor[] alternatives)
    {
        FieldDescriptor? element = null;
        for (var i = levels.Length - 1; i > 0; i--)
            element = new("", kind, Flags(levels[i]), type) { Element = element, Alternatives = alternatives };
        return element;
    }

    private static TypeDescriptor? TakeType(ref string level, IReadOnlyList<TypeDescriptor> types)
    {
        var number = 0;
        while (number < level.Length && level[number] is < '0' or > '9')
            number++;
        if (number == level.Length)
            return null;
        var type = types[Int(level.Substring(number))];
        level = level.Substring(0, number);
        return type;
    }

    private static FieldDescriptor WithFacts(
        string name, ValueKind kind, string[] levels, TypeDescriptor? type, string text, IReadOnlyList<TypeDescriptor> types)
    {
        View? view = null;
        var location = ParameterLocation.Body;
        string? format = null;
        FieldDescriptor[] alternatives = [];
        string[] aliases = [];
        List<(string, string[])>? rules = null;
        foreach (var (fact, values) in Facts(text))
        {
            switch (fact)
            {
                case "as":
                    view = (View)Notation.Index(Notation.Views, values[0]);
                    break;
                case "in":
                    location = (ParameterLocation)Notation.Index(Notation.Locations, values[0]);
                    break;
                case "format":
                    format = values[0];
                    break;
                case "of":
                    alternatives = Array.ConvertAll(values, alternative => Value("", alternative, types));
                    break;
                case "aliases":
                    aliases = values;
                    break;
                default:
                    (rules ??= []).Add((fact, values));
                    break;
            }
        }

        return new(name, kind, Flags(levels[0]), type)
        {
            As = view,
            In = location,
            Format = format,
            Element = Element(levels, kind, type, alternatives),
            Alternatives = alternatives,
            Aliases = aliases,
            Rules = rules is null ? null : new(rules),
        };
    }

    private static FieldFlags Flags(string letters)
    {
        var flags = FieldFlags.None;
        foreach (var letter in letters)
            flags |= (FieldFlags)(1u << Notation.Index(Notation.Flags, letter.ToString()));
        return flags;
    }
}
