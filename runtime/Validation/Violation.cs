namespace Bitrix24;

/// <summary>A rule of the spec that a request breaks.</summary>
/// <param name="Rule">The rule's id, such as <c>B24104</c>.</param>
/// <param name="Path">Where, such as <c>fields.fields[0].name</c>; empty for the call as a whole.</param>
/// <param name="Code">The error code with which the server would answer, where it is known.</param>
/// <param name="Message">What is wrong.</param>
public sealed record Violation(string Rule, string Path, string? Code, string Message)
{
    /// <summary>Its severity: a call with an error, or with a violation that the server has a code for, is not sent.</summary>
    public RuleSeverity Severity { get; init; } = RuleSeverity.Error;
}
