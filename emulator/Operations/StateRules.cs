using System.Globalization;
using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>Rules that hang on what the portal already keeps: references, uniqueness, children.</summary>
internal sealed class StateRules(RecordStore store, bool lenient)
{
    private const string Reference = "reference";
    private const string NotFound = "notFound";
    private const string Required = "required";

    /// <summary>Much of the API has this text without a code.</summary>
    private const string UnnamedNotFound = "NOT_FOUND";

    private const string Restrict = "restrict";
    public const string NoInput = "-";

    private readonly StoreUse _use = StoreUse.Of(store);

    public IReadOnlyList<SpecViolation> Check(MethodCall call)
    {
        var violations = new List<SpecViolation>();
        // A record is looked for within the one that it belongs to.
        CheckNeeds(call, violations, within: false);
        CheckTarget(call, violations);
        CheckNeeds(call, violations, within: true);
        CheckNamed(call, violations);
        CheckCode(call, violations);
        if (!lenient)
            violations.AddRange(MustRules.Check(call).Concat(UniqueRules.Check(call)).Concat(QueryRules.Check(call)).Concat(MandatoryFields.Check(call, store)));
        foreach (var parameter in call.Method.Params)
        {
            CheckReference(call, [parameter], null, parameter.Name, call.Parameters[parameter.Name], violations);
            if (parameter == call.Input && call.Parameters[parameter.Name] is JsonObject input)
                CheckRecord(call, parameter, input, violations);
        }

        return violations;
    }

    private void CheckTarget(MethodCall call, List<SpecViolation> violations)
    {
        if (call is
            {
                Table: not null, KeyParameter: null, State: { Key: "", HasMissing: false, ShapeOnly: false }, Where.Count: > 0,
                Operation: Operation.Get or Operation.Update or Operation.Delete
            })
        {
            // The record is meant by what it belongs to, or by one of several parameters.
            if (!lenient && call.Target() is null && call.Method.Params.FirstOrDefault(p => IsLeftOut(call, p)) is { } either)
                violations.Add(call.Violation(Required, either.Name, [either]) with { Rule = Required, Severity = RuleSeverity.Error });
            else if (!lenient && call.Target() is null && Meant(call) is { } named)
                violations.Add(call.Violation(NotFound, named.Name, [named], value: call.Parameters[named.Name]) with { Rule = NotFound, Severity = RuleSeverity.Error });
            return;
        }

        if (call is not { Table: { } table, KeyParameter: { } key } || call.State.ShapeOnly)
            return;
        if (Values.IsNothing(Values.From(call.Member(key.Name))))
        {
            // Tables of parameters often forget the star of an id that is plainly wanted.
            if (!lenient && !CallRules.IsCharted(call) && !key.Required && key.OneOf.Count == 0 && call.State.Do != OperationRunner.GetOrList
                && call.Operation is Operation.Get or Operation.Update or Operation.Delete && call.Where.Count == 0)
                violations.Add(call.Violation(Required, key.Name, [key]));
            return;
        }

        if (!lenient && IsNoId(call, key))
        {
            var said = DocumentedErrors.OfNoId(call, key.Name);
            if (said is not null || DocumentedErrors.IsNamed(call, Required, key.Name))
            {
                var none = call.Violation(Required, key.Name, [key]) with { Rule = Required, Severity = RuleSeverity.Error };
                violations.Add(said is null ? none : none with { Code = said.Code, Message = said.Message ?? none.Message });
                return;
            }
        }

        var target = call.Target();
        switch (call.Operation)
        {
            case Operation.Get or Operation.Update or Operation.Delete or Operation.PatchItems when target is null:
                CheckMissing(call, table, key, violations);
                break;
            case Operation.Get when call.ViewType is { } type:
                CheckJoins(call, type, key, target!, violations);
                break;
            // The field that refers says what happens to the record it refers to.
            case Operation.Delete when call.ViewType is { } type && store.ReferenceTo(table, type, target!) is { } reference:
                violations.Add(call.Violation(Restrict, key.Name, [reference]));
                break;
            case Operation.PatchItems when call.ViewType is { } type:
                CheckNewItems(call, type, target!, violations);
                break;
        }
    }

    /// <summary>No record has the id 0 or less.</summary>
    private static bool IsNoId(MethodCall call, FieldSpec key) =>
        key.Type.Kind is TypeKind.Int or TypeKind.Long && call.Operation is Operation.Get or Operation.Update or Operation.Delete && call.Target() is null
        && IsNothingAsId(Values.Text(Values.From(call.Member(key.Name))));

    private static bool IsNothingAsId(string? text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id) && id <= 0;

    /// <summary>The parameter that says which record is meant among those of another: the last of the conditions that is not looked for itself.</summary>
    private static FieldSpec? Meant(MethodCall call)
    {
        var names = (call.State.Where ?? new Dictionary<string, JsonNode?>()).Values.Select(static v => JsonValues.Text(v)?.Trim('{', '$', '}'));
        var named = names.LastOrDefault(n => n is not null && call.State.Needs?.ContainsKey(n) != true && call.Parameter(n) is not null);
        return (named is null ? null : call.Parameter(named)) ?? call.Method.Params.FirstOrDefault();
    }

    /// <summary>Neither the parameter is given nor any that may take its place.</summary>
    private static bool IsLeftOut(MethodCall call, FieldSpec parameter) =>
        parameter.OneOf.Count > 0 && parameter.OneOf.Append(parameter.Name).All(name => Values.IsNothing(Values.From(call.Member(name))));

    private void CheckMissing(MethodCall call, RecordTable table, FieldSpec key, List<SpecViolation> violations)
    {
        if (call.State.HasMissing && call.Operation == Operation.Get)
            return;
        // Records that no method makes are not kept: their methods answer by form alone.
        if (table.Records.Count == 0 && !_use.IsMade(table))
            return;
        var passes = lenient || CallRules.IsCharted(call);
        var missing = call.Violation(NotFound, key.Name, [key], value: call.Member(key.Name));
        if (missing.Code is null)
            missing = call.Violation(Reference, key.Name, [key], value: call.Member(key.Name));
        if (missing.Code is null && call.State.Errors?.ContainsKey(NotFound) != true && DocumentedErrors.For(call, NotFound, key.Name) is null && call.Operation != Operation.Delete)
            missing = missing with { Code = UnnamedNotFound, Message = "Not found" };
        // Where the server has no error for it, deleting nothing is none.
        if (missing.Code is not null || !passes || call.Operation != Operation.Delete)
            violations.Add(missing with { Rule = NotFound, Severity = RuleSeverity.Error, Code = missing.Code ?? (passes ? UnnamedNotFound : null) });
    }

    /// <summary>What the errors of a page name as required must be there, and be something.</summary>
    private void CheckNamed(MethodCall call, List<SpecViolation> violations)
    {
        if (lenient || call.State.ShapeOnly || CallRules.IsCharted(call))
            return;
        foreach (var meaning in call.Meanings.Where(static m => m.Rule == Required))
        {
            var names = meaning.Names.Where(n => call.Input?.Name.Equals(n, StringComparison.OrdinalIgnoreCase) != true).ToList();
            foreach (var name in names)
            {
                var parameter = call.Method.Params.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
                if (call.State.Empty?.Contains(name, StringComparer.OrdinalIgnoreCase) == true && call.Parameters.ContainsKey(name))
                    continue;
                if (parameter is null && (call.Input is null || call.InputNode is not JsonObject || call.InputNode == call.Parameters))
                    continue;
                var (path, holder) = parameter is null ? ($"{call.Input!.Name}.{name}", call.InputValue) : (parameter.Name, call.Parameters);
                var member = holder.FirstOrDefault(m => m.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
                // Of optional names, one does in place of the others.
                if (parameter is { Required: false }
                    && names.Exists(n => n != name && !Values.IsNothing(Values.From(holder.FirstOrDefault(m => m.Key.Equals(n, StringComparison.OrdinalIgnoreCase)).Value))))
                    continue;
                // Of several names, one may do in place of the others; and changes leave out what stays as it is.
                var known = call.ViewType?.Field(name) is not null || call.Table?.Columns.Find(name) >= 0;
                var wanted = member.Key is not null || (!meaning.Given && names.Count == 1 && parameter is null && known && call.Operation == Operation.Add);
                if (wanted && (Values.IsNothing(Values.From(member.Value)) || IsEmptyId(call, parameter, member.Value)) && !violations.Exists(v => v.Path == path))
                    violations.Add(call.Violation(Required, path, parameter is null ? [] : [parameter]) with { Rule = Required, Severity = RuleSeverity.Error });
            }
        }
    }

    /// <summary>To a server an id of 0 or less is as good as none.</summary>
    private static bool IsEmptyId(MethodCall call, FieldSpec? parameter, JsonNode? value) =>
        parameter is { Required: true, Type.Kind: TypeKind.Int or TypeKind.Long } && parameter != call.KeyParameter && parameter.Name.EndsWith("id", StringComparison.OrdinalIgnoreCase)
        && IsNothingAsId(JsonValues.Text(value));

    /// <summary>A new record whose key its maker chooses needs one: an empty text is none.</summary>
    private void CheckCode(MethodCall call, List<SpecViolation> violations)
    {
        if (!lenient && call is { Operation: Operation.Add, Table: { Spec.Coded: true } table }
            && call.Method.Params.FirstOrDefault(p => table.Columns.Find(p.Name) == table.KeyColumn) is { Required: true } code
            && call.Parameters[code.Name] is { } given && Values.IsNothing(Values.From(given)) && !violations.Exists(v => v.Path == code.Name))
            violations.Add(call.Violation(Required, code.Name, [code]) with { Rule = Required, Severity = RuleSeverity.Error });
    }

    /// <summary>Records of other stores that the method cannot do without.</summary>
    private void CheckNeeds(MethodCall call, List<SpecViolation> violations, bool within)
    {
        foreach (var (name, wanted) in call.State.Needs ?? new Dictionary<string, JsonNode?>())
        {
            if (name.Contains('.', StringComparison.Ordinal) != within)
                continue;
            if (lenient || call.Parameter(name.Split('.')[0]) is not { } parameter || Values.From(call.Member(name)) is not { } value || Values.IsNothing(value))
                continue;
            if (IsThere(call, wanted, value))
                continue;
            // The page's own error for what is not there goes before the text that much of the API has.
            var own = (wanted as JsonObject)?["error"] is JsonArray { Count: > 0 } error
                ? new ErrorSpec(JsonValues.Text(error[0]) ?? "", JsonValues.Text(error.ElementAtOrDefault(1)), (int?)error.ElementAtOrDefault(2))
                : null;
            var said = own ?? (IsNothingAsId(Values.Text(value)) ? DocumentedErrors.OfNoId(call, name, named: true) : null) ?? DocumentedErrors.For(call, NotFound, name);
            var missing = call.Violation(NotFound, name, [parameter], value: call.Member(name)) with { Severity = RuleSeverity.Error };
            violations.Add(said is null || (own is null && missing.Code is not null) ? missing : missing with
            {
                Rule = Reference,
                Code = said.Code,
                Message = ErrorText.Filled(said.Message, name[(name.LastIndexOf('.') + 1)..], Values.Text(value)) ?? missing.Message,
            });
        }

        if (within && call.State.Only is { } only && call.Target() is { } target
            && !DerivedValues.Holds(new JsonObject(only.Select(static o => KeyValuePair.Create(o.Key, o.Value?.DeepClone()))), target))
            violations.Add(call.Violation("condition", call.KeyParameter?.Name ?? "", call.KeyParameter is { } key ? [key] : []) with { Severity = RuleSeverity.Error });
    }

    /// <summary>The store that a need names has the record: by its key or by <c>by</c>, among those with the values of <c>where</c>.</summary>
    private bool IsThere(MethodCall call, JsonNode? wanted, object value)
    {
        var named = wanted as JsonObject;
        var table = store.Named(Values.Text(call.Expression.Value(named is null ? wanted : named["store"])) ?? "");
        List<Record> found = JsonValues.Text(named?["by"]) is { } by ? table.Matching([(table.Columns.Declare(by), value)]) : table.Find(value) is { } one ? [one] : [];
        return found.Exists(r => (named?["where"] as JsonObject ?? []).All(w => Values.Same(r[w.Key], call.Expression.Value(w.Value))));
    }

    private void CheckRecord(MethodCall call, FieldSpec parameter, JsonObject input, List<SpecViolation> violations)
    {
        if (call is not { Table: { } table, ViewType: { } type })
            return;
        var target = call.Operation is Operation.Update or Operation.Upsert ? call.Target() : null;
        foreach (var field in type.Spec.Fields)
        {
            if (!input.TryGetPropertyValue(field.Name, out var value) || JsonValues.IsNothing(value))
                continue;
            var path = $"{parameter.Name}.{field.Name}";
            CheckReference(call, [parameter, field], type.Spec, path, value, violations);
            if (field.Unique && table.Where(table.Columns.Declare(field.Name), Values.From(value)).Any(r => r != target))
                violations.Add(call.Violation(UniqueRules.Unique, path, [parameter, field], type.Spec, value));
        }
    }

    private void CheckReference(
        MethodCall call, IReadOnlyList<FieldSpec> chain, TypeSpec? owner, string path, JsonNode? value, List<SpecViolation> violations)
    {
        if (chain[^1].References is { } to
            && !JsonValues.IsNothing(value)
            && store.Table(to, call.Method.Api) is { } table
            && !(table.Find(Values.From(value)) is { } found && chain[^1].With.All(w => Agrees(found[w.Field], call.Parameters[w.Sibling])))
            && !violations.Exists(v => v.Path == path))
        {
            violations.Add(call.Violation(Reference, path, chain, owner, value));
        }
    }

    /// <summary>Of what is not kept, nothing contradicts.</summary>
    private static bool Agrees(object? kept, JsonNode? given) => Values.IsNothing(kept) || JsonValues.IsNothing(given) || Values.Same(kept, Values.From(given));

    /// <summary>What the answer takes from other records must be there.</summary>
    private void CheckJoins(MethodCall call, RecordType type, FieldSpec key, Record target, List<SpecViolation> violations)
    {
        if (call.Method.Result is not { } result || call.Specs.ResolveType(result.Type, type.Api) is not { } shape)
            return;
        foreach (var join in shape.Fields.Select(f => ServerValue.Join(f.Server)).OfType<JoinRule>())
        {
            if (type.Field(join.Reference) is { } field && store.Table(field.References, type.Api)?.Find(target[join.Reference]) is null)
                violations.Add(call.Violation(Reference, key.Name, [field], type.Spec, Values.ToNode(target[join.Reference])));
        }
    }

    /// <summary>Members that may not repeat within the list may not repeat an item that is there already.</summary>
    private static void CheckNewItems(MethodCall call, RecordType type, Record target, List<SpecViolation> violations)
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
                violations.Add(call.Violation($"{UniqueRules.Unique}.{member}", add.Name, [add], value: string.Join(", ", clashes)));
        }
    }
}
