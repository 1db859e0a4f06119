#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>Rules that a field has, and of a value those that it breaks.</summary>
[Flags]
internal enum RuleSet
{
    None = 0,

    /// <summary>The others have been determined.</summary>
    Known = 1,

    Instead = 2,
    Enum = 4,

    /// <summary>A set of which the text holds several.</summary>
    EnumList = 8,

    Address = 16,
    Pattern = 32,

    /// <summary>The least or the greatest number of characters.</summary>
    Length = 64,

    /// <summary>The least or the greatest value.</summary>
    Bounds = 128,

    /// <summary>The least or the greatest number of items.</summary>
    Count = 256,

    Unique = 512,
    OneOf = 1024,
    RequiredIf = 2048,
    Use = 4096,
    Markup = 8192,

    /// <summary>Of a field, not a rule: no list, map, described object, union or query.</summary>
    Scalar = 16384,

    /// <summary>Names that a selection or filter must have.</summary>
    MustName = 32768,

    /// <summary>Those that a scalar can break.</summary>
    OfScalar = Instead | Enum | EnumList | Address | Pattern | Length | Bounds | Count,

    /// <summary>Those that decide whether a field may be left out.</summary>
    OfAbsence = OneOf | RequiredIf | MustName,
}
