#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <content>What the facts of a field say of its rules.</content>
public sealed partial class FieldRules
{
    internal FieldRules(IEnumerable<(string Name, string[] Values)> facts)
    {
        foreach (var (fact, values) in facts)
        {
            switch (fact)
            {
                case "pattern":
                    Pattern = values[0];
                    break;
                case "minLength":
                    MinLength = NotationReader.Int(values[0]);
                    break;
                case "maxLength":
                    MaxLength = NotationReader.Int(values[0]);
                    break;
                case "min":
                    Min = NotationReader.Decimal(values[0]);
                    break;
                case "max":
                    Max = NotationReader.Decimal(values[0]);
                    break;
                case "minItems":
                    MinItems = NotationReader.Int(values[0]);
                    break;
                case "maxItems":
                    MaxItems = NotationReader.Int(values[0]);
                    break;
                case "enum":
                    Enum = values;
                    break;
                case "uniqueBy":
                    UniqueBy = values;
                    break;
                case "oneOf":
                    OneOf = values;
                    break;
                case "requiredIf":
                    var conditions = new string[values.Length - 1];
                    Array.Copy(values, 1, conditions, 0, conditions.Length);
                    RequiredIf = new(values[0], conditions);
                    break;
                case "use":
                    Use = values[0];
                    break;
                case "call":
                    Call = new(values[0], NotationReader.OrNull(values[1]), NotationReader.OrNull(values[2]));
                    break;
                case "instead":
                    var instead = new InsteadOf[values.Length / 2];
                    for (var i = 0; i < instead.Length; i++)
                        instead[i] = new(values[2 * i], values[(2 * i) + 1]);
                    Instead = instead;
                    break;
                case "markup":
                    Markup = new(NotationReader.OrNull(values[0]), NotationReader.OrNull(values[1]), NotationReader.OrNull(values[2]));
                    break;
                case "address":
                    Address = (AddressKind)Notation.Index(Notation.Addresses, values[0]);
                    break;
                case "separator":
                    Separator = values[0];
                    break;
                case "mustName":
                    MustName = values;
                    break;
                case "errors":
                    Errors = NotationReader.RuleErrors(values);
                    break;
                case "weak":
                    Weak = values;
                    break;
                default:
                    throw new FormatException($"There is no fact '{fact}'.");
            }
        }
    }
}
