using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Mcp;

/// <summary>How to make a call right, in a sentence.</summary>
internal static class FixText
{
    public static string Of(SpecViolation violation)
    {
        var name = violation.Path[(violation.Path.LastIndexOf('.') + 1)..];
        if (violation.Suggestion is { Length: > 0 } meant)
        {
            return violation.RuleId switch
            {
                RuleIds.UnknownMethod or RuleIds.Use => $"Call {meant}.",
                RuleIds.UnknownField or RuleIds.Filter or RuleIds.Select or RuleIds.Order => $"Write \"{meant}\".",
                RuleIds.Deprecated or RuleIds.Superseded => $"Call {meant} instead.",
                _ => $"Use {meant}.",
            };
        }

        return violation.RuleId switch
        {
            RuleIds.UnknownMethod => "Search for the method first.",
            RuleIds.UnknownField => $"Remove \"{name}\", or describe the method and take one of its names.",
            RuleIds.Required => $"Add {violation.Path}{(violation.Field is { } field ? $" ({field.Type}{Values(field)})" : "")}.",
            RuleIds.ReadOnly => $"Remove {violation.Path}: only the server sets it.",
            RuleIds.Immutable => $"Remove {violation.Path}: it is set at creation only.",
            RuleIds.Type when violation.Field is { } field => $"Give a value of type {field.Type}.",
            RuleIds.Enum when violation.Field is { } field => $"Use one of{Values(field)[1..]}.",
            RuleIds.Pattern when violation.Field?.Pattern is { } pattern => $"Give a text that matches {pattern}.",
            RuleIds.Unique => "Make the values differ.",
            RuleIds.Filter or RuleIds.Select or RuleIds.Order => "Describe the method and take a field and an operator that it has.",
            RuleIds.Use when violation.Field?.Use is { } method => $"Call {method}.",
            _ => "See the rule's page.",
        };
    }

    private static string Values(FieldSpec field) => field.Enum.Count == 0 ? "" : $", {string.Join(", ", field.Enum.Take(30))}";
}
