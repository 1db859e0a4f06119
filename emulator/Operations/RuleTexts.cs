using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>Finds the error that the spec names for a rule.</summary>
internal static class RuleTexts
{
    /// <summary>A broken rule with the spec's code and text for it.</summary>
    /// <param name="call">The call.</param>
    /// <param name="chain">The parameter, and the fields within it, down to the one that broke the rule.</param>
    /// <param name="rule">The rule's word.</param>
    /// <param name="path">Where in the parameters.</param>
    /// <param name="value">The value that broke it.</param>
    public static Breach Breach(MethodCall call, IReadOnlyList<FieldSpec> chain, string rule, string path, JsonNode? value = null)
    {
        var error = Find(call, chain, rule);
        var text = error is null ? null : error.Message
            ?? Text(call.Method.Errors, error.Code)
            ?? Text(call.Specs.FindFile(call.Method.File, call.Method.Api)?.Messages ?? default, error.Code)
            ?? Text(call.Profile.SystemErrors, error.Code);
        text ??= $"The call breaks the rule \"{rule}\" at \"{path}\".";
        var message = text
            .Replace("{field}", chain.Count > 0 ? chain[^1].Name : path, StringComparison.Ordinal)
            .Replace("{value}", JsonValues.Text(value), StringComparison.Ordinal)
            .Replace("{list}", JsonValues.Text(value), StringComparison.Ordinal)
            .Replace("{method}", call.Method.Name, StringComparison.Ordinal);
        return new Breach(rule, rule, path, error?.Code, message);
    }

    private static string? Text(EquatableArray<ErrorSpec> errors, string code) =>
        errors.FirstOrDefault(e => e.Code == code && e.Message is not null)?.Message;

    private static RuleError? Find(MethodCall call, IReadOnlyList<FieldSpec> chain, string rule)
    {
        if (chain.Count > 0 && Named(chain[^1].Errors, rule) is { } own)
            return own;
        for (var i = chain.Count - 2; i >= 0; i--)
        {
            if (Named(chain[i].Errors, $"*.{rule}") is { } within)
                return within;
        }

        return (chain.Count > 1 && call.Table is { } table ? Named(table.Type.Spec.Errors, rule) : null)
            ?? Named(call.Method.RuleErrors, rule)
            ?? Named(call.Profile.RuleErrors, rule);
    }

    private static RuleError? Named(EquatableArray<RuleError> errors, string rule) => errors.FirstOrDefault(e => e.Rule == rule);
}
