using System.ComponentModel;

#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>What kind of value a field holds; of a list or map, what its elements are.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum ValueKind : byte
{
    /// <summary>Text.</summary>
    String,

    /// <summary>A whole number of 32 bits.</summary>
    Int,

    /// <summary>A whole number of 64 bits.</summary>
    Long,

    /// <summary>A floating point number.</summary>
    Double,

    /// <summary>A decimal number.</summary>
    Decimal,

    /// <summary>A boolean that travels as true or false.</summary>
    Bool,

    /// <summary>A boolean that travels as <c>Y</c> or <c>N</c>.</summary>
    YesNo,

    /// <summary>A calendar date.</summary>
    Date,

    /// <summary>A moment.</summary>
    DateTime,

    /// <summary>Any JSON value.</summary>
    Json,

    /// <summary>An uploaded file.</summary>
    File,

    /// <summary>An object of <see cref="FieldDescriptor.Type"/>.</summary>
    Object,

    /// <summary>One of <see cref="FieldDescriptor.Alternatives"/>.</summary>
    Union,
}

/// <summary>The flags of a field.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[Flags]
public enum FieldFlags : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Must be given.</summary>
    Required = 1,

    /// <summary>Set by the server only.</summary>
    ReadOnly = 2,

    /// <summary>Cannot be changed after creation.</summary>
    Immutable = 4,

    /// <summary>May be null.</summary>
    Nullable = 8,

    /// <summary>A list of the kind.</summary>
    List = 16,

    /// <summary>An object whose keys are data and whose values are of the kind.</summary>
    Map = 32,

    /// <summary>A single value is understood where a list is meant, and is read as a list of one.</summary>
    OneOrMany = 64,

    /// <summary>Not to be used any more.</summary>
    Deprecated = 128,

    /// <summary>Cannot stand in a filter.</summary>
    NotFilterable = 256,

    /// <summary>Cannot stand in an order.</summary>
    NotSortable = 512,

    /// <summary>Cannot stand in a select.</summary>
    NotSelectable = 1024,

    /// <summary>Of a filter parameter: groups of conditions joined by <c>logic</c> are understood.</summary>
    Logic = 2048,

    /// <summary>Of a filter parameter: equality is written without a prefix, and a list of values means any of them.</summary>
    BareEquals = 4096,

    /// <summary>Of an order parameter: directions are written in lower case.</summary>
    LowerCase = 8192,

    /// <summary>Of a filter parameter: a list of conditions <c>[field, operator, value]</c>, not an object of prefixed names.</summary>
    Conditions = 16384,

    /// <summary>The kind is known from examples only: any scalar is taken.</summary>
    Guessed = 32768,

    /// <summary>Of a map: its keys are whole numbers.</summary>
    NumberKeys = 65536,
}

/// <summary>Which credentials a method accepts.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[Flags]
public enum MethodAccess : byte
{
    /// <summary>A webhook.</summary>
    Webhook = 1,

    /// <summary>An application's access token.</summary>
    Application = 2,

    /// <summary>Either.</summary>
    Any = Webhook | Application,
}
