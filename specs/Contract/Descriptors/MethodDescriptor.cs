using System.ComponentModel;

#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>An error that a method documents.</summary>
/// <param name="Code">The code as the server sends it.</param>
/// <param name="Message">The server's text; <c>{field}</c>, <c>{type}</c>, <c>{list}</c>, <c>{value}</c> and <c>{method}</c> stand for what varies.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record MethodError(string Code, string? Message = null);

/// <summary>What is known of a method.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class MethodDescriptor
{
    /// <summary>A method.</summary>
    /// <param name="name">The name as the documentation spells it.</param>
    /// <param name="parameters">Makes the parameters on first use.</param>
    public MethodDescriptor(string name, Func<FieldDescriptor[]> parameters)
    {
        Name = name;
        Parameters = new(name, parameters);
    }

    /// <summary>The name as the documentation spells it.</summary>
    public string Name { get; }

    /// <summary>The parameters.</summary>
    public TypeDescriptor Parameters { get; }

    /// <summary>What the method does with records.</summary>
    public Operation Operation { get; init; }

    /// <summary>Whether a call may be sent again.</summary>
    public Idempotency Idempotency { get; init; }

    /// <summary>Which credentials it accepts.</summary>
    public MethodAccess Access { get; init; } = MethodAccess.Any;

    /// <summary>Who may call it, beside what the credentials' scopes allow; null: not documented, or it depends.</summary>
    public Access? Caller { get; init; }

    /// <summary>How it moves to the next page.</summary>
    public Paging Paging { get; init; }

    /// <summary>Records a page.</summary>
    public int PageSize { get; init; } = 50;

    /// <summary>Names that are not listed are accepted as parameters.</summary>
    public bool OpenParameters { get; init; }

    /// <summary>The filter parameter whose conditions may be given in its place, beside the parameters; null: none.</summary>
    public string? OpenFilter { get; init; }

    /// <summary>How exact the names of parameters and fields are; null: as the API's.</summary>
    public NameCase? NameCase { get; init; }

    /// <summary>How exact names within filter, select and order are; null: exact.</summary>
    public NameCase? QueryCase { get; init; }

    /// <summary>The server reads parameters by position.</summary>
    public bool Positional { get; init; }

    /// <summary>It may not stand in a batch.</summary>
    public bool NotBatchable { get; init; }

    /// <summary>Dotted path of the value inside <c>result</c>; null: <c>result</c> itself.</summary>
    public string? ResultPath { get; init; }

    /// <summary>The server may answer null, false or an empty list for "nothing".</summary>
    public bool ResultNullable { get; init; }

    /// <summary>The method to call instead of this deprecated one; empty: deprecated without a successor.</summary>
    public string? Replacement { get; init; }

    /// <summary>What the methods of its API share.</summary>
    public ApiDescriptor Api { get; init; } = ApiDescriptor.Unknown;

    /// <summary>Server texts by code that are the method's own.</summary>
    public IReadOnlyList<MethodError> Errors { get; init; } = [];

    /// <summary>Server texts by code that the methods of a file share.</summary>
    public IReadOnlyList<MethodError> Messages { get; init; } = [];

    /// <summary>Error codes by rule, for parameters that name none.</summary>
    public IReadOnlyList<RuleError> RuleErrors { get; init; } = [];

    /// <summary>Rules in the server's order, as <c>path.rule</c>.</summary>
    public IReadOnlyList<string> CheckOrder { get; init; } = [];

    /// <summary>The verb of an HTTP-style method; null: POST of the method's name.</summary>
    public string? Verb { get; init; }

    /// <summary>The path of an HTTP-style method, with <c>{name}</c> for path parameters.</summary>
    public string? Path { get; init; }

    /// <summary>The other methods of the API, for calls within calls; null: none are known.</summary>
    internal IMethodCatalog? Others { get; set; }

    /// <summary>Items of one of its parameters are calls of other methods.</summary>
    internal bool HasCalls => Array.Exists(Parameters.FieldArray, static p => p.Rules?.Call is not null);
}

/// <summary>The methods of an API by their names.</summary>
internal interface IMethodCatalog
{
    /// <summary>Names of all of them; null: there may be others.</summary>
    IEnumerable<string>? Names { get; }

    /// <summary>The method of a name; null: it is not known.</summary>
    MethodDescriptor? Find(string name);
}
