namespace Bitrix24.Gen.Specs.Contract;

/// <summary>A type expression without names: scalars narrowed, lists and maps as flags of what they hold.</summary>
/// <param name="Kind">Of a list or map: what its innermost elements are.</param>
/// <param name="Type">Of an object.</param>
/// <param name="Container">A list, a map, one or many; none: the value itself.</param>
/// <param name="Element">Of a list or map of lists or maps: one of these.</param>
/// <param name="Alternatives">Of a union.</param>
/// <param name="Scalar">The rules of the named scalars on the way, the outermost first.</param>
internal sealed record LoweredType(
    ValueKind Kind,
    TypeDescriptor? Type = null,
    FieldFlags Container = FieldFlags.None,
    LoweredType? Element = null,
    EquatableArray<LoweredType> Alternatives = default,
    FieldSpec? Scalar = null)
{
    public static LoweredType Json { get; } = new(ValueKind.Json);

    /// <summary>A list or map of this.</summary>
    public LoweredType In(FieldFlags container) => this with { Container = container, Element = Container == FieldFlags.None ? null : this };

    /// <summary>What a list or map holds.</summary>
    public LoweredType Inner => Element ?? this with { Container = FieldFlags.None };
}
