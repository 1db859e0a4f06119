namespace Bitrix24.Gen.Specs;

/// <summary>A filter operator of an API.</summary>
/// <param name="Prefix">What stands before the field name; empty for the default.</param>
/// <param name="Name">What it does: <c>equals notEquals greater greaterOrEqual less lessOrEqual in notIn contains notContains like notLike between</c>.</param>
public sealed record FilterOperator(string Prefix, string Name);

/// <summary>What the methods of one module have in common, where neither method nor file says otherwise.</summary>
/// <param name="Prefix">What their names begin with, a whole word or several: <c>crm</c>, <c>user.option</c>.</param>
public sealed record ModuleSpec(string Prefix)
{
    /// <summary>How exact the names of parameters are.</summary>
    public NameCase? NameCase { get; init; }

    /// <summary>How exact names within filters, selections and orders are.</summary>
    public NameCase? QueryCase { get; init; }

    /// <summary>Parameters are read by position.</summary>
    public bool Positional { get; init; }

    /// <summary>The form in which records take files in fields of their portal's own: <c>fileData</c>, <c>base64</c>; null: <c>[name, base64]</c>.</summary>
    public string? Files { get; init; }
}

/// <summary>A word and its C# spelling: <c>biconnector</c>, <c>BiConnector</c>.</summary>
public sealed record NamingHint(string Word, string CSharpName);

/// <summary>How an API wraps answers and errors.</summary>
/// <param name="Style">The form of both.</param>
/// <param name="Result">Member of the success body that holds the value; null: the body itself.</param>
/// <param name="Error">Member of the error body that holds the code or the error object.</param>
public sealed record EnvelopeSpec(EnvelopeKind Style, string? Result, string? Error);

/// <summary>How a batch carries its calls.</summary>
public enum BatchForm
{
    /// <summary>A map or list of texts: <c>crm.deal.get?ID=5</c>.</summary>
    Commands,

    /// <summary>A list of objects: <c>{ "method": "tasks.task.get", "query": { "id": 5 } }</c>; it may be the whole body.</summary>
    Calls,
}

/// <summary>The method with which an API takes several calls in one request.</summary>
/// <param name="Method">Its name.</param>
/// <param name="Form">How it carries the calls.</param>
/// <param name="Param">The parameter that holds them.</param>
public sealed record BatchSpec(string Method, BatchForm Form, string Param)
{
    /// <summary>Whether a raw call of that name is a batch.</summary>
    public bool Is(string method) => string.Equals(Method, method, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A rate limit of an API: a bucket that leaks, or so many requests in any stretch of time.</summary>
/// <param name="Name">Which plan it is for, or whose requests it counts.</param>
public sealed record RateLimitSpec(string Name)
{
    /// <summary>Requests the bucket holds; 0: it is no bucket.</summary>
    public int Capacity { get; init; }

    /// <summary>Requests a second that leak out of the bucket.</summary>
    public decimal PerSecond { get; init; }

    /// <summary>Requests in any stretch of <see cref="Seconds"/>; 0: it is a bucket.</summary>
    public int Requests { get; init; }

    /// <summary>How long the stretch of time is.</summary>
    public int Seconds { get; init; }

    /// <summary>The only path that it counts; null: all.</summary>
    public string? Path { get; init; }
}

/// <summary>What all methods of an API share; one per API, in its <c>api.b24.json</c>.</summary>
public sealed record ProfileSpec
{
    public required string Api { get; init; }

    public string? Title { get; init; }

    public string? Docs { get; init; }

    /// <summary>The attribute that asks the generator for a client of the API, such as <c>Bitrix24Client</c>; null: it is selected with a prefix.</summary>
    public string? Client { get; init; }

    /// <summary>Errors that any method may answer, with their HTTP status.</summary>
    public EquatableArray<ErrorSpec> SystemErrors { get; init; }

    /// <summary>How exact the names of parameters and fields are where no file says.</summary>
    public NameCase NameCase { get; init; }

    /// <summary>How exact the names of fields in answers are: <see cref="NameCase.Any"/> also leaves out underscores between words.</summary>
    public NameCase AnswerNameCase { get; init; }

    /// <summary>The specs describe a part of the API only: names that they lack may be those of other methods.</summary>
    public bool Partial { get; init; }

    /// <summary>Where no error code says otherwise, the server takes what PHP makes of a value.</summary>
    public bool LooseTypes { get; init; }

    /// <summary>Names of fields are written in camelCase, also those that no spec describes; a custom field keeps its name.</summary>
    public bool CamelCaseFields { get; init; }

    /// <summary>What the methods of a module share; the longest prefix that fits counts.</summary>
    public EquatableArray<ModuleSpec> Modules { get; init; }

    /// <summary>The module with the longest prefix that the name of a method or entity begins with, word by word.</summary>
    /// <param name="name">The name.</param>
    public ModuleSpec? Module(string name)
    {
        ModuleSpec? best = null;
        foreach (var module in Modules)
        {
            if (module.Prefix.Length > (best?.Prefix.Length ?? 0) && name.StartsWith(module.Prefix, StringComparison.OrdinalIgnoreCase)
                && (name.Length == module.Prefix.Length || name[module.Prefix.Length] == '.'))
            {
                best = module;
            }
        }

        return best;
    }

    public EquatableArray<FilterOperator> FilterOperators { get; init; }

    /// <summary>Operators written as members of a filter value, <c>{ "amount": { "$gte": 5 } }</c>; the key stands in <see cref="FilterOperator.Prefix"/>.</summary>
    public EquatableArray<FilterOperator> FilterKeys { get; init; }

    /// <summary>Filters are lists of conditions, <c>[["id", ">", 5], { "logic": "or", "conditions": [] }]</c>, not objects of prefixed names.</summary>
    public bool FilterConditions { get; init; }

    /// <summary>Allowed sort directions; compared without regard to case.</summary>
    public EquatableArray<string> OrderDirections { get; init; }

    /// <summary>How an order may be written: <c>object</c>, <c>string</c> (<c>id,-amount</c>), <c>array</c>; empty: an object.</summary>
    public EquatableArray<string> OrderForms { get; init; }

    public int PageSize { get; init; } = 50;

    /// <summary>The method that takes batches; null: the API has none.</summary>
    public BatchSpec? Batch { get; init; }

    public int BatchLimit { get; init; } = 50;

    public EnvelopeSpec Envelope { get; init; } = new(EnvelopeKind.Bitrix24, "result", "error");

    public EquatableArray<RateLimitSpec> RateLimits { get; init; }

    /// <summary>Hosts that may get an application's secret for tokens; <c>*.</c> stands for one name before the rest. None: the API has no such exchange.</summary>
    public EquatableArray<string> TokenHosts { get; init; }

    public EquatableArray<NamingHint> Naming { get; init; }

    /// <summary>Names of parameters that any method takes, such as credentials; no rule looks at them.</summary>
    public EquatableArray<string> CommonParams { get; init; }

    /// <summary>Methods that servers have and the documentation lacks: calls of them are no error, and take any parameters.</summary>
    public EquatableArray<string> UndocumentedMethods { get; init; }

    /// <summary>Error codes by rule, where neither field, type nor method names one.</summary>
    public EquatableArray<RuleError> RuleErrors { get; init; }
}
