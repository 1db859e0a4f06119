using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>
/// What typed C# has for a type expression: the generator emits it, snippets write it, analyzers read it back. Named scalars are
/// what they stand for; of a union it is the alternative that typed code takes.
/// </summary>
public sealed class TypedForm : IEquatable<TypedForm>
{
    // Deeper than any API nests; a spec that refers to itself without end stops here.
    private const int MaxDepth = 16;

    private static readonly TypedForm Json = new(TypeKind.Json);

    private TypedForm(TypeKind kind) => Kind = kind;

    /// <summary>A scalar, <see cref="TypeKind.Named"/> (an object), a list, a map, <see cref="TypeKind.Union"/> (of scalars, or a localized text) or JSON.</summary>
    public TypeKind Kind { get; }

    /// <summary>The type of an object.</summary>
    public TypeSpec? Object { get; private init; }

    /// <summary>Of a list or map: what it holds. Of a localized text: the text of a language.</summary>
    public TypedForm? Element { get; private init; }

    /// <summary>Of a list: a single value is understood as a list of one.</summary>
    public bool OneOrMany { get; private init; }

    /// <summary>Of a text: the field or scalar that lists its values; null: nothing does.</summary>
    public FieldSpec? Listed { get; private init; }

    /// <summary>The named scalar that lists the values; null: the field itself does.</summary>
    public TypeSpec? ListedBy { get; private init; }

    /// <summary>Of a union: the scalars.</summary>
    public EquatableArray<TypeRef> Kinds { get; private init; }

    /// <summary>A union of a text and a map of texts by language.</summary>
    public bool IsLocalizedText => Kind == TypeKind.Union && Element is not null;

    /// <summary>The object in the value, or in a list that it is; null: there is none.</summary>
    public TypeSpec? ItemObject => Kind == TypeKind.Array ? Element!.Object : Object;

    /// <summary>The form of a field or parameter.</summary>
    public static TypedForm Of(SpecSet set, string api, FieldSpec field) => Of(field, t => set.ResolveType(t, api));

    /// <summary>The form of an answer.</summary>
    public static TypedForm Of(SpecSet set, string api, TypeRef type) => Of(type, new(t => set.ResolveType(t, api)), 0);

    internal static TypedForm Of(FieldSpec field, Func<TypeRef, TypeSpec?> find) =>
        Of(field.Type, new(find) { Listed = field.Enum.Count > 0 ? field : null }, 0);

    public bool Equals(TypedForm? other) =>
        other is not null
        && Kind == other.Kind
        && ReferenceEquals(Object, other.Object)
        && ReferenceEquals(Listed, other.Listed)
        && OneOrMany == other.OneOrMany
        && Kinds.Equals(other.Kinds)
        && Equals(Element, other.Element);

    public override bool Equals(object? obj) => Equals(obj as TypedForm);

    public override int GetHashCode() => ((int)Kind * 31) + (Element?.GetHashCode() ?? 0);

    private static TypedForm Of(TypeRef type, Scope scope, int depth)
    {
        if (depth > MaxDepth)
            return Json;
        return type.Kind switch
        {
            TypeKind.Named => OfNamed(type, scope, depth),
            TypeKind.Array or TypeKind.Map => new(type.Kind) { Element = Of(type.Element!, scope, depth + 1) },
            TypeKind.Union => OfUnion(type.Alternatives.Select(a => Of(a, scope, depth + 1)).Distinct().ToList()),
            TypeKind.Unstated => Json,
            TypeKind.String => new(TypeKind.String) { Listed = scope.Listed, ListedBy = scope.ListedBy },
            _ => new(type.Kind),
        };
    }

    private static TypedForm OfNamed(TypeRef type, Scope scope, int depth) => scope.Find(type) switch
    {
        null => Json,
        { Scalar: { } scalar } named => Of(scalar.Type, scalar.Enum.Count > 0 ? scope with { Listed = scalar, ListedBy = named } : scope, depth + 1),
        var named => new(TypeKind.Named) { Object = named },
    };

    private static TypedForm OfUnion(List<TypedForm> forms)
    {
        if (forms.Count == 1)
            return forms[0];
        // Two ways to write one truth value.
        if (forms.TrueForAll(static f => f.Kind is TypeKind.Bool or TypeKind.YesNo))
            return new(TypeKind.Bool);
        var lists = forms.FindAll(static f => f.Kind == TypeKind.Array);
        // A list, and shorter forms of it.
        if (lists is [var list] && forms.TrueForAll(f => f.Kind == TypeKind.Array || f.Equals(list.Element) || f.IsScalar))
            return new(TypeKind.Array) { Element = list.Element, OneOrMany = true };
        // Numbers of a list are keys of a map.
        if (forms.Count == 2 && lists is [{ Element.Kind: not TypeKind.Json } numbered] && forms.Find(static f => f.Kind == TypeKind.Map) is { } map && Equals(map.Element, numbered.Element))
            return map;
        if (forms.Count == 2 && forms.SingleOrDefault(static f => f.Kind == TypeKind.Map) is { Element: { Kind: TypeKind.String, Listed: null } text } && forms.Contains(text))
            return new(TypeKind.Union) { Element = text };
        // An object, and shorter forms of it: typed code writes the object.
        if (forms.FindAll(static f => f.Kind == TypeKind.Named) is [var only] && forms.TrueForAll(f => f == only || f.Kind is TypeKind.Array or TypeKind.File || f.IsScalar))
            return only;
        return forms.TrueForAll(static f => f.IsScalar)
            ? new(TypeKind.Union) { Kinds = forms.SelectMany(static f => f.Kind == TypeKind.Union ? f.Kinds : new([new(f.Kind)])).Distinct().ToEquatableArray() }
            : Json;
    }

    private bool IsScalar => Listed is null && Element is null && Kind is not (TypeKind.Named or TypeKind.Array or TypeKind.Map or TypeKind.File or TypeKind.Json);

    /// <param name="Find">Finds a named type.</param>
    private sealed record Scope(Func<TypeRef, TypeSpec?> Find)
    {
        public FieldSpec? Listed { get; init; }

        public TypeSpec? ListedBy { get; init; }
    }
}
