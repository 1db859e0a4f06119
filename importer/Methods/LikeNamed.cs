using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Output;
using Bitrix24.Gen.Importer.Shapes;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Methods;

/// <summary>
/// Types a field of which a page shows null only, or nothing, by the fields of its name: those of the entity's other pages, else, for null,
/// those of the whole API if all agree.
/// </summary>
internal static partial class LikeNamed
{
    private const int FewestAgreeing = 3;

    public static void Apply(IReadOnlyList<MethodGroup> groups)
    {
        var all = new Dictionary<string, Named>(StringComparer.Ordinal);
        var entities = groups.GroupBy(static g => EntityOf(g.File)).Select(static g => (
            Members: g.SelectMany(MembersOf).Distinct(ReferenceEqualityComparer.Instance).Cast<Member>().ToArray(),
            Names: new Dictionary<string, Named>(StringComparer.Ordinal))).ToArray();
        foreach (var (members, names) in entities)
        {
            foreach (var member in members.Where(static m => KindOf(m.Shape) is not null))
                Count(names, ShapeNames.Letters(member.Name), KindOf(member.Shape), member.Declared);
            foreach (var (name, named) in names)
                Count(all, name, named.Kind, false);
        }

        foreach (var (members, names) in entities)
        {
            foreach (var member in members.Where(static m =>
                m is { Declared: false, Shape: ScalarShape { Kind: TypeKind.Json } } && !ReferenceEquals(m.Shape, Shape.Any) && !AnyPattern().IsMatch(m.Name)))
            {
                var name = ShapeNames.Letters(member.Name);
                var isNull = ReferenceEquals(member.Shape, Shape.Nothing);
                var kind = names.GetValueOrDefault(name) is { } own ? (isNull || own.Declared ? own.Kind : null)
                    : isNull && all.GetValueOrDefault(name) is { Places: >= FewestAgreeing } other ? other.Kind : null;
                if (kind is not null)
                    (member.Shape, member.Nullable) = (Shape.Scalar(kind.Value), member.Nullable || isNull);
            }
        }
    }

    private static void Count(Dictionary<string, Named> names, string name, TypeKind? kind, bool declared)
    {
        if (names.TryGetValue(name, out var known))
            (known.Kind, known.Places, known.Declared) = (known.Kind == kind ? kind : null, known.Places + 1, known.Declared || declared);
        else
            names.Add(name, new Named { Kind = kind, Places = 1, Declared = declared });
    }

    private static string EntityOf(string file) => string.Join('.', file.Split('.').Take(2));

    private static TypeKind? KindOf(Shape shape) => shape switch
    {
        _ when shape.IsWeak => null,
        ScalarShape { Kind: TypeKind.Json or TypeKind.File } => null,
        ScalarShape { Kind: TypeKind.Int } => TypeKind.Long,
        ScalarShape scalar => scalar.Kind,
        _ => null,
    };

    private static List<Member> MembersOf(MethodGroup group)
    {
        var found = new List<Member>();
        var seen = new HashSet<Shape>(ReferenceEqualityComparer.Instance);
        if (group.Entity is not null)
            Collect(group.Entity);
        foreach (var method in group.Methods)
        {
            Collect(method.Params);
            if (method.Result is not null)
                Collect(method.Result);
        }

        return found;

        void Collect(Shape shape)
        {
            if (shape.Innermost is not ObjectShape obj || !seen.Add(obj))
                return;
            found.AddRange(obj.Members);
            foreach (var member in obj.Members)
                Collect(member.Shape);
        }
    }

    private sealed class Named
    {
        public TypeKind? Kind { get; set; }

        public int Places { get; set; }

        public bool Declared { get; set; }
    }

    // What may be anything under whatever name it stands, and several of something.
    [GeneratedRegex("^(default_?)?value$|^(data|result)$|(id|group|right|file|field|setting|option|param|user|tag|item)s$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex AnyPattern();
}
