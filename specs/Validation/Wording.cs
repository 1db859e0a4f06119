using System.Globalization;
using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>What stands in the placeholders of a text.</summary>
internal readonly record struct WordingArgs(string Field = "", TypeRef? Type = null, string? List = null, string? Value = null);

/// <summary>The words in which a violation is told.</summary>
internal static class Wording
{
    /// <summary>Fills the placeholders of a server's text.</summary>
    public static string Fill(string text, MethodSpec method, WordingArgs args)
    {
        if (text.IndexOf('{') < 0)
            return text;
        return text
            .Replace("{field}", args.Field)
            .Replace("{type}", args.Type is null ? "" : ServerType(args.Type))
            .Replace("{list}", args.List ?? args.Field)
            .Replace("{value}", args.Value ?? "")
            .Replace("{method}", method.Name);
    }

    /// <summary>Our own text, for rules that the server has none for.</summary>
    public static string Default(string rule, FieldSpec? field, WordingArgs args) => rule switch
    {
        "method" => $"Unknown method \"{args.Value}\".",
        "deprecated" => args.Value is null ? $"\"{args.Field}\" is deprecated." : $"\"{args.Field}\" is deprecated; call \"{args.Value}\".",
        "unknown" => $"Unknown name \"{args.Field}\".",
        "required" or "requiredIf" => $"\"{args.Field}\" is required.",
        "oneOf" => $"One of {args.List} is required.",
        "readOnly" => $"\"{args.Field}\" is read-only.",
        "immutable" => $"\"{args.Field}\" cannot be changed.",
        "type" => $"\"{args.Field}\" must be of type {(args.Type is null ? "" : Shown(args.Type))}.",
        "pattern" => $"\"{args.Field}\" must match {field?.Pattern}.",
        "minLength" => $"\"{args.Field}\" must have at least {Number(field?.MinLength)} characters.",
        "maxLength" => $"\"{args.Field}\" must have at most {Number(field?.MaxLength)} characters.",
        "min" => $"\"{args.Field}\" must be at least {Number(field?.Min)}.",
        "max" => $"\"{args.Field}\" must be at most {Number(field?.Max)}.",
        "minItems" => $"\"{args.Field}\" must have at least {Number(field?.MinItems)} items.",
        "maxItems" when args.Type is { Kind: TypeKind.Int } => $"\"{args.Field}\" must ask for at most {Number(field?.MaxItems)}.",
        "maxItems" => $"\"{args.Field}\" must have at most {Number(field?.MaxItems)} items.",
        "enum" => $"\"{args.Field}\" must be one of {string.Join(", ", field?.Enum ?? default)}.",
        "use" => $"Call \"{field?.Use}\" to change \"{args.Field}\".",
        "operator" => $"Unknown filter operator \"{args.Value}\".",
        "logic" => "\"logic\" must be \"AND\" or \"OR\".",
        "condition" => $"A condition of this filter is {args.Value}.",
        "property" => $"Unknown field \"{args.Field}\".",
        "filterable" => $"\"{args.Field}\" cannot be filtered by.",
        "selectable" => $"\"{args.Field}\" cannot be selected.",
        "sortable" => $"\"{args.Field}\" cannot be sorted by.",
        "direction" => $"Unknown direction \"{args.Value}\".",
        "reference" or "notFound" => $"\"{args.Field}\" names no record: {args.Value}.",
        "unique" => $"A record with this \"{args.Field}\" already exists.",
        "restrict" => "The record cannot be deleted: others refer to it.",
        "verify" => "The address to be called does not answer.",
        "auth" => "Access denied!",
        "batch" => "The method cannot be called in a batch.",
        "error" => $"The method does not name the error \"{args.Value}\".",
        _ => $"Duplicate values of \"{args.Field}\": {args.List}.",
    };

    // Names of types are the spec's own affair; whoever reads the text wants to know the form.
    private static string Shown(TypeRef type) => type.Kind switch
    {
        TypeKind.Named => "object",
        TypeKind.Array => type.Element!.Kind == TypeKind.Union ? $"({Shown(type.Element)})[]" : Shown(type.Element) + "[]",
        TypeKind.Map => $"map<{Shown(type.Element!)}>",
        TypeKind.Union => string.Join("|", type.Alternatives.Select(Shown)),
        _ => type.ToString(),
    };

    private static string ServerType(TypeRef type) => type.Kind switch
    {
        TypeKind.Int or TypeKind.Long => "integer",
        TypeKind.Double or TypeKind.Decimal => "double",
        TypeKind.Bool => "boolean",
        TypeKind.Array or TypeKind.Map or TypeKind.Named => "array",
        TypeKind.Union => string.Join("|", type.Alternatives.Select(ServerType)),
        TypeKind.YesNo => "char",
        _ => type.ToString(),
    };

    private static string Number(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture) ?? "";
}
