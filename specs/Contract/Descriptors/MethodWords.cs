using System.ComponentModel;

#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>What a method does with records of its type.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum Operation : byte
{
    /// <summary>Anything else.</summary>
    Action,

    /// <summary>Creates a record.</summary>
    Add,

    /// <summary>Reads a record.</summary>
    Get,

    /// <summary>Reads a page of records.</summary>
    List,

    /// <summary>Changes a record.</summary>
    Update,

    /// <summary>Deletes a record.</summary>
    Delete,

    /// <summary>Creates a record, or replaces the one with the same key.</summary>
    Upsert,

    /// <summary>Describes the fields of a type.</summary>
    Fields,

    /// <summary>Adds, changes and deletes items of a list field.</summary>
    PatchItems,

    /// <summary>Counts records.</summary>
    Count,

    /// <summary>Searches records.</summary>
    Search,

    /// <summary>Sums up records.</summary>
    Aggregate,
}

/// <summary>How a list method moves to the next page.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum Paging : byte
{
    /// <summary>It answers everything at once.</summary>
    None,

    /// <summary><c>start</c>: an offset, answered by <c>next</c> and <c>total</c>.</summary>
    Start,

    /// <summary><c>page</c>: counted from 1, no total.</summary>
    Page,

    /// <summary>REST v3's <c>pagination</c> object.</summary>
    Offset,

    /// <summary>REST v3's <c>cursor</c> of tail methods.</summary>
    Cursor,

    /// <summary>A page number, and a link to the next page in the answer.</summary>
    Link,

    /// <summary><c>limit</c> and <c>offset</c> parameters, answered by <c>hasMore</c>.</summary>
    Limit,
}

/// <summary>Whether a call may be sent again.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum Idempotency : byte
{
    /// <summary>A second execution would do something twice.</summary>
    Unsafe,

    /// <summary>Writes, but twice is as once.</summary>
    Safe,

    /// <summary>Changes nothing.</summary>
    Read,
}

/// <summary>Whether names of parameters and fields are taken in another case.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum NameCase : byte
{
    /// <summary>They are not: a name in another case is an unknown one.</summary>
    Exact,

    /// <summary>They may be: nobody has written down where. A name in another case is a slip, and what it gives counts as given.</summary>
    Any,

    /// <summary>They are: names of parameters in any case are right, and names within objects are as with <see cref="Any"/>.</summary>
    Free,

    /// <summary>Names of parameters are as with <see cref="Any"/>; fields are known by two names: in camelCase and in upper case with underscores.</summary>
    Either,

    /// <summary>They are, within objects too: the server turns all names of a call into one case.</summary>
    Deep,

    /// <summary>As with <see cref="Free"/>; a parameter that takes an object or a list may have the prefix <c>ar</c>: <c>arFilter</c>.</summary>
    Hungarian,

    /// <summary>Names of parameters are as with <see cref="Any"/>; fields are known in camelCase and in lower case with underscores.</summary>
    Snake,
}

/// <summary>Who may call a method, beside what the scopes of the credentials allow.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum Access : byte
{
    /// <summary>Any user.</summary>
    User,

    /// <summary>An administrator of the portal.</summary>
    Administrator,

    /// <summary>An administrator of the section, such as the CRM administrator.</summary>
    SectionAdministrator,

    /// <summary>A user whom a permission on the record or section allows it.</summary>
    Permission,

    /// <summary>A user who takes part: a chat's participant, a record's author.</summary>
    Participant,

    /// <summary>A user of the application that made the record.</summary>
    Application,
}

/// <summary>How an API wraps answers and errors.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum EnvelopeKind : byte
{
    /// <summary>Bitrix24: the value in <c>result</c>, an error in <c>error</c>.</summary>
    Bitrix24,

    /// <summary>VibeCode: the value in <c>data</c> beside <c>success</c> and <c>meta</c>.</summary>
    VibeCode,

    /// <summary>Hypertext (HAL): the body is the value; errors are problem details.</summary>
    Hal,

    /// <summary>Bitrix24's REST 3.0: the value in <c>result</c>, an error object, and a key that makes repeats safe.</summary>
    Bitrix24V3,
}
