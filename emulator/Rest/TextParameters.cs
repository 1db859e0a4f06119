using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Rest;

/// <summary>Query and form know text only: where the spec wants a truth value, its usual words are read as one.</summary>
internal static class TextParameters
{
    public static JsonObject Read(SpecSet specs, MethodSpec method, JsonObject parameters) =>
        Members(specs, method.Api, method.Params, parameters);

    private static JsonObject Members(SpecSet specs, string api, EquatableArray<FieldSpec> fields, JsonObject values)
    {
        var result = new JsonObject();
        foreach (var (name, value) in values)
        {
            var field = fields.FirstOrDefault(f => f.Name == name);
            result[name] = field is null or { As: View.Filter or View.Select or View.Order }
                ? value?.DeepClone()
                : Value(specs, api, field.Type, value);
        }

        return result;
    }

    private static JsonNode? Value(SpecSet specs, string api, TypeRef type, JsonNode? value) => (type.Kind, value) switch
    {
        (TypeKind.Bool, JsonValue) => Truth(JsonValues.Text(value)) is { } truth ? truth : value.DeepClone(),
        (TypeKind.Array or TypeKind.Map, JsonArray items) => new JsonArray([.. items.Select(i => Value(specs, api, type.Element!, i))]),
        (TypeKind.Named, JsonObject members) when specs.ResolveType(type, api) is { Scalar: null } named => Members(specs, api, named.Fields, members),
        _ => value?.DeepClone(),
    };

    private static bool? Truth(string? text) => text switch
    {
        "1" or "true" or "Y" => true,
        "0" or "false" or "N" or "" => false,
        _ => null,
    };
}
