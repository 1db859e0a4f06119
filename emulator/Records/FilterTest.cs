namespace Bitrix24.Gen.Emulator.Records;

/// <summary>The filter operators that profiles name.</summary>
internal static class FilterTest
{
    public static bool Passes(string operation, JsonNode? actual, JsonNode? expected) => operation switch
    {
        "equals" or "in" => IsAny(actual, expected),
        "notEquals" or "notIn" => !IsAny(actual, expected),
        "greater" => Compares(actual, expected, sign => sign > 0),
        "greaterOrEqual" => Compares(actual, expected, sign => sign >= 0),
        "less" => Compares(actual, expected, sign => sign < 0),
        "lessOrEqual" => Compares(actual, expected, sign => sign <= 0),
        "contains" => Contains(actual, expected),
        "notContains" => !Contains(actual, expected),
        "like" => IsLike(actual, expected),
        "notLike" => !IsLike(actual, expected),
        "between" => Lies(actual, expected),
        "notBetween" => !Lies(actual, expected),
        _ => true,
    };

    private static bool IsAny(JsonNode? actual, JsonNode? expected)
    {
        if (expected is JsonArray many)
            return many.Any(one => IsAny(actual, one));
        if (actual is JsonArray values)
            return values.Any(value => IsAny(value, expected));
        return JsonValues.Same(actual, expected);
    }

    private static bool Compares(JsonNode? actual, JsonNode? expected, Func<int, bool> holds) =>
        !JsonValues.IsNothing(actual) && holds(JsonValues.Compare(actual, expected));

    private static bool Contains(JsonNode? actual, JsonNode? expected) =>
        JsonValues.Text(actual) is { } text && JsonValues.Text(expected) is { } part && text.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static bool IsLike(JsonNode? actual, JsonNode? expected)
    {
        if (JsonValues.Text(actual) is not { } text || JsonValues.Text(expected) is not { } pattern)
            return false;
        return Wildcard(text, pattern);
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

    private static bool Lies(JsonNode? actual, JsonNode? expected) =>
        expected is JsonArray { Count: 2 } range
        && Compares(actual, range[0], sign => sign >= 0)
        && Compares(actual, range[1], sign => sign <= 0);
}
