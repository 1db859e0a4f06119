using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>Describes a type by the flags of its fields, as a list or as a map by name.</summary>
internal sealed class FieldsOperation(SpecSet specs)
{
    public Success Run(MethodCall call)
    {
        var described = (call.Table?.Type.Spec.Fields ?? default).Select(f => (f.Name, Shape: Describe(f, call.Method.Api)));
        JsonNode fields;
        if (call.Method.Result?.Type.Kind == TypeKind.Array)
        {
            fields = new JsonArray([.. described.Select(f => Titled(f.Name, f.Shape))]);
        }
        else
        {
            var map = new JsonObject();
            foreach (var (name, shape) in described)
                map[name] = shape;
            fields = map;
        }

        return new Success(ResultShape.At(call.Method.Result, fields));
    }

    private static JsonObject Titled(string name, JsonObject shape)
    {
        var titled = new JsonObject { ["title"] = name };
        foreach (var (key, value) in shape)
            titled[key] = value?.DeepClone();
        return titled;
    }

    private JsonObject Describe(FieldSpec field, string api) => new()
    {
        // A field that is multiple is of its items' type; a list by itself is called one.
        ["type"] = TypeName(field is { Multiple: true, Type: { Kind: TypeKind.Array, Element: { } item } } ? item : field.Type, api),
        // What the server fills in is always there, and that is what it calls required.
        ["isRequired"] = field.Required || (field.ReadOnly && !field.Nullable),
        ["isReadOnly"] = field.ReadOnly,
        ["isImmutable"] = field.Immutable,
        ["isMultiple"] = field.Multiple || field.Type.Kind == TypeKind.Array,
    };

    private string TypeName(TypeRef type, string api) => type.Kind switch
    {
        TypeKind.Int or TypeKind.Long => "integer",
        TypeKind.Double or TypeKind.Decimal => "double",
        TypeKind.Bool => "boolean",
        TypeKind.YesNo => "char",
        TypeKind.Date => "date",
        TypeKind.DateTime => "datetime",
        TypeKind.File => "file",
        TypeKind.Array or TypeKind.Map => "array",
        TypeKind.Named when specs.ResolveType(type, api) is { Scalar: { } scalar } => TypeName(scalar.Type, api),
        TypeKind.Named => "array",
        _ => "string",
    };
}
