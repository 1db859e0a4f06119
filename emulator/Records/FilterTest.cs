namespace Bitrix24.Gen.Emulator.Records;

/// <summary>The filter operators that profiles name.</summary>
internal static class FilterTest
{
    /// <summary>A test of values against an expectation, which is taken apart once.</summary>
    /// <param name="operation">The operator's name in the profile.</param>
    /// <param name="expected">What the condition wants.</param>
    /// <param name="zero">Of a number or a flag: nothing is kept as 0 and N are, and answered so.</param>
    public static Func<object?, bool> Of(string operation, object? expected, bool zero) => operation switch
    {
        "equals" or "in" => Equal(expected, zero),
        "notEquals" or "notIn" => Not(Equal(expected, zero)),
        "greater" => Compares(expected, static sign => sign > 0),
        "greaterOrEqual" => Compares(expected, static sign => sign >= 0),
        "less" => Compares(expected, static sign => sign < 0),
        "lessOrEqual" => Compares(expected, static sign => sign <= 0),
        "contains" => Contains(expected),
        "notContains" => Not(Contains(expected)),
        "like" => Like(expected),
        "notLike" => Not(Like(expected)),
        "between" => Lies(expected),
        "notBetween" => Not(Lies(expected)),
        _ => static _ => true,
    };

    private static Func<object?, bool> Not(Func<object?, bool> test) => actual => !test(actual);

    /// <summary>A text between percent signs is looked for within the value, as the older filters do.</summary>
    private static Func<object?, bool> Equal(object? expected, bool zero) =>
        expected is string { Length: > 2 } text && text[0] == '%' && text[^1] == '%' ? Like(expected) : Any(expected, zero);

    private static Func<object?, bool> Any(object? expected, bool zero)
    {
        var wanted = expected is JsonArray many ? many.Select(static m => Scalar.Of(m)).ToArray() : [Scalar.Of(expected)];
        var unset = zero && Array.Exists(wanted, static w => w.IsUnset);
        return actual => Members(actual).Any(value => Scalar.Of(value) is var scalar && ((unset && scalar.IsNothing) || Array.Exists(wanted, w => scalar.CompareTo(w) == 0)));
    }

    /// <summary>What a value says: each of a list; of multi-fields, the values.</summary>
    private static IEnumerable<object?> Members(object? actual) =>
        actual is JsonArray values ? values.Select(static v => v is JsonObject item ? item["VALUE"] ?? item["value"] : v).DefaultIfEmpty() : [actual];

    private static Func<object?, bool> Compares(object? expected, Func<int, bool> holds)
    {
        var wanted = Scalar.Of(expected);
        return actual => !Values.IsNothing(actual) && holds(Scalar.Of(actual).CompareTo(wanted));
    }

    private static Func<object?, bool> Contains(object? expected)
    {
        // A list of parts: any of them.
        var parts = (expected is JsonArray many ? many.Select(JsonValues.Text) : [Values.Text(expected)]).OfType<string>().Select(static p => p.Trim('%')).ToArray();
        return actual => Members(actual).Any(value => Values.Text(value) is { } text && Array.Exists(parts, p => text.Contains(p, StringComparison.OrdinalIgnoreCase)));
    }

    private static Func<object?, bool> Like(object? expected)
    {
        if (Values.Text(expected) is not { } pattern)
            return static _ => false;
        return actual => Members(actual).Any(value => Values.Text(value) is { } text && Wildcard(text, pattern));
    }

    /// <summary>Matches SQL's wildcards in linear steps: on a mismatch the last <c>%</c> takes one character more.</summary>
    private static bool Wildcard(string text, string pattern)
    {
        var (at, within, star, resume) = (0, 0, -1, 0);
        while (at < text.Length)
        {
            if (within < pattern.Length && pattern[within] == '%')
            {
                star = within++;
                resume = at;
            }
            else if (within < pattern.Length && (pattern[within] == '_' || char.ToUpperInvariant(pattern[within]) == char.ToUpperInvariant(text[at])))
            {
                within++;
                at++;
            }
            else if (star >= 0)
            {
                within = star + 1;
                at = ++resume;
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(within).TrimStart('%').IsEmpty;
    }

    private static Func<object?, bool> Lies(object? expected)
    {
        if (expected is not JsonArray { Count: 2 } range)
            return static _ => false;
        var (low, high) = (Scalar.Of(range[0]), Scalar.Of(range[1]));
        return actual => !Values.IsNothing(actual) && Scalar.Of(actual).CompareTo(low) >= 0 && Scalar.Of(actual).CompareTo(high) <= 0;
    }
}
