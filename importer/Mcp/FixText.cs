using System.Globalization;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Mcp;

/// <summary>How to make a call right, in a sentence.</summary>
internal static class FixText
{
    // A nearest value of one or two characters is a guess.
    private const int ShortestMeant = 3;

    /// <param name="violation">What is wrong.</param>
    /// <param name="api">The API of the call.</param>
    public static string Of(SpecViolation violation, ProfileSpec api)
    {
        var name = violation.Path[(violation.Path.LastIndexOf('.') + 1)..];
        if (violation.Suggestion is { Length: > 0 } meant)
        {
            return violation.RuleId switch
            {
                RuleIds.UnknownField when violation.Rule == "misplaced" => $"Move it: {meant}.",
                RuleIds.UnknownMethod or RuleIds.Use => $"Call {meant}.",
                RuleIds.UnknownField or RuleIds.Filter or RuleIds.Select or RuleIds.Order => $"Write \"{meant}\".",
                RuleIds.Deprecated or RuleIds.Superseded => $"Call {meant} instead.",
                RuleIds.Enum when violation.Field is { } field && meant.Length < ShortestMeant => $"Use one of{Values(field)[1..]}.",
                _ => $"Use {meant}.",
            };
        }

        return violation.RuleId switch
        {
            RuleIds.UnknownMethod when violation.Rule == "elsewhere" => "Call it in that API, or search for one of this API that does the same.",
            RuleIds.UnknownMethod => "Search for the method first.",
            RuleIds.UnknownField when violation.Rule == "spread" => $"Write the members of \"{name}\" in its place.",
            RuleIds.UnknownField => $"Remove \"{name}\", or describe the method and take one of its names.",
            RuleIds.Required when violation.Rule == "mustName" => $"Name them in {violation.Path}.",
            RuleIds.Required => $"Add {violation.Path}{(violation.Field is { } field ? $" ({field.Type}{Values(field)})" : "")}.",
            RuleIds.ReadOnly => $"Remove {violation.Path}: only the server sets it.",
            RuleIds.Immutable => $"Remove {violation.Path}: it is set at creation only.",
            RuleIds.Type when violation.Rule is "date" or "day" => "Give a date such as 2026-12-31, with a time 2026-12-31T10:00:00+03:00.",
            RuleIds.Type when violation.Field is { } field => $"Give a value of type {field.Type}.",
            RuleIds.Enum when violation.Field is { } field => $"Use one of{Values(field)[1..]}.",
            RuleIds.Pattern when violation.Field?.Pattern is { } pattern => $"Give a text that matches {pattern}.",
            RuleIds.Pattern when violation.Field is { Address: not AddressKind.None } =>
                $"Give a web address in {violation.Path}{(violation.Field.Address == AddressKind.Public ? " that the portal can reach" : "")}.",
            RuleIds.Range or RuleIds.PageLimit when violation.Field is { } field && Limits(field) is { Length: > 0 } limits => $"Give {limits}.",
            RuleIds.Unique => "Make the values differ.",
            RuleIds.Filter or RuleIds.Select or RuleIds.Order when violation.Rule is "filterable" or "selectable" or "sortable" => $"Remove {violation.Path}.",
            RuleIds.Order => $"Write {Directions(api)} for each field of the order.",
            RuleIds.Filter or RuleIds.Select => "Describe the method and take a field and an operator that it has.",
            RuleIds.Operand => $"Give {violation.Path} a value of the field's type, or a list where the operator takes one.",
            RuleIds.Auth when violation.Rule == "batch" => "Call it by itself.",
            RuleIds.Auth => "Call it with the other kind of credentials; describe says which (calledBy).",
            RuleIds.Deprecated or RuleIds.Superseded => "It works; search for a method that is not marked before you write new code.",
            RuleIds.Use when violation.Field?.Use is { } method => $"Call {method}.",
            RuleIds.Type when violation.Path.Length == 0 => "Give the parameters as a JSON object.",
            RuleIds.Markup => $"Change the markup in {violation.Path} as the message says.",
            _ => $"Describe the method, and change {(violation.Path.Length == 0 ? "the call" : violation.Path)} as the message says.",
        };
    }

    private static string Directions(ProfileSpec api)
    {
        // Those of two words say where nothing stands, too.
        var plain = api.OrderDirections.Where(static d => !d.Contains(',', StringComparison.Ordinal)).ToList();
        return plain.Count < 2 ? "a direction" : $"{string.Join(", ", plain.Take(plain.Count - 1))} or {plain[^1]}";
    }

    private static string Limits(FieldSpec field)
    {
        var limits = new List<string>();
        void Add(string? most, string? least, string what)
        {
            if (least is not null || most is not null)
                limits.Add($"{(least, most) switch { (null, _) => $"at most {most}", (_, null) => $"at least {least}", _ => $"{least} to {most}" }}{what}");
        }

        static string? Text(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture);
        Add(Text(field.MaxLength), Text(field.MinLength), " characters");
        Add(Text(field.Max), Text(field.Min), "");
        Add(Text(field.MaxItems), Text(field.MinItems), " items");
        return string.Join(", ", limits);
    }

    private static string Values(FieldSpec field) => field.Enum.Count == 0 ? "" : $", {string.Join(", ", field.Enum.Take(30))}";
}
