#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <content>What the facts of a method say.</content>
public sealed partial class MethodDescriptor
{
    private MethodDescriptor(string name, string facts, string parameters, Func<TypeDescriptor[]>? types)
    {
        Name = name;
        Parameters = new(parameters, types, name);
        foreach (var (fact, values) in NotationReader.Facts(facts))
        {
            switch (fact)
            {
                case "does":
                    Operation = (Operation)Notation.Index(Notation.Operations, values[0]);
                    break;
                case "repeat":
                    Idempotency = (Idempotency)Notation.Index(Notation.Idempotencies, values[0]);
                    break;
                case "access":
                    Access = (MethodAccess)Notation.Index(Notation.Accesses, values[0]);
                    break;
                case "who":
                    Caller = (Access)Notation.Index(Notation.Callers, values[0]);
                    break;
                case "paging":
                    Paging = (Paging)Notation.Index(Notation.Pagings, values[0]);
                    PageSize = NotationReader.Int(values[1]);
                    break;
                case "open":
                    OpenParameters = true;
                    break;
                case "openFilter":
                    OpenFilter = values[0];
                    break;
                case "names":
                    NameCase = (NameCase)Notation.Index(Notation.NameCases, values[0]);
                    break;
                case "queryNames":
                    QueryCase = (NameCase)Notation.Index(Notation.NameCases, values[0]);
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
                    Errors = NotationReader.Errors(values);
                    break;
                case "ruleErrors":
                    RuleErrors = NotationReader.RuleErrors(values);
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
    public static IReadOnlyList<MethodDescriptor> Read(
        ApiDescriptor api, Func<TypeDescriptor[]>? types, IReadOnlyList<MethodError> messages, params string[] methods)
    {
        var all = new MethodDescriptor[methods.Length / 3];
        for (var i = 0; i < all.Length; i++)
            all[i] = new(methods[3 * i], methods[(3 * i) + 1], methods[(3 * i) + 2], types) { Api = api, Messages = messages };
        var others = new GeneratedMethods(api, all);
        foreach (var method in all)
            method.Others = others;
        return Array.AsReadOnly(all);
    }

    /// <summary>Those that were generated: of the same file, then of the API.</summary>
    private sealed class GeneratedMethods(ApiDescriptor api, MethodDescriptor[] file) : IMethodCatalog
    {
        // What the client does not select is not generated.
        public IEnumerable<string>? Names => null;

        public MethodDescriptor? Find(string name) =>
            Array.Find(file, m => string.Equals(m.Name, name, StringComparison.Ordinal)) ?? api.FindMethod(name);
    }
}
