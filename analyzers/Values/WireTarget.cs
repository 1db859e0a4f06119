using System.Linq;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Analyzers.Values;

/// <summary>The field or parameter that a typed C# value is sent as; it decides the form on the wire.</summary>
/// <param name="Name">The name on the wire.</param>
/// <param name="Values">The values that the spec lists.</param>
/// <param name="Labels">What people call them.</param>
/// <param name="Type">The type of the value, or of an item of it.</param>
/// <param name="Specs">The specs that resolve the type.</param>
/// <param name="Api">The API.</param>
internal sealed record WireTarget(string Name, EquatableArray<string> Values, EquatableArray<ValueLabel> Labels, TypeRef Type, SpecSet Specs, string Api)
{
    // Deeper than named scalars are nested; a spec that refers to itself stops here.
    private const int MaxDepth = 16;

    /// <summary>The field itself.</summary>
    public static WireTarget Of(FieldSpec field, SpecSet specs, string api) => new WireTarget(field.Name, field.Enum, field.Labels, field.Type, specs, api).Resolve();

    /// <summary>A C# bool is sent as <c>Y</c> or <c>N</c>.</summary>
    public bool IsYesNo => Type.Kind == TypeKind.YesNo;

    /// <summary>What the items of a list or the values of a map are sent as; null where the value has none.</summary>
    public WireTarget? Element => Type is { Kind: TypeKind.Array or TypeKind.Map, Element: { } element } ? (this with { Type = element }).Resolve() : null;

    /// <summary>The text that a named constant of a generated enumeration is sent as; null where the spec has no such value.</summary>
    public string? ValueOf(string enumeration, string constant)
    {
        var names = CSharpNames.Constants(Values, enumeration, Specs.Profile(Api), label: v => Labels.FirstOrDefault(l => l.Value == v)?.Label);
        for (var i = 0; i < names.Count; i++)
        {
            if (string.Equals(names[i], constant, StringComparison.Ordinal))
                return Values[i];
        }

        return null;
    }

    /// <summary>As the generator resolves types: named scalars are what they stand for, and alternatives of one kind are that kind.</summary>
    private WireTarget Resolve()
    {
        var target = this;
        for (var depth = 0; depth < MaxDepth; depth++)
        {
            if (target.Type.Kind == TypeKind.Named && Specs.ResolveType(target.Type, Api) is { Scalar: { } scalar })
                target = target with { Type = scalar.Type, Values = scalar.Enum.Count > 0 ? scalar.Enum : target.Values, Labels = scalar.Enum.Count > 0 ? scalar.Labels : target.Labels };
            else if (target.Type.Kind == TypeKind.Union && Single(target) is { } single)
                target = target with { Type = single };
            else
                break;
        }

        return target;
    }

    /// <summary>The one type that all alternatives come to, or the list of <c>T|T[]</c>.</summary>
    private static TypeRef? Single(WireTarget union)
    {
        var types = union.Type.Alternatives.Select(a => (union with { Type = a }).Resolve().Type).Distinct().ToList();
        return types.Count == 1 ? types[0]
            : types.Count == 2 && types.SingleOrDefault(static t => t.Kind == TypeKind.Array) is { Element: { } element } list
                && (union with { Type = element }).Resolve().Type == types.Single(t => t != list) ? list
            : null;
    }
}
