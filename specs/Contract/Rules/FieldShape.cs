using System.Linq;

#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>The shape of a value: a field's own, or that of the elements of its list or map.</summary>
/// <param name="Field">Says the shape.</param>
/// <param name="Inner">What the list or map holds, not the list or map itself.</param>
internal readonly record struct FieldShape(FieldDescriptor Field, bool Inner = false)
{
    /// <summary>An object of any type.</summary>
    public static FieldShape Object { get; } = new(new("", ValueKind.Object));

    public static FieldShape Text { get; } = new(new("", ValueKind.String));

    public static FieldShape Texts { get; } = new(new("", ValueKind.String, FieldFlags.List));

    public static FieldShape Whole { get; } = new(new("", ValueKind.Int));

    public static FieldShape Number { get; } = new(new("", ValueKind.Decimal));

    public bool IsList => !Inner && Field.Has(FieldFlags.List);

    public bool IsMap => !Inner && Field.Has(FieldFlags.Map);

    public bool IsScalar => Field.Type is null && !IsList && !IsMap && Field.Kind is not (ValueKind.Json or ValueKind.Union or ValueKind.Object);

    /// <summary>A list that is also understood as a single value.</summary>
    public bool TakesOne => !Inner && Field.Has(FieldFlags.OneOrMany);

    public FieldShape Element => Field.Element is { } element ? new(element) : new(Field, Inner: true);

    /// <summary>The type expression as a spec file writes it. Names of types are the spec's own affair: they are objects.</summary>
    public override string ToString()
    {
        if (IsList)
            return TakesOne ? $"{Element}|{Item}[]" : $"{Item}[]";
        return IsMap ? $"map<{(Field.Has(FieldFlags.NumberKeys) ? "int," : "")}{Element}>" : Field.Kind switch
        {
            ValueKind.Object => "object",
            ValueKind.YesNo => "yn",
            ValueKind.Union => string.Join("|", Field.Alternatives.Select(static a => new FieldShape(a).ToString()).Distinct(StringComparer.Ordinal)),
            _ => Field.Kind.ToString().ToLowerInvariant(),
        };
    }

    /// <summary>The type in the server's words.</summary>
    public string ServerType()
    {
        if (TakesOne)
            return $"{Element.ServerType()}|array";
        return IsList || IsMap ? "array" : Field.Kind switch
        {
            ValueKind.Int or ValueKind.Long => "integer",
            ValueKind.Double or ValueKind.Decimal => "double",
            ValueKind.Bool => "boolean",
            ValueKind.Object => "array",
            ValueKind.YesNo => "char",
            ValueKind.Union => string.Join("|", Field.Alternatives.Select(static a => new FieldShape(a).ServerType()).Distinct(StringComparer.Ordinal)),
            _ => Field.Kind.ToString().ToLowerInvariant(),
        };
    }

    private string Item => Element is { IsList: false, IsMap: false, Field.Kind: ValueKind.Union } union ? $"({union})" : Element.ToString();
}
