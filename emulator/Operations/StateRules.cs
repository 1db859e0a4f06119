using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>Rules that hang on what the portal already keeps: references, uniqueness, children.</summary>
internal sealed class StateRules(RecordStore store)
{
    private const string Reference = "reference";
    private const string NotFound = "notFound";

    /// <summary>Much of the API has this text without a code.</summary>
    private const string UnnamedNotFound = "NOT_FOUND";

    private const string Unique = "unique";
    private const string Restrict = "restrict";

    public IReadOnlyList<Violation> Check(MethodCall call)
    {
        var violations = new List<Violation>();
        CheckTarget(call, violations);
        foreach (var parameter in call.Method.Params)
        {
            CheckReference(call, [parameter], null, parameter.Name, call.Parameters[parameter.Name], violations);
            if (parameter == call.Input && call.Parameters[parameter.Name] is JsonObject input)
                CheckRecord(call, parameter, input, violations);
        }

        return violations;
    }

    private void CheckTarget(MethodCall call, List<Violation> violations)
    {
        if (call is not { Table: { } table, KeyParameter: { } key } || JsonValues.IsNothing(call.Parameters[key.Name]))
            return;
        var target = call.Target();
        switch (call.Method.Operation)
        {
            case Operation.Get or Operation.Update or Operation.Delete or Operation.PatchItems when target is null:
                var missing = call.Violation(NotFound, key.Name, [key], value: call.Parameters[key.Name]);
                if (missing.Code is null)
                    missing = call.Violation(Reference, key.Name, [key], value: call.Parameters[key.Name]);
                // Where the spec has no error for it, deleting nothing is no error; the rest cannot go on.
                if (missing.Code is null && call.Method.Operation != Operation.Delete)
                    missing = missing with { Code = UnnamedNotFound, Message = "Not found" };
                if (missing.Code is not null)
                    violations.Add(missing);
                break;
            case Operation.Get:
                CheckJoins(call, table.Type, key, target!, violations);
                break;
            // The field that refers says what happens to the record it refers to.
            case Operation.Delete when store.ReferenceTo(table.Type, target!) is { } reference:
                violations.Add(call.Violation(Restrict, key.Name, [reference]));
                break;
            case Operation.PatchItems:
                CheckNewItems(call, table.Type, target!, violations);
                break;
        }
    }

    private void CheckRecord(MethodCall call, FieldSpec parameter, JsonObject input, List<Violation> violations)
    {
        if (call.Table is not { } table)
            return;
        var target = call.Method.Operation is Operation.Update or Operation.Upsert ? call.Target() : null;
        foreach (var field in table.Type.Spec.Fields)
        {
            if (!input.TryGetPropertyValue(field.Name, out var value) || JsonValues.IsNothing(value))
                continue;
            var path = $"{parameter.Name}.{field.Name}";
            CheckReference(call, [parameter, field], table.Type.Spec, path, value, violations);
            if (field.Unique && table.Records.Any(r => r != target && JsonValues.Same(r[field.Name], value)))
                violations.Add(call.Violation(Unique, path, [parameter, field], table.Type.Spec, value));
        }
    }

    private void CheckReference(
        MethodCall call, IReadOnlyList<FieldSpec> chain, TypeSpec? owner, string path, JsonNode? value, List<Violation> violations)
    {
        if (chain[^1].References is { } to
            && !JsonValues.IsNothing(value)
            && store.Table(to, call.Method.Api) is { } table
            && table.Find(value) is null
            && !violations.Exists(v => v.Path == path))
        {
            violations.Add(call.Violation(Reference, path, chain, owner, value));
        }
    }

    /// <summary>What the answer takes from other records must be there.</summary>
    private void CheckJoins(MethodCall call, RecordType type, FieldSpec key, JsonObject target, List<Violation> violations)
    {
        if (call.Method.Result is not { } result || call.Specs.ResolveType(result.Type, type.Api) is not { } shape)
            return;
        foreach (var join in shape.Fields.Select(f => ServerValue.Join(f.Server)).OfType<JoinRule>())
        {
            if (type.Field(join.Reference) is { } field && store.Table(field.References, type.Api)?.Find(target[join.Reference]) is null)
                violations.Add(call.Violation(Reference, key.Name, [field], type.Spec, target[join.Reference]));
        }
    }

    /// <summary>Members that may not repeat within the list may not repeat an item that is there already.</summary>
    private static void CheckNewItems(MethodCall call, RecordType type, JsonObject target, List<Violation> violations)
    {
        if (PatchOperation.Added(call.Method) is not { } add || type.Field(call.Method.Items ?? "") is not { } list)
            return;
        var existing = PatchOperation.Existing(call, target).ToList();
        foreach (var member in list.UniqueBy)
        {
            var clashes = (call.Parameters[add.Name] as JsonArray ?? []).OfType<JsonObject>()
                .Select(i => i[member])
                .Where(v => !JsonValues.IsNothing(v) && existing.Exists(e => JsonValues.Same(e[member], v)))
                .Select(JsonValues.Text)
                .ToList();
            if (clashes.Count > 0)
                violations.Add(call.Violation($"{Unique}.{member}", add.Name, [add], value: string.Join(", ", clashes)));
        }
    }
}
