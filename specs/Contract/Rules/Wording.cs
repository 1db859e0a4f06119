using System.Globalization;
using System.Linq;

#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>The text of a violation.</summary>
/// <param name="Name">The name of the field.</param>
/// <param name="Shape">The type it should have.</param>
/// <param name="Rules">Its rules.</param>
/// <param name="List">Several names or values.</param>
/// <param name="Value">The value.</param>
internal readonly record struct Wording(
    string Name,
    FieldShape? Shape = null,
    FieldRules? Rules = null,
    string? List = null,
    string? Value = null)
{
    /// <summary>Fills the placeholders of a server's text.</summary>
    public string Fill(string text, string method) => text.IndexOf('{') < 0
        ? text
        : text
            .Replace("{field}", Name)
            .Replace("{type}", Shape?.ServerType() ?? "")
            .Replace("{list}", List ?? Name)
            .Replace("{value}", Value ?? "")
            .Replace("{method}", method);

    /// <summary>The text where the server has none of its own.</summary>
    public string Default(string rule) => rule switch
    {
        "method" => $"Unknown method \"{Name}\".",
        "deprecated" => Value is null ? $"\"{Name}\" is deprecated." : $"\"{Name}\" is deprecated; call \"{Value}\".",
        "superseded" => Value is null ? $"\"{Name}\" is no longer developed." : $"\"{Name}\" is no longer developed; call \"{Value}\".",
        "unknown" => $"Unknown name \"{Name}\".",
        "camelCase" => $"Names of fields are in camelCase: \"{Name}\" is \"{Value}\".",
        "misplaced" => $"Unknown name \"{Name}\": it belongs into another parameter, as \"{Value}\".",
        "spread" => $"Unknown name \"{Name}\": the method takes its members as parameters.",
        "spelled" => $"The documented name of \"{Name}\" is \"{Value}\".",
        "required" or "requiredIf" => $"\"{Name}\" is required.",
        "oneOf" => List?.IndexOf(',') > 0 ? $"One of {List} is required." : $"{List} is required.",
        "mustName" => $"\"{Name}\" must name {List}.",
        "readOnly" => $"\"{Name}\" is read-only.",
        "immutable" => $"\"{Name}\" cannot be changed.",
        "type" => $"\"{Name}\" must be of type {Shape}.",
        "date" => $"\"{Name}\" must be a date such as 2026-12-31; the server cannot read \"{Value}\".",
        "day" => $"\"{Name}\" is \"{Value}\", a day that its month does not have.",
        "summable" => $"\"{Name}\" is of type {Shape}; only numbers have a sum, average, minimum or maximum.",
        "address" => Value!,
        "pattern" => $"\"{Name}\" must match {Rules?.Pattern}.",
        "minLength" => $"\"{Name}\" must have at least {Number(Rules?.MinLength)} characters.",
        "maxLength" => $"\"{Name}\" must have at most {Number(Rules?.MaxLength)} characters.",
        "min" => $"\"{Name}\" must be at least {Number(Rules?.Min)}.",
        "max" => $"\"{Name}\" must be at most {Number(Rules?.Max)}.",
        "minItems" => $"\"{Name}\" must have at least {Number(Rules?.MinItems)} items.",
        "maxItems" when Value is not null => $"\"{Name}\" must ask for at most {Number(Rules?.MaxItems)}.",
        "maxItems" => $"\"{Name}\" must have at most {Number(Rules?.MaxItems)} items.",
        "enum" => $"\"{Name}\" must be one of {string.Join(", ", Rules?.Enum ?? [])}.",
        "hint" => $"\"{Name}\" is \"{Value}\", which no documentation mentions.",
        "instead" => $"\"{Name}\" {Value} has its own methods. Call \"{List}\".",
        "operand" or "markup" => Value!,
        "use" => $"Call \"{Rules?.Use}\" to change \"{Name}\".",
        "operator" => $"Unknown filter operator \"{Value}\".",
        "logic" => "\"logic\" must be \"AND\" or \"OR\".",
        "condition" => $"A condition of this filter is {Value}.",
        "property" => $"Unknown field \"{Name}\".",
        "filterable" => $"\"{Name}\" cannot be used in a filter.",
        "selectable" => $"\"{Name}\" cannot be selected.",
        "sortable" => $"\"{Name}\" cannot be used for sorting.",
        "direction" => $"Unknown direction \"{Value}\".",
        "reference" or "notFound" => $"No record has this \"{Name}\": {Value}.",
        "unique" => $"A record with this \"{Name}\" already exists.",
        "restrict" => "The record cannot be deleted: other records refer to it.",
        "verify" => "The address does not answer.",
        "auth" => string.IsNullOrEmpty(Value) ? "Access denied!" : Value!,
        "batch" => "The method cannot be called in a batch.",
        "error" => $"The method does not document the error \"{Value}\".",
        _ => $"Duplicate values of \"{Name}\": {List}.",
    };

    /// <summary>Names in quotation marks, with commas between them.</summary>
    public static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(static name => $"\"{name}\""));

    private static string Number(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture) ?? "";
}
