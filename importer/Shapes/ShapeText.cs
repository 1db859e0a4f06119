using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Shapes;

/// <summary>Shapes in words, for messages.</summary>
public static class ShapeText
{
    public static string Of(Shape shape) => shape switch
    {
        ScalarShape when ReferenceEquals(shape, Shape.Nothing) => "null",
        ScalarShape { Kind: TypeKind.YesNo } => "yn",
        ScalarShape scalar => scalar.Kind.ToString().ToLowerInvariant(),
        ListShape list => Of(list.Item) + "[]",
        MapShape map => $"map<{Of(map.Value)}>",
        UnionShape union => string.Join('|', union.Alternatives.Select(Of)),
        _ => "object",
    };
}
