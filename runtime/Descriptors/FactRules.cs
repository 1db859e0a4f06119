using System.Globalization;

namespace Bitrix24.Infrastructure;

/// <summary>Gathers the rules among the facts of a field.</summary>
internal sealed class FactRules
{
    /// <summary>The rules; null where there are none.</summary>
    public FieldRules? Rules { get; private set; }

    public void Add(string fact, string[] values)
    {
        var rules = Rules ??= new();
        switch (fact)
        {
            case "pattern":
                rules.Pattern = values[0];
                break;
            case "minLength":
                rules.MinLength = Int(values[0]);
                break;
            case "maxLength":
                rules.MaxLength = Int(values[0]);
                break;
            case "min":
                rules.Min = Decimal(values[0]);
                break;
            case "max":
                rules.Max = Decimal(values[0]);
                break;
            case "minItems":
                rules.MinItems = Int(values[0]);
                break;
            case "maxItems":
                rules.MaxItems = Int(values[0]);
                break;
            case "enum":
                rules.Enum = values;
                break;
            case "kinds":
                rules.Kinds = Array.ConvertAll(values[0].ToCharArray(), DescriptorText.KindOf);
                break;
            case "uniqueBy":
                rules.UniqueBy = values;
                break;
            case "oneOf":
                rules.OneOf = values;
                break;
            case "requiredIf":
                rules.RequiredIf = new(values[0], values[1..]);
                break;
            case "use":
                rules.Use = values[0];
                break;
            case "errors":
                rules.Errors = DescriptorText.RuleErrors(values);
                break;
            default:
                throw new FormatException($"There is no fact '{fact}'.");
        }
    }

    private static int Int(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static decimal Decimal(string text) => decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);
}
