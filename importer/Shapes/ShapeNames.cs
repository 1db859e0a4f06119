namespace Bitrix24.Gen.Importer.Shapes;

/// <summary>The names that a shape holds at any depth.</summary>
internal static class ShapeNames
{
    public static HashSet<string> Of(Shape shape)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        Collect(shape, names, new HashSet<Shape>(ReferenceEqualityComparer.Instance));
        return names;
    }

    /// <summary>A name without its spelling: <c>TEMPLATE_ID</c> and <c>templateId</c> are the same.</summary>
    public static string Letters(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    private static void Collect(Shape shape, HashSet<string> names, HashSet<Shape> seen)
    {
        if (!seen.Add(shape))
            return;
        switch (shape)
        {
            case ListShape list:
                Collect(list.Item, names, seen);
                break;
            case MapShape map:
                Collect(map.Value, names, seen);
                break;
            case UnionShape union:
                foreach (var alternative in union.Alternatives)
                    Collect(alternative, names, seen);
                break;
            case ObjectShape obj:
                foreach (var member in obj.Members)
                {
                    names.Add(member.Name);
                    Collect(member.Shape, names, seen);
                }

                break;
        }
    }
}
