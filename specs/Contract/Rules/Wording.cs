using System.Globalization;
using System.Linq;

#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>The text of a violation.</summary>
/// <param name="Name">The name of the field.</param>
/// <param name="Shape">What it should be.</param>
/// <param name="Rules">What it should obey.</param>
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

    /// <summary>Our own text, for rules that the server has none for.</summary>
    public string Default(string rule) => rule switch
    {
        "method" => $"Unknown method \"{Name}\".",
        "deprecated" => Value is null ? $"\"{Name}\" is deprecated." : $"\"{Name}\" is deprecated; call \"{Value}\".",
        "superseded" => Value is null ? $"\"{Name}\" is developed no further." : $"\"{Name}\" is developed no further; \"{Value}\" took its place.",
        "unknown" => $"Unknown name \"{Name}\".",
        "camelCase" => $"Names of fields are in camelCase: \"{Name}\" is \"{Value}\".",
        "required" or "requiredIf" => $"\"{Name}\" is required.",
        "oneOf" => $"One of {List} is required.",
        "readOnly" => $"\"{Name}\" is read-only.",
        "immutable" => $"\"{Name}\" cannot be changed.",
        "type" => $"\"{Name}\" must be of type {Shape}.",
        "summable" => $"\"{Name}\" has the type {Shape}: sums, averages, least and greatest values are of numbers.",
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
        "instead" => $"\"{Name}\" {Value} is served by methods of its own. Call \"{List}\".",
        "operand" or "markup" => Value!,
        "use" => $"Call \"{Rules?.Use}\" to change \"{Name}\".",
        "operator" => $"Unknown filter operator \"{Value}\".",
        "logic" => "\"logic\" must be \"AND\" or \"OR\".",
        "condition" => $"A condition of this filter is {Value}.",
        "property" => $"Unknown field \"{Name}\".",
        "filterable" => $"\"{Name}\" cannot be filtered by.",
        "selectable" => $"\"{Name}\" cannot be selected.",
        "sortable" => $"\"{Name}\" cannot be sorted by.",
        "direction" => $"Unknown direction \"{Value}\".",
        "reference" or "notFound" => $"\"{Name}\" names no record: {Value}.",
        "unique" => $"A record with this \"{Name}\" already exists.",
        "restrict" => "The record cannot be deleted: others refer to it.",
        "verify" => "The address to be called does not answer.",
        "auth" => string.IsNullOrEmpty(Value) ? "Access denied!" : Value!,
        "batch" => "The method may not stand in a batch.",
        "error" => $"The method does not name the error \"{Value}\".",
        _ => $"Duplicate values of \"{Name}\": {List}.",
    };

    private static string Number(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture) ?? "";
}
