using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>Reads numbers of answers as servers write them: as numbers or as text.</summary>
internal static class NumberText
{
    public static bool TryRead(JsonElement value, out decimal number)
    {
        number = 0;
        return value.ValueKind == JsonValueKind.Number
            ? value.TryGetDecimal(out number) || WireValue.TryNumber(value.GetRawText(), out number)
            : value.ValueKind == JsonValueKind.String && WireValue.TryNumber(value.GetString()!, out number);
    }
}
