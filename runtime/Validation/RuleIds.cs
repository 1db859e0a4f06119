namespace Bitrix24;

/// <summary>The ids of the rules by which a request is judged.</summary>
internal static class RuleIds
{
    public const string Unknown = "B24102";
    public const string Type = "B24106";
    public const string Filter = "B24111";
    public const string Select = "B24112";
    public const string Order = "B24113";

    public static string ForWord(string word) => word switch
    {
        "unknown" => Unknown,
        "required" or "requiredIf" or "oneOf" => "B24103",
        "readOnly" => "B24104",
        "immutable" => "B24105",
        "type" => Type,
        "pattern" => "B24107",
        "minLength" or "maxLength" or "min" or "max" or "minItems" => "B24108",
        "enum" => "B24109",
        "auth" or "batch" => "B24115",
        "use" => "B24116",
        "maxItems" => "B24117",
        _ => "B24110",
    };

    /// <summary>Whether a call that breaks the rule is held back: not where the server may be newer than the spec.</summary>
    public static bool Blocks(Violation violation) => violation.Code is not null || violation.Rule is not (Unknown or Select);
}
