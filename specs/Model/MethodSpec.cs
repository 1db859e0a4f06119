namespace Bitrix24.Gen.Specs;

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
public sealed record ResultSpec(TypeRef Type, string? At = null, bool Nullable = false, EquatableArray<WireKindAt> Wire = default);

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

    /// <summary>The server's method that is called, where <see cref="Name"/> is the spec's own; null: the one of that name.</summary>
    public string? Calls { get; init; }

    /// <summary>The name that travels to the server.</summary>
    public string WireName => Calls ?? Name;

    /// <summary>Base name of the file that defines it.</summary>
    public required string File { get; init; }

    public string? Scope { get; init; }

    public Operation Operation { get; init; }

    public EquatableArray<FieldSpec> Params { get; init; }

    /// <summary>The parameters accept names that are not listed.</summary>
    public bool OpenParams { get; init; }

    /// <summary>The filter parameter whose conditions may be given in its place, beside the parameters; null: none.</summary>
    public string? OpenFilter { get; init; }

    /// <summary>The server reads parameters by position, in the order listed.</summary>
    public bool Positional { get; init; }

    /// <summary>Whether a parameter of that name has no position in a <see cref="Positional"/> method.</summary>
    public static bool IsPage(string name) => Contract.Positions.IsPage(name);

    public ResultSpec? Result { get; init; }

    /// <summary>The answer carries nothing: null, or an empty list or object, whenever the call succeeds.</summary>
    public bool NoResult { get; init; }

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

    /// <summary>It is documented to be removed, or to do nothing any more.</summary>
    public bool Deprecated { get; init; }

    /// <summary>It works, but is developed no further.</summary>
    public bool Superseded { get; init; }

    /// <summary>The server has it and the documentation does not: only its name is known.</summary>
    public bool Undocumented { get; init; }

    /// <summary>Who may call it; null: not documented, or it depends.</summary>
    public Access? Access { get; init; }

    /// <summary>The method to call instead of a deprecated or superseded one.</summary>
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

    /// <summary>How exact names within filters, selections and orders are; null: exact.</summary>
    public NameCase? QueryCase { get; init; }

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
