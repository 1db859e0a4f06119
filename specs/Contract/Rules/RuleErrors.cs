#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>Finds the error with which a server answers a broken rule.</summary>
internal static class RuleErrors
{
    /// <summary>The error of a rule; null: none.</summary>
    /// <param name="errors">Where to look.</param>
    /// <param name="rule">The rule's word.</param>
    /// <param name="within">Errors of what lies within: <c>*.type</c>.</param>
    public static RuleError? Of(IReadOnlyList<RuleError> errors, string rule, bool within = false)
    {
        for (var i = 0; i < errors.Count; i++)
        {
            var word = errors[i].Rule;
            if (within
                ? word.Length == rule.Length + 2 && word.StartsWith("*.", StringComparison.Ordinal) && word.EndsWith(rule, StringComparison.Ordinal)
                : string.Equals(word, rule, StringComparison.Ordinal))
            {
                return errors[i];
            }
        }

        return null;
    }

    /// <summary>The server's text for a code, where it is known.</summary>
    public static string? Text(MethodDescriptor method, string code) =>
        Text(method.Errors, code) ?? Text(method.Messages, code) ?? Text(method.Api.Errors, code);

    private static string? Text(IReadOnlyList<MethodError> errors, string code)
    {
        for (var i = 0; i < errors.Count; i++)
        {
            if (errors[i].Message is { } text && string.Equals(errors[i].Code, code, StringComparison.Ordinal))
                return text;
        }

        return null;
    }
}
