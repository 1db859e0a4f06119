using Bitrix24.Gen.Generator.Emitting;
using Bitrix24.Gen.Generator.Model;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Parsing;

/// <summary>Turns type expressions into what C# holds.</summary>
/// <param name="set">The loaded specs.</param>
/// <param name="api">The API.</param>
/// <param name="names">The C# names of its types.</param>
/// <param name="reach">Which views are needed.</param>
/// <param name="from">The namespace of the code that uses the values.</param>
internal sealed class ValueResolver(SpecSet set, string api, ApiNames names, Reachability reach, string from)
{
    private static readonly ValueModel Json = new() { Shape = ValueShape.Scalar, Scalar = TypeKind.Json };

    /// <summary>What a field or parameter holds.</summary>
    /// <param name="field">The field.</param>
    /// <param name="enumType">The struct for its listed values, where it lists some.</param>
    public ValueModel Resolve(FieldSpec field, string? enumType) => Model(TypedForm.Of(set, api, field), enumType);

    public ValueModel Resolve(TypeRef type) => Model(TypedForm.Of(set, api, type), null);

    private ValueModel Model(TypedForm form, string? enumType) => form.Kind switch
    {
        TypeKind.Named => names.Find(form.Object!.File, form.Object.Name) is { } name ? ObjectOf(form.Object, name) : Json,
        TypeKind.Array => new() { Shape = ValueShape.List, Element = Model(form.Element!, enumType), OneOrMany = form.OneOrMany },
        TypeKind.Map => new() { Shape = ValueShape.Map, Element = Model(form.Element!, enumType) },
        TypeKind.Union when form.IsLocalizedText => new() { Shape = ValueShape.LocalizedText },
        TypeKind.Union => new() { Shape = ValueShape.Union, Kinds = form.Kinds },
        TypeKind.String when form.ListedBy is { } scalar => names.Find(scalar.File, scalar.Name) is { } name ? EnumOf(Reference(name.Namespace, name.Name)) : Json,
        TypeKind.String when form.Listed is not null && enumType is not null => EnumOf(enumType),
        _ => new() { Shape = ValueShape.Scalar, Scalar = form.Kind },
    };

    private ValueModel ObjectOf(TypeSpec spec, TypeName name) => new()
    {
        Shape = ValueShape.Object,
        CSharpType = Reference(name.Namespace, name.Name),
        InputOnly = reach.IsInputOnly(spec),
        CarriesText = CarriesText(spec),
    };

    private static bool CarriesText(TypeSpec spec)
    {
        foreach (var field in spec.Fields)
        {
            if (field.Type.Kind == TypeKind.String && string.Equals(field.Name, "value", StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static ValueModel EnumOf(string type) =>
        new() { Shape = ValueShape.Enum, Scalar = TypeKind.String, CSharpType = type };

    /// <summary>A type as code in <c>from</c> writes it.</summary>
    public string Reference(string @namespace, string name) =>
        @namespace == from ? SourceFile.Own + name : Global(@namespace, name);

    public static string Global(string @namespace, string name) =>
        "global::" + SourceFile.Qualified(ApiNames.Qualify(@namespace, name));
}
