using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Shapes;

/// <summary>What a value looks like, while it is still being put together from several places.</summary>
public abstract class Shape
{
    public static ScalarShape Json { get; } = new(TypeKind.Json);

    /// <summary>Any JSON, and known to be: the documentation says or shows several forms. No other place settles it.</summary>
    public static ScalarShape Any { get; } = new(TypeKind.Json);

    public static ScalarShape String { get; } = new(TypeKind.String);

    public static ScalarShape Int { get; } = new(TypeKind.Int);

    public static ScalarShape Long { get; } = new(TypeKind.Long);

    public static ScalarShape Bool { get; } = new(TypeKind.Bool);

    public static ScalarShape YesNo { get; } = new(TypeKind.YesNo);

    public static ScalarShape DateTime { get; } = new(TypeKind.DateTime);

    /// <summary>An example's <c>""</c> or a word in place of a value: a string, or nothing in place of something else.</summary>
    public static ScalarShape EmptyText { get; } = new(TypeKind.String);

    /// <summary>An example's <c>"37"</c>: a number in quotes, or a string that looks like one.</summary>
    public static ScalarShape NumericText { get; } = new(TypeKind.String);

    /// <summary>An example's <c>false</c>: a boolean, or nothing in place of something else.</summary>
    public static ScalarShape FalseValue { get; } = new(TypeKind.Bool);

    /// <summary>An example's <c>null</c>.</summary>
    public static ScalarShape Nothing { get; } = new(TypeKind.Json);

    /// <summary>The value was there, but may stand for "nothing" and does not settle the type.</summary>
    public bool IsWeak => ReferenceEquals(this, EmptyText) || ReferenceEquals(this, FalseValue) || ReferenceEquals(this, Nothing);

    public static Shape Scalar(TypeKind kind) => new ScalarShape(kind);

    /// <summary>The shape of the values in a list or map, through any number of lists; otherwise itself.</summary>
    public Shape Innermost => this switch
    {
        ListShape list => list.Item.Innermost,
        MapShape map => map.Value.Innermost,
        _ => this,
    };

    /// <summary>The documentation says nothing of what is within.</summary>
    public bool IsOpaque => Innermost switch
    {
        ScalarShape { Kind: TypeKind.Json } any => !ReferenceEquals(any, Any),
        ObjectShape o => o.Members.Count == 0,
        _ => false,
    };
}

/// <summary>A scalar, or any JSON.</summary>
public sealed class ScalarShape(TypeKind kind) : Shape
{
    public TypeKind Kind { get; } = kind;
}

/// <summary>A list.</summary>
public sealed class ListShape(Shape item) : Shape
{
    public Shape Item { get; set; } = item;
}

/// <summary>An object whose keys are data.</summary>
public sealed class MapShape(Shape value) : Shape
{
    public Shape Value { get; set; } = value;
}

/// <summary>One of several.</summary>
public sealed class UnionShape(IReadOnlyList<Shape> alternatives) : Shape
{
    public IReadOnlyList<Shape> Alternatives { get; } = alternatives;
}

/// <summary>An object with known members. Compared by reference: one documented object is one instance.</summary>
public sealed class ObjectShape : Shape
{
    private readonly Dictionary<string, Member> _byName = new(StringComparer.Ordinal);

    /// <summary>What the documentation calls it; the last word of its type's name.</summary>
    public string? Name { get; set; }

    /// <summary>The page that describes it; null when it stands inline.</summary>
    public string? Docs { get; set; }

    /// <summary>The portal's own fields may stand beside the listed ones.</summary>
    public bool Open { get; set; }

    /// <summary>Any name may stand beside the listed ones: they are those of some kinds of the object.</summary>
    public bool Undescribed { get; set; }

    /// <summary>What stands under a name that is data, where its table describes that alone: a row for <c>{BOT_ID}</c>.</summary>
    public Shape? Keyed { get; set; }

    /// <summary>Rows of one table that may belong to several levels of an answer.</summary>
    public bool Loose { get; set; }

    /// <summary>Known from examples only, which need not show everything.</summary>
    public bool FromExample { get; set; }

    public List<Member> Members { get; } = [];

    public Member? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Finds by name; without regard to case when there is no exact one.</summary>
    public Member? FindLoose(string name) =>
        Find(name) ?? Members.FirstOrDefault(m => string.Equals(m.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Adds a member; a later one of the same name fills what the first left open.</summary>
    public Member Add(Member member)
    {
        if (_byName.TryGetValue(member.Name, out var known))
        {
            known.Fill(member);
            return known;
        }

        _byName.Add(member.Name, member);
        Members.Add(member);
        return member;
    }

    /// <summary>Corrects the spelling of a member's name.</summary>
    public void Rename(Member member, string name)
    {
        var renamed = member.Renamed(name);
        Members[Members.IndexOf(member)] = renamed;
        _byName.Remove(member.Name);
        _byName.Add(name, renamed);
    }
}
