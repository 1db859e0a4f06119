using System.Linq;
using Bitrix24.Gen.Generator.Model;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Parsing;

/// <summary>Turns type expressions into what C# holds.</summary>
internal sealed class ValueResolver(SpecSet set, string api, ApiNames names, Reachability reach)
{
    // Deeper than any API nests; a spec that refers to itself without end stops here.
    private const int MaxDepth = 16;

    private static readonly ValueModel Json = new() { Shape = ValueShape.Scalar, Scalar = TypeKind.Json };

    /// <summary>What a field or parameter holds.</summary>
    /// <param name="field">The field.</param>
    /// <param name="enumType">The struct for its listed values, where it lists some.</param>
    public ValueModel Resolve(FieldSpec field, string? enumType)
    {
        var value = Resolve(field.Type, enumType, 0);
        return field.Multiple && value.Shape is not (ValueShape.List or ValueShape.Map) ? ListOf(value) : value;
    }

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
            var own = scalar.Enum.Count > 0 ? Global(name.Namespace, name.Name) : enumType;
            return Resolve(scalar.Type, own, depth + 1) with { ScalarRules = scalar };
        }

        return new()
        {
            Shape = ValueShape.Object,
            CSharpType = Global(name.Namespace, name.Name),
            Descriptor = Global(name.Namespace, name.Descriptors) + "." + name.Name,
            InputOnly = reach.IsInputOnly(spec),
        };
    }

    private ValueModel ResolveUnion(TypeRef type, string? enumType, int depth)
    {
        var values = type.Alternatives.Select(a => Resolve(a, enumType, depth + 1)).Distinct().ToArray();
        if (values.Length == 1)
            return values[0];
        if (values.Length == 2 && values.SingleOrDefault(static v => v.Shape == ValueShape.List) is { Element: { } element } list
            && values.Single(v => v != list) == element)
            return list with { OneOrMany = true };
        if (values.All(static v => v.Shape == ValueShape.Scalar && v.Scalar is not (TypeKind.Json or TypeKind.File)))
            return new() { Shape = ValueShape.Union, Kinds = values.Select(static v => new TypeRef(v.Scalar)).Distinct().ToEquatableArray() };
        return Json;
    }

    private static ValueModel ListOf(ValueModel element) => new() { Shape = ValueShape.List, Element = element };

    private static ValueModel EnumOf(string type) =>
        new() { Shape = ValueShape.Enum, Scalar = TypeKind.String, CSharpType = type };

    public static string Global(string @namespace, string name) => "global::" + string.Join(".", ApiNames.Qualify(@namespace, name).Split('.').Select(CSharpNames.Escape));
}
