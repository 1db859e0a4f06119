using System.Linq;

namespace Bitrix24.Gen.Specs.Contract;

/// <summary>Lowers what a field says of its values.</summary>
internal static class RuleLowering
{
    /// <summary>The rules; null where there are none.</summary>
    public static FieldRules? Lower(FieldSpec field) => !HasRules(field) ? null : new()
    {
        Pattern = field.Pattern,
        MinLength = field.MinLength ?? 0,
        MaxLength = field.MaxLength ?? int.MaxValue,
        Min = field.Min ?? decimal.MinValue,
        Max = field.Max ?? decimal.MaxValue,
        MinItems = field.MinItems ?? 0,
        MaxItems = field.MaxItems ?? int.MaxValue,
        Enum = [.. field.Enum],
        UniqueBy = [.. field.UniqueBy],
        OneOf = [.. field.OneOf],
        RequiredIf = field.RequiredIf is { } condition ? new(condition.Field, [.. condition.Values.Select(Text)]) : null,
        Use = field.Use,
        Call = field.Call,
        Instead = [.. field.Instead],
        Markup = field.Markup,
        Address = field.Address,
        Separator = field.Separator,
        MustName = [.. field.MustName],
        Weak = [.. field.Weak],
        Errors = [.. field.Errors],
    };

    private static bool HasRules(FieldSpec field) =>
        field is not
        {
            Pattern: null, MinLength: null, MaxLength: null, Min: null, Max: null, MinItems: null, MaxItems: null, Enum.Count: 0,
            UniqueBy.Count: 0, OneOf.Count: 0, RequiredIf: null, Use: null, Errors.Count: 0, Weak.Count: 0,
            Call: null, Instead.Count: 0, Markup: null, Address: AddressKind.None, Separator: null, MustName.Count: 0,
        };

    // Specs write values as JSON; a call may have the same value as a text or as a number.
    private static string Text(string json) => JsonReader.Read(json).Root is JsonString text ? text.Value : json;
}
