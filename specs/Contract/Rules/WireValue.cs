using System.Globalization;

#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>What a server takes for a value of a kind: PHP's ideas of numbers, lists and emptiness.</summary>
internal static class WireValue
{
    private const string NumberCharacters = "0123456789+-.eE \t\n\r";

    private static readonly string[] TruthWords = ["Y", "N", "true", "false"];

    public static bool IsScalar(ValueForm form) => form is ValueForm.Bool or ValueForm.Number or ValueForm.Text;

    public static bool IsObject<TValue>(TValue value)
        where TValue : struct, IRuleValue<TValue> => value.Form == ValueForm.Object || (value.Form == ValueForm.List && value.Count == 0);

    /// <summary>Whether a scalar, date, file or JSON value has the right form.</summary>
    public static bool IsOf<TValue>(ValueKind kind, TValue value)
        where TValue : struct, IRuleValue<TValue> => kind switch
        {
            ValueKind.String or ValueKind.Date or ValueKind.DateTime => value.Form == ValueForm.Text,
            ValueKind.Int or ValueKind.Long => TryNumber(value, out var number) && decimal.Truncate(number) == number,
            ValueKind.Double or ValueKind.Decimal => value.Form == ValueForm.Number || TryNumber(value, out _),
            ValueKind.Bool => value.Form == ValueForm.Bool,
            ValueKind.YesNo => value.Form == ValueForm.Text && (value.TextIs("Y") || value.TextIs("N")),
            _ => true,
        };

    /// <summary>
    /// Whether PHP makes a value of the kind of it: a number is a text, an empty text is no number and no, and 0, 1, an empty text, and
    /// Y, N, true and false in any case are truth values.
    /// </summary>
    public static bool IsLoosely<TValue>(ValueKind kind, TValue value)
        where TValue : struct, IRuleValue<TValue> => kind switch
        {
            ValueKind.String => value.Form == ValueForm.Number,
            ValueKind.Int or ValueKind.Long or ValueKind.Double or ValueKind.Decimal => value.Form == ValueForm.Text && value.TextIs(""),
            ValueKind.YesNo => value.Form == ValueForm.Text && value.TextIs(""),
            ValueKind.Bool => value.Form is ValueForm.Number or ValueForm.Text
                && (value.TextIs("0") || value.TextIs("1")
                    || (value.Form == ValueForm.Text && IsTruthWord(value.Text))),
            _ => false,
        };

    /// <summary>Whether a value is how PHP code empties a list or an object: false, or an empty text.</summary>
    public static bool IsNothing<TValue>(TValue value)
        where TValue : struct, IRuleValue<TValue> =>
            (value.Form == ValueForm.Text && value.TextIs("")) || (value.Form == ValueForm.Bool && value.Text == "false");

    /// <summary>
    /// Whether the server takes the value without a word and reads it its own way: a truth value is 1, and 0 or nothing, and where
    /// it compares with Y, some methods hold true, 1 and such texts for Y, others for N.
    /// </summary>
    public static bool IsTaken<TValue>(ValueKind kind, TValue value)
        where TValue : struct, IRuleValue<TValue> =>
        (value.Form == ValueForm.Bool && kind is ValueKind.YesNo or ValueKind.String or ValueKind.Int or ValueKind.Long) || (kind == ValueKind.YesNo && IsLoosely(ValueKind.Bool, value));

    private static bool IsTruthWord(string text) =>
        text.Length == 0 || Array.Exists(TruthWords, word => word.Equals(text, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads a number or a numeric text; magnitudes beyond a decimal's read as the nearest one.</summary>
    public static bool TryNumber<TValue>(TValue value, out decimal number)
        where TValue : struct, IRuleValue<TValue>
    {
        number = 0;
        return value.Form switch
        {
            ValueForm.Number => value.TryDecimal(out number) || TryNumber(value.Text, out number),
            ValueForm.Text => TryNumber(value.Text, out number),
            _ => false,
        };
    }

    /// <summary>Reads a numeric text; magnitudes beyond a decimal's read as the nearest one.</summary>
    public static bool TryNumber(string text, out decimal number)
    {
        number = 0;
        if (!HasNumberCharacters(text) || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            return false;
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number))
            number = text.TrimStart().StartsWith("-", StringComparison.Ordinal) ? decimal.MinValue : decimal.MaxValue;
        return true;
    }

    /// <summary>Length in characters as PHP counts them: a surrogate pair is one.</summary>
    public static int Length(string text)
    {
        var length = text.Length;
#if !BITRIX24_SPECS
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
            return length;
#endif
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i - 1], text[i]))
                length--;
        }

        return length;
    }

    private static bool HasNumberCharacters(string text)
    {
        foreach (var c in text)
        {
            if (NumberCharacters.IndexOf(c) < 0)
                return false;
        }

        return true;
    }
}
