using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>Fields that the portal's users declared and that a new record must have, where the method has an error for it.</summary>
internal static class MandatoryFields
{
    private const string Rule = "mandatory";

    public static IEnumerable<SpecViolation> Check(MethodCall call, RecordStore store)
    {
        if (call.Operation != Operation.Add || call.Table is not { UserFields.Count: > 0 } table || call.Input is not { } input || call.State.Errors?.GetValueOrDefault(Rule) is not JsonArray said)
            yield break;
        foreach (var (column, name) in table.UserFields)
        {
            if (store.Declaration(table, name) is not { } declaration || !store.IsMandatory(declaration)
                || call.InputValue.Any(m => table.Columns.Find(m.Key) == column && !Values.IsNothing(Values.From(m.Value))))
                continue;
            yield return call.Violation(Rule, $"{input.Name}.{name}", [input]) with
            {
                Rule = Rule,
                Severity = RuleSeverity.Error,
                Code = JsonValues.Text(said[0]),
                Message = ErrorText.Filled(JsonValues.Text(said.ElementAtOrDefault(1)), name, null) ?? Rule,
            };
        }
    }
}
