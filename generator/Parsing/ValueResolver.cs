using System.Linq;
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
    // Deeper than any API nests; a spec that refers to itself without end stops here.
    private const int MaxDepth = 16;

    private static readonly ValueModel Json = new() { Shape = ValueShape.Scalar, Scalar = TypeKind.Json };

    /// <summary>What a field or parameter holds.</summary>
    /// <param name="field">The field.</param>
    /// <param name="enumType">The struct for its listed values, where it lists some.</param>
    public ValueModel Resolve(FieldSpec field, string? enumType) => Resolve(field.Type, enumType, 0);

    public ValueModel Resolve(TypeRef type) => Resolve(type, null, 0);

    private ValueModel Resolve(TypeRef type, string? enumType, int depth)
    {
        if (depth > MaxDepth)
            return Json;
        return type.Kind switch
        {
            TypeKind.Named => ResolveNamed(type, enumType, depth),
            TypeKind.Array => ListOf(Resolve(type.Element!, enumType, depth + 1)),
            TypeKind.Map => new() { Shape = ValueShape.Map, Element = Resolve(type.Element!, enumType, depth + 1) },
            TypeKind.Union => ResolveUnion(type, enumType, depth),
            TypeKind.Unstated => Json,
            TypeKind.String when enumType is not null => EnumOf(enumType),
            _ => new() { Shape = ValueShape.Scalar, Scalar = type.Kind },
        };
    }

    private ValueModel ResolveNamed(TypeRef type, string? enumType, int depth)
    {
        if (set.ResolveType(type, api) is not { } spec || names.Find(spec.File, spec.Name) is not { } name)
            return Json;
        if (spec.Scalar is { } scalar)
        {
            var own = scalar.Enum.Count > 0 ? Reference(name.Namespace, name.Name) : enumType;
            return Resolve(scalar.Type, own, depth + 1);
        }

        return new()
        {
            Shape = ValueShape.Object,
            CSharpType = Reference(name.Namespace, name.Name),
            InputOnly = reach.IsInputOnly(spec),
            CarriesText = CarriesText(spec),
        };
    }

    private static bool CarriesText(TypeSpec spec)
    {
        foreach (var field in spec.Fields)
        {
            if (field.Type.Kind == TypeKind.String && string.Equals(field.Name, "value", StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private ValueModel ResolveUnion(TypeRef type, string? enumType, int depth)
    {
        var values = type.Alternatives.Select(a => Resolve(a, enumType, depth + 1)).Distinct().ToArray();
        if (values.Length == 1)
            return values[0];
        if (values.Length == 2 && values.SingleOrDefault(static v => v.Shape == ValueShape.List) is { Element: { } element } list
            && values.Single(v => v != list) == element)
            return list with { OneOrMany = true };
        // An object, and shorter forms of it: typed code writes the object.
        if (values.Where(static v => v.Shape == ValueShape.Object).ToArray() is [var only]
            && values.All(v => v == only || v.Shape == ValueShape.List || v is { Shape: ValueShape.Scalar, Scalar: not TypeKind.Json }))
            return only;
        if (values.All(static v => v.Shape == ValueShape.Scalar && v.Scalar is not (TypeKind.Json or TypeKind.File)))
            return new() { Shape = ValueShape.Union, Kinds = values.Select(static v => new TypeRef(v.Scalar)).Distinct().ToEquatableArray() };
        return Json;
    }

    private static ValueModel ListOf(ValueModel element) => new() { Shape = ValueShape.List, Element = element };

    private static ValueModel EnumOf(string type) =>
        new() { Shape = ValueShape.Enum, Scalar = TypeKind.String, CSharpType = type };

    /// <summary>A type as code in <c>from</c> writes it.</summary>
    public string Reference(string @namespace, string name) =>
        @namespace == from ? SourceFile.Own + name : Global(@namespace, name);

    public static string Global(string @namespace, string name) =>
        "global::" + SourceFile.Qualified(ApiNames.Qualify(@namespace, name));
}
