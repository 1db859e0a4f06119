using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Shapes;

/// <summary>Puts together what several places say of one value.</summary>
public static class ShapeMerge
{
    private const int MaxDepth = 24;

    /// <summary>Keeps the outer form that is stated and takes the content from where it is known.</summary>
    public static Shape FillOpaque(Shape stated, Shape known) => (stated, known) switch
    {
        (ListShape list, ListShape other) => new ListShape(FillOpaque(list.Item, other.Item)),
        (ListShape list, _) => new ListShape(FillOpaque(list.Item, known)),
        (MapShape map, MapShape other) => new MapShape(FillOpaque(map.Value, other.Value)),
        _ => known,
    };

    /// <summary>A shape that fits the values of both. Neither argument is changed.</summary>
    public static Shape Join(Shape a, Shape b, int depth = 0)
    {
        if (ReferenceEquals(a, b) || depth > MaxDepth)
            return a;
        if (ReferenceEquals(a, Shape.Any) || ReferenceEquals(b, Shape.Any))
            return Shape.Any;
        if (a.IsWeak || b.IsWeak)
            return ReferenceEquals(b, Shape.Nothing) || (b.IsWeak && !ReferenceEquals(a, Shape.Nothing)) ? a : b;
        if (IsEmptyList(a) && b is ObjectShape or MapShape)
            return b;
        if (IsEmptyList(b) && a is ObjectShape or MapShape)
            return a;
        switch (a, b)
        {
            case (ScalarShape x, ScalarShape y):
                return JoinScalars(x, y);
            case (ListShape x, ListShape y):
                return new ListShape(Join(x.Item, y.Item, depth + 1));
            case (MapShape x, MapShape y):
                return new MapShape(Join(x.Value, y.Value, depth + 1));
            case (ObjectShape x, ObjectShape y):
                return JoinObjects(x, y, depth);
            case (MapShape x, ObjectShape y):
                return JoinMap(x, y, depth);
            case (ObjectShape x, MapShape y):
                return JoinMap(y, x, depth);
            case (UnionShape x, _):
                return JoinUnion(x, b, depth);
            case (_, UnionShape y):
                return JoinUnion(y, a, depth);
            case (ScalarShape { Kind: TypeKind.Json }, _) or (_, ScalarShape { Kind: TypeKind.Json }):
                return Shape.Json;
            case (ScalarShape { Kind: TypeKind.String }, MapShape { Value: ScalarShape { Kind: TypeKind.String } }):
                return new UnionShape([a, b]);
            case (MapShape { Value: ScalarShape { Kind: TypeKind.String } }, ScalarShape { Kind: TypeKind.String }):
                return new UnionShape([b, a]);
            case (ListShape x, ScalarShape y):
                return JoinListScalar(x, y);
            case (ScalarShape x, ListShape y):
                return JoinListScalar(y, x);
            default:
                return Shape.Json;
        }
    }

    // PHP writes an empty object as an empty list.
    private static bool IsEmptyList(Shape shape) => shape is ListShape { Item: var item } && ReferenceEquals(item, Shape.Nothing);

    private static Shape JoinUnion(UnionShape union, Shape other, int depth)
    {
        if (TakesTexts(union, other))
            return union;
        var alternatives = union.Alternatives.ToList();
        if (other is UnionShape { } second)
            return second.Alternatives.Aggregate((Shape)union, (sum, next) => Join(sum, next, depth + 1));
        if (other is ScalarShape scalar)
        {
            if (alternatives.Exists(a => a is ScalarShape s && (s.Kind == scalar.Kind || (s.Kind == TypeKind.String && scalar.Kind is TypeKind.YesNo or TypeKind.Date or TypeKind.DateTime))))
                return union;
            if (alternatives.TrueForAll(static a => a is ScalarShape))
                return new UnionShape([.. alternatives, other]);
        }

        return Shape.Json;
    }

    /// <summary>A text or a map of texts, and an object of texts.</summary>
    public static bool TakesTexts(UnionShape union, Shape other) =>
        union.Alternatives is [ScalarShape { Kind: TypeKind.String }, MapShape { Value: ScalarShape { Kind: TypeKind.String } }]
        && (other is MapShape { Value: ScalarShape } || (other is ObjectShape texts && texts.Members.TrueForAll(static m => m.Shape is ScalarShape { Kind: TypeKind.String })) || IsEmptyList(other));

    private static Shape JoinListScalar(ListShape list, ScalarShape scalar) =>
        list.Item is ScalarShape item && (item.Kind == scalar.Kind) ? new UnionShape([scalar, list]) : Shape.Json;

    // One place shows the keys, another describes what stands under each.
    private static Shape JoinMap(MapShape map, ObjectShape other, int depth) =>
        other.Members.Count == 0 ? map
        : map.Value is ObjectShape value && other.Members.Exists(m => value.FindLoose(m.Name) is not null) ? new MapShape(Join(value, other, depth + 1))
        : new MapShape(other.Members.Aggregate(map.Value, (sum, m) => Join(sum, m.Shape, depth + 1)));

    private static Shape JoinScalars(ScalarShape a, ScalarShape b)
    {
        if (ReferenceEquals(a, Shape.NumericText) && IsNumber(b.Kind))
            return b;
        if (ReferenceEquals(b, Shape.NumericText) && IsNumber(a.Kind))
            return a;
        if (a.Kind == b.Kind)
            return ReferenceEquals(a, Shape.NumericText) ? b : a;
        if (a.Kind == TypeKind.Json || b.Kind == TypeKind.Json)
            return Shape.Json;
        var (low, high) = Rank(a.Kind) <= Rank(b.Kind) ? (a, b) : (b, a);
        return (low.Kind, high.Kind) switch
        {
            (TypeKind.Int, TypeKind.Long or TypeKind.Double or TypeKind.Decimal) => high,
            (TypeKind.Long, TypeKind.Double or TypeKind.Decimal) => high,
            (TypeKind.Decimal, TypeKind.Double) => low,
            (TypeKind.YesNo or TypeKind.Date or TypeKind.DateTime, TypeKind.String) => high,
            (TypeKind.Date, TypeKind.DateTime) => high,
            _ => new UnionShape([low, high]),
        };
    }

    public static bool IsNumber(TypeKind kind) => kind is TypeKind.Int or TypeKind.Long or TypeKind.Double or TypeKind.Decimal;

    private static int Rank(TypeKind kind) => kind switch
    {
        TypeKind.Bool => 0,
        TypeKind.YesNo => 1,
        TypeKind.Int => 2,
        TypeKind.Long => 3,
        TypeKind.Decimal => 4,
        TypeKind.Double => 5,
        TypeKind.Date => 6,
        TypeKind.DateTime => 7,
        _ => 8,
    };

    private static ObjectShape JoinObjects(ObjectShape a, ObjectShape b, int depth)
    {
        var joined = new ObjectShape
        {
            Name = a.Name ?? b.Name,
            Docs = a.Docs ?? b.Docs,
            Open = a.Open || b.Open,
            Undescribed = a.Undescribed || b.Undescribed,
            FromExample = a.FromExample && b.FromExample,
        };
        foreach (var member in a.Members)
        {
            var copy = joined.Add(member.Clone());
            if (b.Find(member.Name) is { } other)
            {
                copy.Shape = JoinMembers(member, other, depth);
                copy.Nullable |= other.Nullable;
            }
        }

        foreach (var member in b.Members)
        {
            if (a.Find(member.Name) is null)
                joined.Add(member.Clone());
        }

        return joined;
    }

    private static Shape JoinMembers(Member a, Member b, int depth)
    {
        // An example's null or empty list says nothing of the type.
        if (a.Shape.IsOpaque && !a.Declared && !b.Shape.IsOpaque)
            return b.Shape;
        if (b.Shape.IsOpaque && !b.Declared && !a.Shape.IsOpaque)
            return a.Shape;
        return Join(a.Shape, b.Shape, depth + 1);
    }
}
