using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>The members that a call gives of an object, with those whose names differ from a field's in case only.</summary>
/// <param name="given">The object.</param>
/// <param name="unknown">Names that no field has, where the server may take them in another case; null: none.</param>
internal readonly struct GivenMembers(JsonElement given, List<string>? unknown)
{
    /// <summary>The value of a field, undefined where it is not given, and the name that it stands under.</summary>
    public JsonElement Find(FieldDescriptor field, out string name)
    {
        name = field.Name;
        if (given.ValueKind != JsonValueKind.Object)
            return default;
        if (given.TryGetProperty(field.Utf8Name, out var value) || Slip(name) is not { } slip)
            return value;
        name = slip;
        return given.GetProperty(slip);
    }

    public bool TryGet(string name, out JsonElement value)
    {
        value = default;
        return given.ValueKind == JsonValueKind.Object
            && (given.TryGetProperty(name, out value) || (Slip(name) is { } slip && given.TryGetProperty(slip, out value)));
    }

    private string? Slip(string name) => unknown?.FindLast(given => given.Equals(name, StringComparison.OrdinalIgnoreCase));
}
