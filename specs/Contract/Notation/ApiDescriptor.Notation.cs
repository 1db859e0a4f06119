#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <content>What generated code says of an API.</content>
public sealed partial class ApiDescriptor
{
    /// <summary>An API that generated code describes.</summary>
    /// <param name="facts">What is known of it, in the generator's notation.</param>
    /// <param name="methods">Its generated methods, file by file, where calls lie within calls; null: nobody asks for them.</param>
    public ApiDescriptor(string facts, Func<IEnumerable<IReadOnlyList<MethodDescriptor>>>? methods = null)
    {
        _methods = methods;
        foreach (var (fact, values) in NotationReader.Facts(facts))
        {
            switch (fact)
            {
                case "envelope":
                    Envelope = (EnvelopeKind)Notation.Index(Notation.Envelopes, values[0]);
                    break;
                case "ruleErrors":
                    RuleErrors = NotationReader.RuleErrors(values);
                    break;
                case "errors":
                    Errors = NotationReader.Errors(values);
                    break;
                case "operators":
                    FilterOperators = values;
                    break;
                case "keys":
                    FilterKeys = values;
                    break;
                case "lists":
                    ListOperators = values;
                    break;
                case "contains":
                    ContainsOperators = values;
                    break;
                case "likes":
                    LikeOperators = values;
                    break;
                case "camel":
                    CamelCaseFields = true;
                    break;
                case "directions":
                    OrderDirections = values;
                    break;
                case "orders":
                    OrderForms = values;
                    break;
                case "names":
                    NameCase = (NameCase)Notation.Index(Notation.NameCases, values[0]);
                    break;
                case "loose":
                    LooseTypes = true;
                    break;
                case "batch":
                    BatchLimit = NotationReader.Int(values[0]);
                    break;
                case "common":
                    CommonParameters = values;
                    break;
                default:
                    throw new FormatException($"There is no fact '{fact}'.");
            }
        }
    }
}
