namespace Bitrix24.Gen.Specs.Tests.Sweep;

/// <summary>What a field is used for.</summary>
[Flags]
internal enum FieldUse
{
    None = 0,
    Written = 1,
    Read = 2,
    Query = 4,
}

/// <summary>A field or parameter, and where it stands: <c>crm.deal/Deal.ID</c>, <c>crm.deal.get:id</c>.</summary>
internal sealed record PlacedField(string Api, string Path, FieldSpec Field, FieldUse Use)
{
    /// <summary>The type within lists and maps.</summary>
    public TypeRef Innermost => Within(Field.Type);

    /// <summary>The kinds of value that the field takes.</summary>
    public IEnumerable<TypeKind> Kinds => Innermost is { Kind: TypeKind.Union } union ? union.Alternatives.Select(static a => Within(a).Kind) : [Innermost.Kind];

    private static TypeRef Within(TypeRef type) => type.Kind is TypeKind.Array or TypeKind.Map ? Within(type.Element!) : type;
}

/// <summary>All fields of all packaged specs.</summary>
internal static class SpecFields
{
    public static IReadOnlyList<PlacedField> All { get; } = [.. RepositorySpecs.Apis.SelectMany(static api => Of(SpecSets.Of(api), api))];

    private static IEnumerable<PlacedField> Of(SpecSet set, string api)
    {
        var uses = new Dictionary<TypeSpec, FieldUse>(ReferenceEqualityComparer.Instance);
        var methods = set.MethodNames(api).Select(n => set.FindMethod(n, api)!).ToArray();
        foreach (var method in methods)
        {
            foreach (var parameter in method.Params)
                Mark(set, api, parameter.Type, UseOf(parameter), uses);
            if (method.Result is { } result)
                Mark(set, api, result.Type, FieldUse.Read, uses);
        }

        var parameters = methods.SelectMany(m => m.Params.Select(p => new PlacedField(api, $"{m.Name}:{p.Name}", p, UseOf(p))));
        var fields = set.Files.Where(f => f.Api == api).SelectMany(static f => f.Types)
            .SelectMany(t => t.Fields.Select(f => new PlacedField(api, $"{t.File}/{t.Name}.{f.Name}", f, uses.GetValueOrDefault(t))));
        return parameters.Concat(fields);
    }

    private static FieldUse UseOf(FieldSpec parameter) =>
        parameter.As is View.Filter or View.Select or View.Order || IsQuery(parameter.Name) ? FieldUse.Query : FieldUse.Written;

    private static bool IsQuery(string name) =>
        name.EndsWith("filter", StringComparison.OrdinalIgnoreCase) || name.EndsWith("select", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("order", StringComparison.OrdinalIgnoreCase) || name.Equals("sort", StringComparison.OrdinalIgnoreCase);

    private static void Mark(SpecSet set, string api, TypeRef type, FieldUse use, Dictionary<TypeSpec, FieldUse> uses)
    {
        foreach (var alternative in type.Alternatives)
            Mark(set, api, alternative, use, uses);
        if (type.Element is { } element)
            Mark(set, api, element, use, uses);
        if (set.ResolveType(type, api) is not { } named)
            return;
        var known = uses.GetValueOrDefault(named);
        if ((known & use) == use)
            return;
        uses[named] = known | use;
        foreach (var field in named.Fields)
            Mark(set, api, field.Type, use, uses);
    }
}
