using Bitrix24.Gen.Importer.Shapes;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Methods;

/// <summary>An answer shows <c>"28"</c> and no table describes it: where the page's parameters call the same name a number, it is that number.</summary>
internal static class QuotedNumbers
{
    private const int Deepest = 6;

    public static void Apply(MethodDoc doc)
    {
        if (doc.Result is null)
            return;
        var stated = new Dictionary<string, TypeKind?>(StringComparer.Ordinal);
        Collect(doc.Params, stated, 0);
        if (stated.Count > 0)
            Replace(doc.Result, stated, 0);
    }

    // A name that two tables give different types says nothing.
    private static void Collect(Shape shape, Dictionary<string, TypeKind?> stated, int depth)
    {
        if (depth > Deepest || shape.Innermost is not ObjectShape obj)
            return;
        foreach (var member in obj.Members)
        {
            if (member is { Declared: true, Shape: ScalarShape scalar })
                stated[member.Name] = stated.TryGetValue(member.Name, out var known) && known != scalar.Kind ? null : scalar.Kind;
            Collect(member.Shape, stated, depth + 1);
        }
    }

    private static void Replace(Shape shape, Dictionary<string, TypeKind?> stated, int depth)
    {
        if (depth > Deepest || shape.Innermost is not ObjectShape obj)
            return;
        foreach (var member in obj.Members)
        {
            if (!member.Declared && ReferenceEquals(member.Shape, Shape.NumericText) && stated.GetValueOrDefault(member.Name) is { } kind && ShapeMerge.IsNumber(kind))
                member.Shape = NumberNames.Widen(Shape.Scalar(kind), member.Name);
            else
                Replace(member.Shape, stated, depth + 1);
        }
    }
}
