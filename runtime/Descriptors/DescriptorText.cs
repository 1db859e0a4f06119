using System.Globalization;

namespace Bitrix24.Infrastructure;

/// <summary>
/// Reads the text in which generated code keeps descriptors: it is small, costs the compiler nothing, and becomes objects
/// only when a type is used.
/// </summary>
/// <remarks>
/// Fields are separated by <c>;</c>: <c>name:kind</c>, a letter for the kind, capital letters for flags, a number for the
/// object's type among those that are given beside the text, and for lists of lists the flags of each element after a
/// <c>/</c>. Facts follow as <c>,name</c> or <c>,name=value|value</c>. <c>~</c> and four hexadecimal digits stand for a
/// character that would separate.
/// </remarks>
internal static class DescriptorText
{
    private const string Kinds = "silnmbydtjfou";
    private const string Flags = "ROINLMADFSXGECV";

    /// <summary>The fields of a type or method.</summary>
    public static FieldDescriptor[] Fields(string text, TypeDescriptor[] types)
    {
        if (text.Length == 0)
            return [];
        var parts = text.Split(';');
        var fields = new FieldDescriptor[parts.Length];
        for (var i = 0; i < parts.Length; i++)
            fields[i] = Field(parts[i], types);
        return fields;
    }

    /// <summary>The facts of a method, or those behind a field's kind.</summary>
    public static IEnumerable<(string Name, string[] Values)> Facts(string text)
    {
        if (text.Length == 0)
            yield break;
        foreach (var fact in text.Split(','))
        {
            var equals = fact.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
                yield return (fact, []);
            else
                yield return (fact[..equals], Array.ConvertAll(fact[(equals + 1)..].Split('|'), Plain));
        }
    }

    /// <summary>Errors that rules raise: rule, code and message, which may be empty.</summary>
    public static RuleError[] RuleErrors(string[] values)
    {
        var errors = new RuleError[values.Length / 3];
        for (var i = 0; i < errors.Length; i++)
            errors[i] = new(values[3 * i], values[(3 * i) + 1], values[(3 * i) + 2] is { Length: > 0 } message ? message : null);
        return errors;
    }

    private static FieldDescriptor Field(string text, TypeDescriptor[] types)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var comma = text.IndexOf(',', colon);
        var (kind, shape) = (text[colon + 1], text[(colon + 2)..(comma < 0 ? text.Length : comma)].Split('/'));
        var number = shape[^1].AsSpan().IndexOfAnyInRange('0', '9');
        TypeDescriptor? type = null;
        if (number >= 0)
        {
            type = types[int.Parse(shape[^1].AsSpan(number), CultureInfo.InvariantCulture)];
            shape[^1] = shape[^1][..number];
        }

        FieldDescriptor? element = null;
        for (var i = shape.Length - 1; i > 0; i--)
            element = new("", KindOf(kind), FlagsOf(shape[i]), type) { Element = element };
        var name = Plain(text[..colon]);
        return comma < 0
            ? new(name, KindOf(kind), FlagsOf(shape[0]), type) { Element = element }
            : WithFacts(name, KindOf(kind), FlagsOf(shape[0]), type, element, text[(comma + 1)..]);
    }

    private static FieldDescriptor WithFacts(
        string name, ValueKind kind, FieldFlags flags, TypeDescriptor? type, FieldDescriptor? element, string facts)
    {
        var (view, place, format) = ((View?)null, ParameterLocation.Body, (string?)null);
        var rules = new FactRules();
        foreach (var (fact, values) in Facts(facts))
        {
            switch (fact)
            {
                case "as":
                    view = Enum.Parse<View>(values[0]);
                    break;
                case "in":
                    place = Enum.Parse<ParameterLocation>(values[0]);
                    break;
                case "format":
                    format = values[0];
                    break;
                default:
                    rules.Add(fact, values);
                    break;
            }
        }

        return new(name, kind, flags, type) { As = view, In = place, Format = format, Element = element, Rules = rules.Rules };
    }

    public static ValueKind KindOf(char letter) => (ValueKind)Kinds.IndexOf(letter, StringComparison.Ordinal);

    private static FieldFlags FlagsOf(string letters)
    {
        var flags = FieldFlags.None;
        foreach (var letter in letters)
            flags |= (FieldFlags)(1 << Flags.IndexOf(letter, StringComparison.Ordinal));
        return flags;
    }

    private static string Plain(string text)
    {
        for (var i = text.IndexOf('~', StringComparison.Ordinal); i >= 0; i = text.IndexOf('~', i + 1))
        {
            var c = (char)ushort.Parse(text.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            text = string.Concat(text.AsSpan(0, i), [c], text.AsSpan(i + 5));
        }

        return text;
    }
}
