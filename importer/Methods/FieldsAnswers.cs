using Bitrix24.Gen.Importer.Shapes;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Methods;

/// <summary>Answers of <c>*.fields</c>-like methods are keyed by field names, which are data: maps of one description.</summary>
internal static class FieldsAnswers
{
    private const int FewestDescriptions = 2;
    private const int FewestTitles = 5;
    private const int MaxDepth = 4;

    /// <summary>Turns objects of field descriptions into maps, and takes a map that stands alone out of the object around it.</summary>
    public static void Apply(MethodDoc method)
    {
        if (method is not { Operation: Operation.Fields, Result: { } result })
            return;
        method.Result = Map(result, 0);
        if (method.ResultAt is null && method.Result is ObjectShape { Members: [{ Shape: MapShape map } only] })
            (method.ResultAt, method.Result) = (only.Name, map);
    }

    private static Shape Map(Shape shape, int depth)
    {
        switch (shape)
        {
            case ListShape list when depth < MaxDepth:
                return new ListShape(Map(list.Item, depth + 1));
            case ObjectShape obj when !IsDescription(obj) && Descriptions(obj) is { Count: > 0 } descriptions
                && (descriptions.Count >= FewestDescriptions || descriptions.Count == obj.Members.Count):
                return new MapShape(Description((ObjectShape)descriptions.Aggregate(static (a, b) => ShapeMerge.Join(a, b))));
            case ObjectShape { Members.Count: >= FewestTitles } titles when !IsDescription(titles) && titles.Members.TrueForAll(static m => m.Shape is ScalarShape { Kind: TypeKind.String }):
                return new MapShape(Shape.String);
            case ObjectShape obj when depth < MaxDepth && !IsDescription(obj):
                foreach (var member in obj.Members)
                    member.Shape = Map(member.Shape, depth + 1);
                return obj;
            default:
                return shape;
        }
    }

    // Rows of a table that tell what a description holds may have come in beside the fields; they are no descriptions themselves.
    private static List<Shape> Descriptions(ObjectShape obj) =>
        [.. obj.Members.Select(static m => m.Shape).OfType<ObjectShape>().Where(IsDescription)];

    private static bool IsDescription(ObjectShape shape) => HasType(shape) && shape.Members.Count(static m => m.Shape is ObjectShape inner && HasType(inner)) < FewestDescriptions;

    private static bool HasType(ObjectShape shape) => shape.Find("type") is { Shape: ScalarShape or UnionShape };

    // What a list of allowed values or a field's settings hold differs from field to field.
    private static ObjectShape Description(ObjectShape shape)
    {
        shape.Name ??= "FieldDescription";
        foreach (var member in shape.Members.Where(static m => m.Shape is ObjectShape))
            member.Shape = Shape.Json;
        return shape;
    }
}
