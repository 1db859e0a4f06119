using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Shapes;

/// <summary>Lays what tables state over what an example shows: the example settles the structure, the table the types.</summary>
/// <param name="bag">Rows of answer tables that stand apart from any object, by name.</param>
/// <param name="conflict">Called with contradictions: path, stated, shown.</param>
/// <param name="method">The method that answers; empty: it does not matter.</param>
/// <param name="request">The example is a request: names stay as the table spells them, and what a table states stands against an example.</param>
public sealed class ExampleOverlay(IReadOnlyDictionary<string, Member> bag, Action<string, Shape, Shape> conflict, string method = "", bool request = false)
{
    private const int MaxDepth = 24;
    private const int FewestStrangers = 3;

    public Shape Apply(Shape? stated, Shape shown, string path = "result", int depth = 0)
    {
        if (depth > MaxDepth)
            return stated ?? shown;
        if (ReferenceEquals(stated, Shape.Any))
            return stated;
        if (shown.IsWeak)
            return stated ?? Fill(shown, path, depth);
        if (stated is null || stated is ScalarShape { Kind: TypeKind.Json })
            return Fill(shown, path, depth);
        switch (stated, shown)
        {
            case (ScalarShape x, ScalarShape y):
                return Scalars(x, y, path);
            // A moment of PHP that was not formatted is an empty object in an answer.
            case (ScalarShape { Kind: TypeKind.Date or TypeKind.DateTime }, ObjectShape { Members.Count: 0 }):
                return stated;
            case (UnionShape union, ScalarShape y):
                return union.Alternatives.Any(a => a is ScalarShape s && Fits(s.Kind, y)) ? union : Conflict(union, ShapeMerge.Join(union, y), y, path);
            case (UnionShape union, _) when ShapeMerge.TakesTexts(union, shown):
                return union;
            case (UnionShape union, ListShape { Item: ScalarShape item }) when union.Alternatives.Any(a => a is ListShape { Item: ScalarShape s } && Fits(s.Kind, item)):
                return union;
            case (UnionShape union, _):
                return union.Alternatives.FirstOrDefault(a => a.GetType() == shown.GetType()) is { } alternative
                    ? union.Alternatives.Count == 2 && union.Alternatives.Any(static a => a is ScalarShape { Kind: TypeKind.Bool }) ? Apply(alternative, shown, path, depth + 1) : Shape.Json
                    : Shape.Json;
            case (ListShape x, ListShape y):
                return ReferenceEquals(y.Item, Shape.Nothing) ? x : new ListShape(Apply(x.Item, y.Item, path + "[]", depth + 1));
            case (MapShape x, MapShape y):
                return new MapShape(Apply(x.Value, y.Value, path + ".*", depth + 1));
            case (MapShape x, ObjectShape y):
                return y.Members.Count == 0 ? x : new MapShape(Apply(x.Value, y.Members.Select(static m => m.Shape).Aggregate(static (a, b) => ShapeMerge.Join(a, b)), path + ".*", depth + 1));
            // The table lists the fields, the answer describes them.
            case (ObjectShape x, ObjectShape or MapShape) when !request && DescribesFields(x, shown):
                return Fill(shown, path, depth);
            case (ObjectShape x, ObjectShape y) when IsMapOf(x, y):
                return new MapShape(Apply(x, y.Members.Select(static m => m.Shape).Aggregate(static (a, b) => ShapeMerge.Join(a, b)), path + ".*", depth + 1));
            case (ObjectShape { Members.Count: > 0 } x, ObjectShape { Members.Count: > 0 } y) when !request && !Overlaps(x, y):
                // The table lists what lies deeper, or something else altogether.
                return y.Members.Exists(m => Overlaps(x, m.Shape)) ? Within(y, x, path, depth) : Conflict(x, Fill(y, path, depth), y, path);
            case (ObjectShape x, ObjectShape y):
                return Objects(x, y, path, depth);
            // The table explains what key and value are, as if they were members.
            case (ObjectShape, MapShape { Value: ScalarShape }) when !request:
                return Conflict(stated, Fill(shown, path, depth), shown, path);
            case (ObjectShape x, MapShape y):
                return Overlaps(x, y.Value) ? new MapShape(Apply(x, y.Value, path + ".*", depth + 1)) : x.IsOpaque ? Fill(y, path, depth) : ShapeMerge.Join(x, y);
            case (ObjectShape or MapShape, ListShape { Item: var item }) when ReferenceEquals(item, Shape.Nothing):
                return stated;
            case (ObjectShape x, ListShape y):
                return Overlaps(x, y.Item) ? new ListShape(Apply(x, y.Item, path + "[]", depth + 1)) : x.IsOpaque ? Fill(y, path, depth) : Conflict(stated, Fill(y, path, depth), shown, path);
            case (ListShape x, MapShape y):
                return new MapShape(Apply(x.Item, y.Value, path + ".*", depth + 1));
            case (ListShape x, ObjectShape y):
                return y.Members.Count == 0 ? x : Overlaps(x.Item, y) ? Apply(x.Item, y, path, depth + 1) : x.IsOpaque ? Fill(y, path, depth) : Conflict(stated, Fill(y, path, depth), shown, path);
            case (ScalarShape, ObjectShape { Members.Count: 0 }):
                // PHP writes some dates as {}.
                return Conflict(stated, Shape.Any, shown, path);
            case (ScalarShape, _):
                return Conflict(stated, Fill(shown, path, depth), shown, path);
            default:
                // An object or list is stated, a single value shown.
                return stated.IsOpaque || request ? Conflict(stated, shown, shown, path) : Conflict(stated, Shape.Json, shown, path);
        }
    }

    /// <summary>Fields that every portal defines for itself.</summary>
    public static bool IsPortalField(string name) =>
        name.StartsWith("UF_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("ufCrm", StringComparison.Ordinal)
            || name.StartsWith("uf", StringComparison.Ordinal) && name.Length > 2 && char.IsUpper(name[2])
        || IsNumberedField(name);

    /// <summary>Fields that are named by the number of a smart process or property.</summary>
    public static bool IsNumberedField(string name) =>
        IsNumbered(name, "parentId") || IsNumbered(name, "PARENT_ID_") || IsNumbered(name, "property") || IsNumbered(name, "PROPERTY_")
        || IsNumbered(name, "DYNAMIC_") || IsNumbered(name, "field");

    private static bool IsNumbered(string name, string prefix) =>
        name.Length > prefix.Length && name.StartsWith(prefix, StringComparison.Ordinal) && char.IsAsciiDigit(name[prefix.Length]);

    private Shape Conflict(Shape stated, Shape chosen, Shape shown, string path)
    {
        conflict(path, stated, shown);
        if (!request || stated is not ScalarShape scalar)
            return chosen;
        // Within one form the table is right; where the form itself differs, what was shown to work is taken as well.
        return shown switch
        {
            // A quoted number is still one; a text is not.
            ScalarShape { Kind: TypeKind.String } when ShapeMerge.IsNumber(scalar.Kind) && !ReferenceEquals(shown, Shape.NumericText) => ShapeMerge.Join(scalar, shown),
            ScalarShape => stated,
            _ when scalar.Kind == TypeKind.File => stated,
            ListShape { Item: ScalarShape item } => new UnionShape([scalar, new ListShape(item)]),
            _ => Shape.Any,
        };
    }

    // The example alone: rows that stand apart may still say what its members are.
    private Shape Fill(Shape shown, string path, int depth)
    {
        switch (shown)
        {
            case ListShape list:
                return new ListShape(Fill(list.Item, path + "[]", depth + 1));
            case MapShape map:
                return new MapShape(Fill(map.Value, path + ".*", depth + 1));
            case ObjectShape obj:
                return Objects(new ObjectShape { FromExample = true }, obj, path, depth + 1);
            case ScalarShape scalar when !request && ReferenceEquals(scalar, Shape.NumericText):
                return ShownTypes.Of(NameOf(path), scalar) ?? scalar;
            default:
                return shown;
        }
    }

    private static string NameOf(string path) => path[(path.LastIndexOf('.') + 1)..].TrimEnd('[', ']');

    private ObjectShape Objects(ObjectShape stated, ObjectShape shown, string path, int depth)
    {
        var result = new ObjectShape { Name = stated.Name, Docs = stated.Docs, Open = stated.Open, Undescribed = stated.Undescribed, FromExample = stated.Members.Count == 0 };
        foreach (var member in stated.Members)
        {
            if (shown.Find(member.Name) is { } seen)
                result.Add(Overlay(member, seen, path, depth));
            else if (shown.FindLoose(member.Name) is { } other && stated.Find(other.Name) is null)
                result.Add(Overlay(request ? member : member.Renamed(other.Name), other, path, depth));
            else if (!stated.Loose)
                result.Add(member.Clone());
        }

        var strangers = 0;
        foreach (var member in shown.Members)
        {
            if (result.Find(member.Name) is not null || (request && stated.FindLoose(member.Name) is not null) || (stated.Open && IsPortalField(member.Name)))
                continue;
            if (IsNumberedField(member.Name))
            {
                result.Open = true;
                continue;
            }

            strangers++;
            if (request && stated.Members.Count > 0)
                conflict($"{path}.{member.Name}", Shape.Nothing, member.Shape);
            result.Add(bag.GetValueOrDefault(member.Name) is { } loose ? Overlay(loose, member, path, depth) : WithShape(member, Fill(member.Shape, $"{path}.{member.Name}", depth + 1)));
        }

        // The names are the caller's own, and the table lists a few that the server knows too.
        if (request && stated.Members.Count > 0 && strangers >= FewestStrangers && strangers > stated.Members.Count)
            (result.Open, result.Undescribed) = (true, true);
        return result;
    }

    private Member Overlay(Member stated, Member seen, string path, int depth)
    {
        var copy = stated.Clone();
        copy.Shape = Apply(stated.Declared ? stated.Shape : null, seen.Shape, $"{path}.{stated.Name}", depth + 1);
        copy.Nullable |= seen.Nullable;
        if (request)
            ProseRules.ApplyToItems(copy);
        return copy;
    }

    private static Member WithShape(Member member, Shape shape) => member.Clone(shape);

    // {"category": {…}} where the table lists what a category holds.
    private ObjectShape Within(ObjectShape shown, ObjectShape stated, string path, int depth)
    {
        var result = new ObjectShape { FromExample = true };
        foreach (var member in shown.Members)
        {
            var at = $"{path}.{member.Name}";
            result.Add(WithShape(member, Overlaps(stated, member.Shape) ? Apply(stated, member.Shape, at, depth + 1) : Fill(member.Shape, at, depth + 1)));
        }

        return result;
    }

    // The table lists the members of the values, the example shows them under keys of their own. A single key that is called
    // as the method is no data: {"category": {…}} is what crm.category.get answers.
    private bool IsMapOf(ObjectShape stated, ObjectShape shown) =>
        stated.Members.Count > 0 && shown.Members.Count > 0 && !Overlaps(stated, shown) && shown.Members.TrueForAll(m => m.Shape is ObjectShape && Overlaps(stated, m.Shape))
        && !(shown.Members.Count == 1 && method.Length > 0 && RecordNames.Fit(method, shown.Members[0].Name));

    private static bool DescribesFields(ObjectShape stated, Shape shown) => shown switch
    {
        MapShape map => IsFieldDescription(map.Value) && !IsOf(stated, (ObjectShape)map.Value),
        ObjectShape obj =>
            obj.Members.Count > 1 && obj.Members.TrueForAll(static m => IsFieldDescription(m.Shape))
            && stated.Members.Exists(m => m.Shape is ScalarShape { Kind: not TypeKind.Json } && obj.Find(m.Name) is not null),
        _ => false,
    };

    // A record may have a title or a type as its description has, but not much more of it.
    private static bool IsOf(ObjectShape stated, ObjectShape description) =>
        stated.Members.Count(m => description.FindLoose(m.Name) is not null) * 2 > Math.Min(stated.Members.Count, description.Members.Count);

    private static bool IsFieldDescription(Shape shape) => shape is ObjectShape { Members.Count: > 1 } obj && obj.Find("type") is { Shape: ScalarShape };

    private static bool Overlaps(Shape stated, Shape shown) =>
        stated is ObjectShape x && shown.Innermost is ObjectShape y && y.Members.Exists(m => x.FindLoose(m.Name) is not null);

    private Shape Scalars(ScalarShape stated, ScalarShape shown, string path)
    {
        if (stated.Kind == TypeKind.Bool && shown.Kind == TypeKind.YesNo)
            return shown;
        if (request && stated.Kind == TypeKind.Bool && shown.Kind == TypeKind.Int)
            return ShapeMerge.Join(stated, shown);
        if (stated.Kind == TypeKind.Int && shown.Kind == TypeKind.Long)
            return shown;
        if (stated.Kind is TypeKind.Int or TypeKind.Long && shown.Kind == TypeKind.Decimal)
            return Conflict(stated, shown, shown, path);
        // A number where the table says text: both were shown to work.
        if (request && stated.Kind == TypeKind.String && ShapeMerge.IsNumber(shown.Kind))
            return ShapeMerge.Join(stated, shown);
        if (!request && stated.Kind == TypeKind.String)
        {
            if (ShownTypes.Of(NameOf(path), shown) is { } agreed)
                return agreed;
            // Text, and a number in it.
            if (ReferenceEquals(shown, Shape.NumericText))
                return shown;
        }

        if (Fits(stated.Kind, shown))
            return stated;
        return Conflict(stated, ShapeMerge.Join(stated, shown), shown, path);
    }

    /// <summary>Whether a value of the shape shown can be read as the kind stated; servers are generous with quotes.</summary>
    public static bool Fits(TypeKind stated, ScalarShape shown) => stated switch
    {
        TypeKind.Json or TypeKind.File => true,
        TypeKind.String => shown.Kind is TypeKind.String or TypeKind.Date or TypeKind.DateTime or TypeKind.YesNo or TypeKind.Int or TypeKind.Long or TypeKind.Double or TypeKind.Decimal,
        TypeKind.Int or TypeKind.Long or TypeKind.Double or TypeKind.Decimal => ShapeMerge.IsNumber(shown.Kind) || ReferenceEquals(shown, Shape.NumericText),
        TypeKind.Bool => shown.Kind is TypeKind.Bool or TypeKind.Int || ReferenceEquals(shown, Shape.NumericText),
        TypeKind.YesNo => shown.Kind is TypeKind.YesNo or TypeKind.Bool,
        TypeKind.Date => shown.Kind is TypeKind.Date or TypeKind.DateTime,
        TypeKind.DateTime => shown.Kind is TypeKind.DateTime or TypeKind.Date,
        _ => false,
    };
}
