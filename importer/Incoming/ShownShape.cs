using Bitrix24.Gen.Importer.Shapes;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Incoming;

/// <summary>Adds what an example shows to what a table states. All travels as text: the table's types hold.</summary>
internal static class ShownShape
{
    private const int MaxDepth = 24;

    /// <param name="stated">What a table states.</param>
    /// <param name="shown">What an example shows.</param>
    /// <param name="mixed">A text where the table has an object says that it may be either; in examples of events it stands for nothing.</param>
    /// <param name="depth">How deep it is.</param>
    public static Shape Under(Shape? stated, Shape shown, bool mixed = false, int depth = 0)
    {
        if (stated is null || depth > MaxDepth)
            return stated ?? shown;
        if (shown.IsWeak)
            return stated;
        switch (stated, shown)
        {
            case (ListShape list, ListShape items):
                return new ListShape(Under(list.Item, items.Item, mixed, depth + 1));
            case (ListShape list, ObjectShape item) when list.Item is ObjectShape or ScalarShape { Kind: TypeKind.Json }:
                return list.IsOpaque ? shown : new ListShape(Under(list.Item, item, mixed, depth + 1));
            case (ObjectShape { Members.Count: > 0 } x, ObjectShape y):
                return Objects(x, y, mixed, depth);
            // Tables call a list of objects an object.
            case (ObjectShape { Members.Count: > 0 } x, ListShape { Item: ObjectShape y }):
                return new ListShape(Objects(x, y, mixed, depth));
            case (ScalarShape { Kind: not TypeKind.Json } scalar, ScalarShape):
                return scalar;
            // A heading of the same name describes it for some values only.
            case (ObjectShape { Members.Count: > 0 }, ScalarShape) when mixed:
                return Shape.Json;
            // "array" in a table is an object as often as not.
            case (_, ObjectShape { Members.Count: > 0 } or ListShape):
                return stated.Innermost is ObjectShape { Members.Count: > 0 } ? stated : shown;
            default:
                return stated.IsOpaque ? shown : stated;
        }
    }

    private static ObjectShape Objects(ObjectShape stated, ObjectShape shown, bool mixed, int depth)
    {
        // The stated one may stand on other pages too.
        var both = new ObjectShape { Name = stated.Name, Docs = stated.Docs, Open = stated.Open, Undescribed = stated.Undescribed };
        foreach (var member in stated.Members)
        {
            var other = shown.FindLoose(member.Name);
            var shape = other is null ? member.Shape : Under(member.Shape, other.Shape, mixed, depth + 1);
            // The record's own id is a number that a JSON text carries in quotes.
            if (shape is ScalarShape { Kind: TypeKind.String } && other?.Shape is ScalarShape value)
            {
                shape = member.Name.Equals("ID", StringComparison.OrdinalIgnoreCase) && IsNumber(value) ? Shape.Long
                    : member.Enum.Count == 0 ? ShownTypes.Of(member.Name, value) ?? shape : shape;
            }

            both.Add(member.Clone(shape));
        }

        foreach (var member in shown.Members.Where(m => stated.FindLoose(m.Name) is null))
            both.Add(member.Clone());
        return both;
    }

    private static bool IsNumber(Shape shape) => ReferenceEquals(shape, Shape.NumericText) || shape is ScalarShape { Kind: TypeKind.Int or TypeKind.Long };
}
