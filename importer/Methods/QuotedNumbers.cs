using Bitrix24.Gen.Importer.Shapes;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Methods;

/// <summary>An answer shows <c>"28"</c>: where tables of parameters call the same name a number, it is that number.</summary>
internal static class QuotedNumbers
{
    private const int Deepest = 6;

    /// <summary>Of what no table of the page's answer describes, the page's own parameters tell.</summary>
    public static void Apply(MethodDoc doc)
    {
        if (doc.Result is null)
            return;
        var stated = new Dictionary<string, TypeKind?>(StringComparer.Ordinal);
        Collect(doc.Params, stated, 0);
        if (stated.Count > 0)
            Replace(doc.Result, stated, declared: false, 0);
    }

    /// <summary>Of what the page's tables describe as text, or not at all, the other pages of the entity tell.</summary>
    public static void Apply(IEnumerable<MethodDoc> methods)
    {
        foreach (var entity in methods.GroupBy(static m => (m.Api, Entity(m.File))))
        {
            var stated = new Dictionary<string, TypeKind?>(StringComparer.Ordinal);
            foreach (var method in entity)
                Collect(method.Params, stated, 0);
            foreach (var method in entity.Where(static m => m.Result is not null))
                Replace(method.Result!, stated, declared: true, 0);
        }
    }

    // imopenlines.config.list is about what imopenlines.config is.
    private static string Entity(string file) => string.Join('.', file.Split('.').Take(2));

    // The id of another record that a table calls text need not be shown to be a number.
    private static bool IsQuoted(Member member, bool declared) => member.Declared
        ? declared && member is { Shape: ScalarShape { Kind: TypeKind.String } shape, Enum.Count: 0 }
            && (ReferenceEquals(shape, Shape.NumericText) || (!EntityBuilder.IsKey(member.Name) && ShownTypes.Of(member.Name, Shape.Long) is not null))
        : ReferenceEquals(member.Shape, Shape.NumericText);

    // A name that two tables give different types says nothing.
    private static void Collect(Shape shape, Dictionary<string, TypeKind?> stated, int depth)
    {
        if (depth > Deepest || shape.Innermost is not ObjectShape obj)
            return;
        foreach (var member in obj.Members)
        {
            if (member is { Declared: true, Shape: ScalarShape scalar })
                stated[member.Name] = stated.TryGetValue(member.Name, out var known) && known != scalar.Kind ? null : scalar.Kind;
            // What is asked by is listed as it is answered.
            if (!QueryViews.IsQuery(member.Name))
                Collect(member.Shape, stated, depth + 1);
        }
    }

    private static void Replace(Shape shape, Dictionary<string, TypeKind?> stated, bool declared, int depth)
    {
        if (depth > Deepest || shape.Innermost is not ObjectShape obj)
            return;
        foreach (var member in obj.Members)
        {
            if (IsQuoted(member, declared) && stated.GetValueOrDefault(member.Name) is { } kind && ShapeMerge.IsNumber(kind))
                member.Shape = NumberNames.Widen(Shape.Scalar(kind), member.Name);
            else
                Replace(member.Shape, stated, declared, depth + 1);
        }
    }
}
