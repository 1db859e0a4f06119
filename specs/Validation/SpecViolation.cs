using Bitrix24.Gen.Specs.Contract;

namespace Bitrix24.Gen.Specs;

/// <summary>A rule that a call or an answer breaks.</summary>
/// <param name="RuleId">The rule, such as <c>B24104</c>.</param>
/// <param name="Rule">The spec's word for it, such as <c>readOnly</c> or <c>uniqueBy.name</c>.</param>
/// <param name="Path">Where: <c>fields.fields[0].name</c>; empty: the call as a whole.</param>
/// <param name="Code">The code with which the server answers; null: it lets this pass, or nothing is known.</param>
/// <param name="Message">The server's text where there is one, else what is wrong.</param>
/// <param name="Severity">How much it weighs.</param>
/// <param name="Range">The offending value or name; of a missing one, the object around it.</param>
/// <param name="Suggestion">What was probably meant.</param>
public sealed record SpecViolation(
    string RuleId,
    string Rule,
    string Path,
    string? Code,
    string Message,
    RuleSeverity Severity,
    TextRange Range,
    string? Suggestion = null)
{
    /// <summary>The field or parameter whose rule is broken, with the rules and the type of its named scalar; null: none, or a name within an object.</summary>
    public FieldSpec? Field { get; init; }

    /// <summary>The HTTP status of the answer, where it is said with the code.</summary>
    public int? Status { get; init; }

    /// <summary>The offending value; of a missing one, the object around it.</summary>
    public JsonNode? Value { get; init; }

    internal static SpecViolation Of(Finding<NodeValue> finding) => new(
        finding.RuleId,
        finding.Rule,
        finding.Path,
        finding.Code,
        finding.Message,
        finding.Severity,
        finding.AtName ? finding.Value.NameRange : finding.Value.Range,
        finding.Suggestion)
    {
        Field = finding.Field?.Spec,
        Value = finding.Value.Node,
    };
}
