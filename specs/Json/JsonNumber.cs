using System.Globalization;

namespace Bitrix24.Gen.Specs;

/// <summary>A JSON number, kept as it was written.</summary>
public sealed class JsonNumber(TextRange range, string text) : JsonNode(JsonKind.Number, range)
{
    public string Text { get; } = text;

    /// <summary>Reads a whole number; <c>5.0</c> and <c>5e1</c> are whole too.</summary>
    public bool TryGetInt64(out long value)
    {
        if (long.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value))
            return true;
        if (!TryGetDecimal(out var number) || decimal.Truncate(number) != number
            || number < long.MinValue || number > long.MaxValue)
        {
            return false;
        }

        value = (long)number;
        return true;
    }

    public bool TryGetDecimal(out decimal value) =>
        decimal.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    public bool TryGetDouble(out double value) =>
        double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
        && !double.IsInfinity(value);
}
