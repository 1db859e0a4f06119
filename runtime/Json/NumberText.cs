using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>Reads numbers of answers as servers write them: as numbers or as text.</summary>
internal static class NumberText
{
    /// <summary>A whole number in the range of <see cref="long"/>; null: anything else.</summary>
    public static long? WholeOrNull(JsonElement value) =>
        TryRead(value, out var number) && number is > long.MinValue and < long.MaxValue ? (long)number : null;

    // Text as it stands: half of a surrogate pair cannot be decoded, and no number has escapes.
    public static bool TryRead(JsonElement value, out decimal number)
    {
        number = 0;
        return value.ValueKind == JsonValueKind.Number
            ? value.TryGetDecimal(out number) || WireValue.TryNumber(value.GetRawText(), out number)
            : value.ValueKind == JsonValueKind.String && WireValue.TryNumber(value.GetRawText()[1..^1], out number);
    }
}
