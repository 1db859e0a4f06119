using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.State;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>Values that another record has already, where the page of the method or a state file says that they are unique.</summary>
internal static class UniqueRules
{
    /// <summary>The word of the rule.</summary>
    public const string Unique = "unique";

    /// <summary>The values of the call that are taken.</summary>
    public static IEnumerable<SpecViolation> Check(MethodCall call)
    {
        if (call.Operation is not (Operation.Add or Operation.Update) || call.Table is not { } table || call.Method.Params.FirstOrDefault() is not { } first)
            yield break;
        // A copy gets a name of its own.
        if (call.Operation == Operation.Add && call.State.Input != StateRules.NoInput && table.Spec.Unique is { } unique && IsTaken(call, table, unique) && DocumentedErrors.Taken(call) is { } taken)
            yield return Taken(call, call.Violation(Unique, first.Name, [first]), taken);
        if (CallRules.IsCharted(call))
            yield break;
        if (DocumentedErrors.TakenBy(call).FirstOrDefault(t => !IsPart(t.Names, table.Spec.Unique) && IsTaken(call, table, t.Names)) is { Error: { } documented })
            yield return Taken(call, call.Violation(Unique, first.Name, [first]), documented);
        else if (call.Operation == Operation.Add && table is { Spec.Coded: true, KeyColumn: >= 0 }
            && call.InputValue.FirstOrDefault(m => table.Columns.Find(m.Key) == table.KeyColumn) is { Key: { } name, Value: var code }
            && table.Find(Values.From(code)) is not null && DocumentedErrors.Taken(call) is { } error)
            yield return Taken(call, call.Violation(Unique, name, [], value: code), error);
    }

    /// <summary>The store says of these names which others belong to them: values are unique together.</summary>
    private static bool IsPart(IReadOnlyList<string> names, JsonObject? unique) =>
        unique?["fields"] is JsonArray fields && names.Count < fields.Count && names.All(n => fields.Any(f => n.Equals(JsonValues.Text(f), StringComparison.OrdinalIgnoreCase)));

    private static SpecViolation Taken(MethodCall call, SpecViolation violation, ErrorSpec error)
    {
        var names = call.Meanings.FirstOrDefault(m => m.Rule == Unique && m.Code == error.Code && m.Text == error.Message)?.Names ?? [];
        var taken = call.InputValue.Concat(call.Parameters).FirstOrDefault(m => names.Contains(m.Key, StringComparer.OrdinalIgnoreCase));
        return violation with
        {
            Rule = Unique,
            Severity = RuleSeverity.Error,
            Code = error.Code,
            Message = ErrorText.Filled(error.Message, taken.Key ?? "", JsonValues.Text(taken.Value)) ?? error.Code,
        };
    }

    /// <summary>Another record of those that the method speaks of has the values that the call gives these fields; a change keeps those that it does not give.</summary>
    private static bool IsTaken(MethodCall call, RecordTable table, IReadOnlyList<string> names)
    {
        var changed = call.Operation == Operation.Update ? call.Target() : null;
        if (call.Operation == Operation.Update && changed is null)
            return false;
        var (wanted, isGiven) = (new List<(int Column, object? Value)>(), false);
        foreach (var name in names)
        {
            if (table.Columns.Find(name) is not (>= 0 and var column))
            {
                // A row that names values as well (a final stage, a kind) is about more than that a value is taken.
                if (call.Method.Params.Any(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
                    continue;
                return false;
            }

            var given = call.Set().FirstOrDefault(s => table.Columns.Find(s.Key) == column).Value
                ?? Values.From(call.InputValue.FirstOrDefault(m => m.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value)
                ?? Values.From(call.Parameters.FirstOrDefault(m => m.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value);
            isGiven |= given is not null && column != table.KeyColumn;
            var value = given ?? changed?[column];
            // That there is a record with N says nothing of another one.
            if (Values.Text(value) is not { Length: > 0 } or "N" or "0")
                return false;
            wanted.Add((column, value));
        }

        return wanted.Count > 0 && (isGiven || changed is null) && table.Matching([.. call.Where, .. wanted]).Exists(r => r != changed);
    }

    private static bool IsTaken(MethodCall call, RecordTable table, JsonObject unique)
    {
        if (JsonValues.Text(unique["unless"]) is { } unless && call.Parameters[unless] is { } asked && JsonValues.Text(asked) is { } text && JsonValues.Truth(text))
            return false;
        var set = call.Set().ToList();
        var wanted = (unique["fields"] as JsonArray ?? []).Select(JsonValues.Text).OfType<string>()
            .Select(name => (Column: table.Columns.Declare(name), Value: set.FirstOrDefault(s => s.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value ?? Values.From(call.InputValue[name])))
            .ToList();
        return wanted.Count > 0 && wanted.TrueForAll(static w => !Values.IsNothing(w.Value))
            && table.Matching(wanted).Exists(r => DerivedValues.Holds(unique["among"] as JsonObject, r));
    }
}
