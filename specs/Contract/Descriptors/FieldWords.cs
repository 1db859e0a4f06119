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

/// <summary>Says that each item of a list is a call of another method of the same API.</summary>
/// <param name="Method">That method's name; <c>{name}</c> stands for a member of the item, or else for a parameter beside the list.</param>
/// <param name="Key">The item's member that names the record; an item that is no object is the key itself.</param>
/// <param name="Params">The item's member that has the parameters; null: the item's own members are them.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record NestedCall(string Method, string? Key, string? Params);

/// <summary>A value that belongs elsewhere.</summary>
/// <param name="Value">The value, as text.</param>
/// <param name="Method">The beginning of the methods' names that serve it: <c>deals</c>.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record InsteadOf(string Value, string Method);

/// <summary>Says that a text is the markup of a widget, and where beside it the rest of the widget stands, as dotted paths.</summary>
/// <param name="Root">The selector of the root element.</param>
/// <param name="Phrases">The phrases, by language and code.</param>
/// <param name="Data">Data as the handler would answer it.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record MarkupParts(string? Root, string? Phrases, string? Data);

/// <summary>What a text must be the address of.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum AddressKind : byte
{
    /// <summary>Nothing: it is no address.</summary>
    None,

    /// <summary>Something on the web: <c>http</c> or <c>https</c>.</summary>
    Url,

    /// <summary>Something that the server calls: a host that the Internet knows.</summary>
    Public,

    /// <summary>A picture: a web address, or its content as <c>data:</c>.</summary>
    Image,
}
