using System.Linq;

namespace Bitrix24.Gen.Specs.Contract;

/// <summary>Lowers fields and parameters: their types to kinds and flags, their rules and those of named scalars to one set.</summary>
internal sealed class FieldLowering(SpecSet set, string api, SpecContract contract)
{
    // Deeper than named scalars are nested; a spec that refers to itself stops here.
    private const int MaxDepth = 16;

    private readonly ProfileSpec _profile = set.Profile(api);

    public FieldDescriptor Lower(FieldSpec field)
    {
        var type = Lower(field.Type, 0);
        return Describe(field.Name, type, Flags(field), Narrow(field, type.Scalar));
    }

    private FieldDescriptor Describe(string name, LoweredType type, FieldFlags flags, FieldSpec narrowed)
    {
        FieldDescriptor[] alternatives =
            [.. type.Alternatives.Select(a => Describe("", a, FieldFlags.None, a.Scalar is null ? Unruled : Narrow(narrowed, a.Scalar)))];
        return new(name, type.Kind, flags | type.Container, type.Type)
        {
            Spec = narrowed,
            As = narrowed.As,
            In = narrowed.In,
            Format = narrowed.Format,
            Aliases = [.. narrowed.Aliases],
            Element = Element(type, alternatives),
            Alternatives = alternatives,
            Rules = RuleLowering.Lower(narrowed),
        };
    }

    private static FieldSpec Unruled { get; } = new() { Name = "", Type = TypeRef.Json };

    private static FieldDescriptor? Element(LoweredType type, FieldDescriptor[] alternatives) => type.Element is { } element
        ? new("", element.Kind, element.Container, element.Type) { Element = Element(element, alternatives), Alternatives = alternatives }
        : null;

    private FieldFlags Flags(FieldSpec field)
    {
        var flags = FieldFlags.None;
        Set(field.Required, FieldFlags.Required);
        Set(field.ReadOnly, FieldFlags.ReadOnly);
        Set(field.Immutable, FieldFlags.Immutable);
        Set(field.Nullable, FieldFlags.Nullable);
        Set(field.Deprecated, FieldFlags.Deprecated);
        Set(!field.Filterable, FieldFlags.NotFilterable);
        Set(!field.Sortable, FieldFlags.NotSortable);
        Set(!field.Selectable, FieldFlags.NotSelectable);
        Set(field.Logic, FieldFlags.Logic);
        Set(field.Guessed, FieldFlags.Guessed);
        if (field.As == View.Filter)
        {
            Set(_profile.FilterConditions, FieldFlags.Conditions);
            Set(_profile.FilterOperators.Count > 0 && _profile.FilterOperators.All(static o => o.Prefix != "="), FieldFlags.BareEquals);
        }

        Set(field.As == View.Order && _profile.OrderDirections.Contains("asc", StringComparer.Ordinal), FieldFlags.LowerCase);
        return flags;

        void Set(bool set, FieldFlags flag) => flags |= set ? flag : FieldFlags.None;
    }

    private LoweredType Lower(TypeRef type, int depth)
    {
        if (depth > MaxDepth)
            return LoweredType.Json;
        return type.Kind switch
        {
            TypeKind.String => new(ValueKind.String),
            TypeKind.Int => new(ValueKind.Int),
            TypeKind.Long => new(ValueKind.Long),
            TypeKind.Double => new(ValueKind.Double),
            TypeKind.Decimal => new(ValueKind.Decimal),
            TypeKind.Bool => new(ValueKind.Bool),
            TypeKind.YesNo => new(ValueKind.YesNo),
            TypeKind.Date => new(ValueKind.Date),
            TypeKind.DateTime => new(ValueKind.DateTime),
            TypeKind.File => new(ValueKind.File),
            TypeKind.Named => LowerNamed(type, depth),
            TypeKind.Array => Lower(type.Element!, depth + 1).In(FieldFlags.List),
            TypeKind.Map => Lower(type.Element!, depth + 1).In(type.NumberKeys ? FieldFlags.Map | FieldFlags.NumberKeys : FieldFlags.Map),
            TypeKind.Union => LowerUnion(type, depth),
            _ => LoweredType.Json,
        };
    }

    private LoweredType LowerNamed(TypeRef type, int depth)
    {
        if (set.ResolveType(type, api) is not { } named)
            return LoweredType.Json;
        if (named.Scalar is not { } scalar)
            return new(ValueKind.Object, contract.Type(named, api));
        var lowered = Lower(scalar.Type, depth + 1);
        var own = scalar with { Errors = scalar.Errors.Concat(named.Errors).ToEquatableArray() };
        return lowered with { Scalar = Narrow(own, lowered.Scalar) };
    }

    private LoweredType LowerUnion(TypeRef type, int depth)
    {
        var all = type.Alternatives.Select(a => Lower(a, depth + 1)).Distinct().ToList();
        if (all.Count == 1)
            return all[0];
        if (all.Count == 2 && all.Find(static a => a.Container == FieldFlags.List) is { } list && all.Contains(list.Inner))
            return list with { Container = FieldFlags.List | FieldFlags.OneOrMany };
        // Anything is such a value.
        return all.Exists(static a => a is { Kind: ValueKind.Json or ValueKind.File, Container: FieldFlags.None })
            ? LoweredType.Json
            : new(ValueKind.Union, Alternatives: new([.. all]));
    }

    /// <summary>A field of a named scalar type obeys the rules of both; its own come first.</summary>
    private static FieldSpec Narrow(FieldSpec field, FieldSpec? scalar) => scalar is null
        ? field
        : field with
        {
            Type = Plain(field.Type, scalar.Type),
            Enum = field.Enum.Count > 0 ? field.Enum : scalar.Enum,
            Pattern = field.Pattern ?? scalar.Pattern,
            MinLength = field.MinLength ?? scalar.MinLength,
            MaxLength = field.MaxLength ?? scalar.MaxLength,
            Min = field.Min ?? scalar.Min,
            Max = field.Max ?? scalar.Max,
            Format = field.Format ?? scalar.Format,
            Errors = field.Errors.Concat(scalar.Errors).ToEquatableArray(),
        };

    private static TypeRef Plain(TypeRef type, TypeRef scalar) => type.Kind switch
    {
        TypeKind.Named => scalar,
        TypeKind.Array or TypeKind.Map => type with { Element = Plain(type.Element!, scalar) },
        _ => type,
    };
}
