using System.Linq;
using Bitrix24.Gen.Analyzers.Catalog;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Analyzers.Calls;

/// <summary>Follows the path of a violation through the spec.</summary>
internal static class SpecPath
{
    /// <summary>The field at a path such as <c>fields.fields[0].name</c>; null where the path leads through keys that are data.</summary>
    public static FieldSpec? Find(KnownMethod method, string path)
    {
        var fields = method.Spec.Params;
        FieldSpec? field = null;
        foreach (var part in path.Split('.'))
        {
            var bracket = part.IndexOf('[');
            var name = bracket < 0 ? part : part.Substring(0, bracket);
            field = fields.FirstOrDefault(f => f.Name == name);
            if (field is null)
                return null;
            fields = Named(method, field.Type)?.Fields ?? default;
        }

        return field;
    }

    /// <summary>The type of a field's values; of a named scalar the scalar's own.</summary>
    public static TypeRef ScalarOf(KnownMethod method, FieldSpec field) => Named(method, field.Type)?.Scalar?.Type ?? field.Type;

    private static TypeSpec? Named(KnownMethod method, TypeRef type)
    {
        while (type.Kind is TypeKind.Array or TypeKind.Map && type.Element is { } element)
            type = element;
        return type.Kind == TypeKind.Named ? method.Specs.ResolveType(type, method.Spec.Api) : null;
    }
}
