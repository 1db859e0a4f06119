using System.ComponentModel;

#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>Which members of a type a value carries, and how.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum View : byte
{
    /// <summary>As the server answers.</summary>
    Read,

    /// <summary>To create: no read-only field; required stays.</summary>
    Create,

    /// <summary>To change: no read-only, no immutable field, nothing required; only what is assigned is sent.</summary>
    Update,

    /// <summary>A filter object: operator prefix and field name to value.</summary>
    Filter,

    /// <summary>A list of field names.</summary>
    Select,

    /// <summary>Field name to direction.</summary>
    Order,
}

/// <summary>Where an HTTP-style method carries a parameter.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum ParameterLocation : byte
{
    /// <summary>A member of the JSON body.</summary>
    Body,

    /// <summary>A segment of the path.</summary>
    Path,

    /// <summary>The query.</summary>
    Query,

    /// <summary>A header.</summary>
    Header,

    /// <summary>The value is the body itself.</summary>
    Content,
}

/// <summary>An error that a rule raises on the server.</summary>
/// <param name="Rule">The rule's word as in the spec file: <c>pattern</c>, <c>uniqueBy.externalCode</c>, or <c>*.required</c> for a rule of the values within.</param>
/// <param name="Code">The server's error code.</param>
/// <param name="Message">The server's text, when it is not the one listed for the code; <c>{field}</c>, <c>{type}</c>, <c>{list}</c>, <c>{value}</c> and <c>{method}</c> stand for what varies.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record RuleError(string Rule, string Code, string? Message = null);
