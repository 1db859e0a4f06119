namespace Bitrix24.Gen.Specs;

/// <summary>A rule that a call or an answer breaks.</summary>
/// <param name="RuleId">The rule, such as <c>B24104</c>.</param>
/// <param name="Rule">The spec's word for it, such as <c>readOnly</c> or <c>uniqueBy.name</c>.</param>
/// <param name="Path">Where: <c>fields.fields[0].name</c>; empty: the call as a whole.</param>
/// <param name="Code">The code with which the server answers; null: it lets this pass, or nothing is known.</param>
/// <param name="Message">The server's text where there is one, else what is wrong.</param>
/// <param name="Severity">How much it weighs.</param>
/// <param name="Range">The offending value; of a missing one, the object around it.</param>
/// <param name="Suggestion">What was probably meant.</param>
public sealed record Violation(
    string RuleId,
    string Rule,
    string Path,
    string? Code,
    string Message,
    SpecSeverity Severity,
    TextRange Range,
    string? Suggestion = null);
