namespace Bitrix24.Gen.Specs;

/// <summary>What a method does with records of its type.</summary>
public enum Operation
{
    /// <summary>Anything else.</summary>
    Action,
    Add,
    Get,
    List,
    Update,
    Delete,

    /// <summary>Creates, or replaces the record with the same key.</summary>
    Upsert,

    /// <summary>Describes the fields of a type.</summary>
    Fields,

    /// <summary>Adds, changes and deletes items of a list field.</summary>
    PatchItems,
    Count,
    Search,
    Aggregate,
}

/// <summary>How a list method moves to the next page.</summary>
public enum Paging
{
    None,

    /// <summary><c>start</c>: an offset, answered by <c>next</c> and <c>total</c>.</summary>
    Start,

    /// <summary><c>page</c>: counted from 1, no total.</summary>
    Page,

    /// <summary>REST v3's <c>pagination</c> object.</summary>
    Offset,

    /// <summary>REST v3's <c>cursor</c> of tail methods.</summary>
    Cursor,

    /// <summary>Links to the next page in the answer.</summary>
    Link,

    /// <summary><c>limit</c> and <c>offset</c> parameters, answered by <c>hasMore</c>.</summary>
    Limit,
}

/// <summary>Whether a call may be sent again.</summary>
public enum Idempotency
{
    /// <summary>A second execution would do something twice.</summary>
    Unsafe,

    /// <summary>Writes, but twice is as once.</summary>
    Safe,

    /// <summary>Changes nothing.</summary>
    Read,
}

/// <summary>Whether names of parameters and fields are taken in another case.</summary>
public enum NameCase
{
    /// <summary>They are not: a name in another case is an unknown one.</summary>
    Exact,

    /// <summary>They may be: nobody has written down where. A name in another case is a slip, and what it gives counts as given.</summary>
    Any,
}

/// <summary>An error that a method documents.</summary>
/// <param name="Code">The code as the server sends it.</param>
/// <param name="Message">The server's text; <c>{field}</c>, <c>{type}</c>, <c>{list}</c>, <c>{value}</c> and <c>{method}</c> stand for what varies.</param>
/// <param name="Status">The HTTP status; null: the file's usual one.</param>
public sealed record ErrorSpec(string Code, string? Message = null, int? Status = null);

/// <summary>What a method answers.</summary>
/// <param name="Type">The value's type.</param>
/// <param name="At">Dotted path of the value inside <c>result</c>; null: <c>result</c> itself.</param>
/// <param name="Nullable">The server may answer null, false or an empty list for "nothing".</param>
/// <param name="Wire">Where this method's answer writes values in another form than the fields of the type say.</param>
public sealed record ResultSpec(TypeRef Type, string? At = null, bool Nullable = false, EquatableArray<WirePlace> Wire = default);

/// <summary>The verb and path of an HTTP-style method.</summary>
/// <param name="Verb">Upper case.</param>
/// <param name="Path">With <c>{name}</c> for path parameters.</param>
public sealed record HttpRoute(string Verb, string Path);

/// <summary>A method of an API.</summary>
public sealed record MethodSpec
{
    /// <summary>The name as the documentation spells it.</summary>
    public required string Name { get; init; }

    public required string Api { get; init; }

    /// <summary>Base name of the file that defines it.</summary>
    public required string File { get; init; }

    public string? Scope { get; init; }

    public Operation Operation { get; init; }

    public EquatableArray<FieldSpec> Params { get; init; }

    /// <summary>The parameters accept names that are not listed.</summary>
    public bool OpenParams { get; init; }

    /// <summary>The server reads parameters by position, in the order listed.</summary>
    public bool Positional { get; init; }

    public ResultSpec? Result { get; init; }

    public EquatableArray<ErrorSpec> Errors { get; init; }

    /// <summary>Error codes by rule, for parameters that name none.</summary>
    public EquatableArray<RuleError> RuleErrors { get; init; }

    /// <summary>Rules in the server's order, as <c>path.rule</c>; those not named come first, in the order of the fields.</summary>
    public EquatableArray<string> CheckOrder { get; init; }

    public bool AllowWebhook { get; init; } = true;

    public bool AllowApplication { get; init; } = true;

    public bool Batchable { get; init; } = true;

    public Paging Paging { get; init; }

    public int? PageSize { get; init; }

    public Idempotency Idempotency { get; init; }

    public bool Deprecated { get; init; }

    /// <summary>The method to call instead of a deprecated one.</summary>
    public string? Replacement { get; init; }

    /// <summary>The record type the operation works on.</summary>
    public TypeRef? Of { get; init; }

    /// <summary>For <see cref="Operation.PatchItems"/>: the list field of <see cref="Of"/>.</summary>
    public string? Items { get; init; }

    /// <summary>Parameter that identifies the record; null: <c>id</c>.</summary>
    public string? Key { get; init; }

    /// <summary>A URL field that the server calls before it accepts the record: <c>connectorId.urlCheck</c>.</summary>
    public string? Verify { get; init; }

    public HttpRoute? Http { get; init; }

    public string? Docs { get; init; }

    public string? CSharpName { get; init; }

    public string? Description { get; init; }

    /// <summary>How exact its names are; null: as the API's are.</summary>
    public NameCase? NameCase { get; init; }

    /// <summary>How business errors of this method travel.</summary>
    public FailureSpec Failure { get; init; } = FailureSpec.TopLevel;
}

/// <summary>How business errors travel.</summary>
/// <param name="InResult">Inside <c>result</c> as <c>{"error":{"error":…}}</c> instead of at the top.</param>
/// <param name="Status">The HTTP status.</param>
public sealed record FailureSpec(bool InResult, int Status)
{
    public static FailureSpec TopLevel { get; } = new(false, 400);
}
