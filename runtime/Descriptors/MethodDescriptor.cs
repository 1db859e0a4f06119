using System.Globalization;

namespace Bitrix24.Infrastructure;

/// <summary>An error that a method documents.</summary>
/// <param name="Code">The code as the server sends it.</param>
/// <param name="Message">The server's text; <c>{field}</c>, <c>{type}</c>, <c>{list}</c>, <c>{value}</c> and <c>{method}</c> stand for what varies.</param>
public sealed record MethodError(string Code, string? Message = null);

/// <summary>What the runtime knows of a method.</summary>
public sealed class MethodDescriptor
{
    /// <summary>A method.</summary>
    /// <param name="name">The name as the documentation spells it.</param>
    /// <param name="parameters">Makes the parameters on first use.</param>
    public MethodDescriptor(string name, Func<FieldDescriptor[]> parameters)
    {
        Name = name;
        Parameters = new(name, parameters);
    }

    private MethodDescriptor(string name, string facts, string parameters, Func<TypeDescriptor[]>? types)
    {
        Name = name;
        Parameters = new(parameters, types, name);
        foreach (var (fact, values) in DescriptorText.Facts(facts))
        {
            switch (fact)
            {
                case "does":
                    Operation = Enum.Parse<Operation>(values[0]);
                    break;
                case "repeat":
                    Idempotency = Enum.Parse<Idempotency>(values[0]);
                    break;
                case "access":
                    Access = Enum.Parse<MethodAccess>(values[0]);
                    break;
                case "paging":
                    Paging = Enum.Parse<Paging>(values[0]);
                    PageSize = int.Parse(values[1], CultureInfo.InvariantCulture);
                    break;
                case "open":
                    OpenParameters = true;
                    break;
                case "anyCase":
                    AnyNameCase = values[0] == "yes";
                    break;
                case "positional":
                    Positional = true;
                    break;
                case "notBatchable":
                    NotBatchable = true;
                    break;
                case "result":
                    ResultPath = values[0];
                    break;
                case "nullable":
                    ResultNullable = true;
                    break;
                case "replacement":
                    Replacement = values[0];
                    break;
                case "http":
                    (Verb, Path) = (values[0], values[1]);
                    break;
                case "errors":
                    Errors = new MethodError[values.Length / 2];
                    for (var i = 0; i < Errors.Length; i++)
                        Errors[i] = new(values[2 * i], values[(2 * i) + 1]);
                    break;
                case "ruleErrors":
                    RuleErrors = DescriptorText.RuleErrors(values);
                    break;
                case "order":
                    CheckOrder = values;
                    break;
                default:
                    throw new FormatException($"There is no fact '{fact}'.");
            }
        }
    }

    /// <summary>The methods that generated code describes.</summary>
    /// <param name="api">What the methods share.</param>
    /// <param name="types">The types of parameters that are objects; null: there are none.</param>
    /// <param name="messages">Server texts by code.</param>
    /// <param name="methods">Of each method the name, the facts and the parameters, the latter two in the generator's notation.</param>
    public static MethodDescriptor[] Read(ApiDescriptor api, Func<TypeDescriptor[]>? types, MethodError[] messages, params string[] methods)
    {
        var all = new MethodDescriptor[methods.Length / 3];
        for (var i = 0; i < all.Length; i++)
            all[i] = new(methods[3 * i], methods[(3 * i) + 1], methods[(3 * i) + 2], types) { Api = api, Messages = messages };
        return all;
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

    /// <summary>How it moves to the next page.</summary>
    public Paging Paging { get; init; }

    /// <summary>Records a page.</summary>
    public int PageSize { get; init; } = 50;

    /// <summary>Names that are not listed are accepted as parameters.</summary>
    public bool OpenParameters { get; init; }

    /// <summary>The server may take names in another case; null: as the API does.</summary>
    public bool? AnyNameCase { get; init; }

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
    public MethodError[] Errors { get; init; } = [];

    /// <summary>Server texts by code that the methods of a file share.</summary>
    public MethodError[] Messages { get; init; } = [];

    /// <summary>Error codes by rule, for parameters that name none.</summary>
    public RuleError[] RuleErrors { get; init; } = [];

    /// <summary>Rules in the server's order, as <c>path.rule</c>.</summary>
    public string[] CheckOrder { get; init; } = [];

    /// <summary>The verb of an HTTP-style method; null: POST of the method's name.</summary>
    public string? Verb { get; init; }

    /// <summary>The path of an HTTP-style method, with <c>{name}</c> for path parameters.</summary>
    public string? Path { get; init; }
}
