#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>A rule that a call or an answer breaks, and the value that breaks it.</summary>
/// <typeparam name="TValue">The adapter of the value.</typeparam>
/// <param name="RuleId">The rule, such as <c>B24104</c>.</param>
/// <param name="Rule">The spec's word for it, such as <c>readOnly</c> or <c>uniqueBy.name</c>.</param>
/// <param name="Path">Where: <c>fields.fields[0].name</c>; empty: the call as a whole.</param>
/// <param name="Code">The code with which the server answers; null: it lets this pass, or nothing is known.</param>
/// <param name="Message">The server's text where there is one, else what is wrong.</param>
/// <param name="Severity">How much it weighs.</param>
/// <param name="Field">The field whose rule is broken, or that holds the object around a name; null: none.</param>
/// <param name="Shape">What the value should be.</param>
/// <param name="Value">The offending value; of a missing one, the object around it.</param>
/// <param name="AtName">It is the value's name that is wrong.</param>
/// <param name="Suggestion">What was probably meant.</param>
internal readonly record struct Finding<TValue>(
    string RuleId,
    string Rule,
    string Path,
    string? Code,
    string Message,
    RuleSeverity Severity,
    FieldDescriptor? Field,
    FieldShape? Shape,
    TValue Value,
    bool AtName,
    string? Suggestion)
    where TValue : struct, IRuleValue<TValue>;
