using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>Rules that hang on what the portal already keeps: references, uniqueness, children.</summary>
internal sealed class StateRules(RecordStore store)
{
    public const string Reference = "reference";
    public const string NotFound = "notFound";
    public const string Unique = "unique";
    public const string Restrict = "restrict";

    public IEnumerable<Breach> Check(MethodCall call)
    {
        var breaches = new List<Breach>();
        CheckTarget(call, breaches);
        foreach (var parameter in call.Method.Params)
        {
            CheckReference(call, [parameter], parameter.Name, call.Parameters[parameter.Name], breaches);
            if (parameter.As is View.Create or View.Update && call.Parameters[parameter.Name] is JsonObject input)
                CheckRecord(call, parameter, input, breaches);
        }

        return breaches;
    }

    private void CheckTarget(MethodCall call, List<Breach> breaches)
    {
        if (call is not { Table: { } table, KeyParameter: { } key } || JsonValues.IsNothing(call.Parameters[key.Name]))
            return;
        var target = call.Target();
        switch (call.Method.Operation)
        {
            case Operation.Get or Operation.Update or Operation.Delete or Operation.PatchItems when target is null:
                var missing = RuleTexts.Breach(call, [key], NotFound, key.Name);
                var refused = missing.Code is null ? RuleTexts.Breach(call, [key], Reference, key.Name) : missing;
                if (refused.Code is not null || call.Method.Operation != Operation.Delete)
                    breaches.Add(refused);
                break;
            // The field that refers says what happens to the record it refers to.
            case Operation.Delete when store.ReferenceTo(table.Type, target!) is { } reference:
                breaches.Add(RuleTexts.Breach(call, [reference], Restrict, key.Name));
                break;
            case Operation.PatchItems:
                CheckNewItems(call, table.Type, target!, breaches);
                break;
        }
    }

    private void CheckRecord(MethodCall call, FieldSpec parameter, JsonObject input, List<Breach> breaches)
    {
        if (call.Table is not { } table)
            return;
        var target = call.Method.Operation is Operation.Update or Operation.Upsert ? call.Target() : null;
        foreach (var field in table.Type.Spec.Fields)
        {
            if (!input.TryGetPropertyValue(field.Name, out var value) || JsonValues.IsNothing(value))
                continue;
            var path = $"{parameter.Name}.{field.Name}";
            CheckReference(call, [parameter, field], path, value, breaches);
            if (field.Unique && table.Records.Any(r => r != target && JsonValues.Same(r[field.Name], value)))
                breaches.Add(RuleTexts.Breach(call, [parameter, field], Unique, path, value));
        }
    }

    private void CheckReference(MethodCall call, IReadOnlyList<FieldSpec> chain, string path, JsonNode? value, List<Breach> breaches)
    {
        if (chain[^1].References is { } to
            && !JsonValues.IsNothing(value)
            && store.Table(to, call.Method.Api) is { } table
            && table.Find(value) is null
            && !breaches.Exists(b => b.Path == path))
            breaches.Add(RuleTexts.Breach(call, chain, Reference, path, value));
    }

    /// <summary>Members that may not repeat within the list may not repeat an item that is there already.</summary>
    private static void CheckNewItems(MethodCall call, RecordType type, JsonObject target, List<Breach> breaches)
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
                breaches.Add(RuleTexts.Breach(call, [add], $"{Unique}.{member}", add.Name, string.Join(", ", clashes)));
        }
    }
}
