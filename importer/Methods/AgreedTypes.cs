using Bitrix24.Gen.Importer.Shapes;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Methods;

/// <summary>Settles the type of a field that one page of an entity calls text, and another knows to be a flag, a moment or an id.</summary>
internal static class AgreedTypes
{
    /// <summary>The type that one of the places gives, where another calls it text and its name agrees; null: none does.</summary>
    public static Shape? Of(Member member, Member[] order)
    {
        if (member.Enum.Count > 0 || !IsText(member.Shape))
            return null;
        var flag = order.Any(static m => HasFlagDefault(m));
        foreach (var other in order)
        {
            if (other.Shape is not ScalarShape { Kind: not TypeKind.String } scalar)
                continue;
            if (scalar.Kind == TypeKind.YesNo && flag)
                return scalar;
            if (ShownTypes.Of(member.Name, scalar) is { } shape)
                return shape;
        }

        return null;
    }

    // Text, or what came of joining text and an id.
    private static bool IsText(Shape shape) =>
        shape is ScalarShape { Kind: TypeKind.String } or UnionShape { Alternatives: [ScalarShape { Kind: TypeKind.Long }, ScalarShape { Kind: TypeKind.String }] };

    /// <summary>Whether a table says that it is Y or N unless given.</summary>
    public static bool HasFlagDefault(Member member) => member.Default is "\"Y\"" or "\"N\"";
}
