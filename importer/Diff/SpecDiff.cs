using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Diff;

/// <summary>A difference that a user of the API may notice.</summary>
/// <param name="Breaking">A call that worked may be refused, or an answer may be read otherwise.</param>
/// <param name="Kind">What happened: <c>methodRemoved</c>, <c>fieldRequired</c>, <c>typeChanged</c> …</param>
/// <param name="Place">Method or type, and the path within.</param>
public sealed record SpecChange(bool Breaking, string Kind, string Api, string Place, string Message);

/// <summary>Compares two sets of specs as a user of the API sees them.</summary>
public sealed class SpecDiff
{
    private readonly SpecSet _old;
    private readonly SpecSet _new;
    private readonly List<SpecChange> _changes = [];
    private readonly HashSet<(string, string)> _seen = [];

    private SpecDiff(SpecSet old, SpecSet @new)
    {
        _old = old;
        _new = @new;
    }

    /// <summary>The changes, breaking ones first, then by place.</summary>
    public static IReadOnlyList<SpecChange> Compare(SpecSet old, SpecSet @new)
    {
        var diff = new SpecDiff(old, @new);
        diff.CompareMethods();
        return diff._changes.OrderBy(static c => !c.Breaking).ThenBy(static c => c.Api, StringComparer.Ordinal).ThenBy(static c => c.Place, StringComparer.Ordinal).ThenBy(static c => c.Kind, StringComparer.Ordinal).ToArray();
    }

    private void CompareMethods()
    {
        var before = Methods(_old);
        var after = Methods(_new);
        foreach (var (key, method) in before)
        {
            if (after.TryGetValue(key, out var other))
                CompareMethod(method, other);
            else
                Add(true, "methodRemoved", method, method.Name, "The method is gone.");
        }

        foreach (var (key, method) in after)
        {
            if (!before.ContainsKey(key))
                Add(false, "methodAdded", method, method.Name, "New method.");
        }
    }

    private static SortedDictionary<string, MethodSpec> Methods(SpecSet set)
    {
        var methods = new SortedDictionary<string, MethodSpec>(StringComparer.OrdinalIgnoreCase);
        foreach (var method in set.Files.SelectMany(static f => f.Methods))
            methods[method.Api + "/" + method.Name] = method;
        return methods;
    }

    private void CompareMethod(MethodSpec before, MethodSpec after)
    {
        if (!before.Deprecated && after.Deprecated)
            Add(false, "methodDeprecated", after, after.Name, after.Replacement is null ? "Deprecated." : $"Deprecated; use {after.Replacement}.");
        if (before.AllowWebhook && !after.AllowWebhook)
            Add(true, "webhookRefused", after, after.Name, "No longer available to webhooks.");
        if (before.AllowApplication && !after.AllowApplication)
            Add(true, "applicationRefused", after, after.Name, "No longer available to applications.");
        if (before.Batchable && !after.Batchable)
            Add(true, "batchRefused", after, after.Name, "No longer allowed in a batch.");
        if (before.Scope != after.Scope && after.Scope is not null)
            Add(true, "scopeChanged", after, after.Name, $"Scope {before.Scope ?? "none"} became {after.Scope}.");
        if (before.Paging != after.Paging)
            Add(true, "pagingChanged", after, after.Name, $"Paging {before.Paging} became {after.Paging}.");
        CompareFields(after, before.Name, before.Params, after.Params, input: true, 0);
        CompareResults(before, after);
        CompareErrors(before, after);
    }

    private void CompareResults(MethodSpec before, MethodSpec after)
    {
        var place = after.Name + " result";
        if ((before.Result is null) != (after.Result is null))
        {
            if (after.Result is not null)
                Add(false, "resultAdded", after, place, $"The result is known now: {Text(after.Result.Type)}.");
            else
                Add(true, "resultRemoved", after, place, "The result is no longer described.");
            return;
        }

        if (before.Result is null || after.Result is null)
            return;
        if (before.Result.At != after.Result.At)
            Add(true, "resultMoved", after, place, $"The value moved from '{before.Result.At}' to '{after.Result.At}'.");
        CompareTypes(after, place, before.Result.Type, after.Result.Type, input: false, 0);
    }

    private void CompareErrors(MethodSpec before, MethodSpec after)
    {
        var old = before.Errors.Select(static e => e.Code).ToHashSet(StringComparer.Ordinal);
        var now = after.Errors.Select(static e => e.Code).ToHashSet(StringComparer.Ordinal);
        foreach (var code in old.Except(now).Order(StringComparer.Ordinal))
            Add(false, "errorRemoved", after, after.Name, $"Error {code} is no longer documented.");
        foreach (var code in now.Except(old).Order(StringComparer.Ordinal))
            Add(false, "errorAdded", after, after.Name, $"New error {code}.");
    }

    private void CompareFields(MethodSpec method, string place, EquatableArray<FieldSpec> before, EquatableArray<FieldSpec> after, bool input, int depth)
    {
        foreach (var field in before)
        {
            var path = place + (depth == 0 ? " " : ".") + field.Name;
            if (after.FirstOrDefault(f => f.Name == field.Name) is { } other)
                CompareField(method, path, field, other, input, depth);
            else
                Add(true, input ? "parameterRemoved" : "fieldRemoved", method, path, input ? "No longer taken." : "No longer answered.");
        }

        foreach (var field in after.Where(f => !before.Any(b => b.Name == f.Name)))
        {
            var required = input && field is { Required: true, ReadOnly: false };
            Add(required, required ? "requiredAdded" : input ? "parameterAdded" : "fieldAdded", method, place + (depth == 0 ? " " : ".") + field.Name, required ? "New and required." : "New.");
        }
    }

    private void CompareField(MethodSpec method, string path, FieldSpec before, FieldSpec after, bool input, int depth)
    {
        if (input)
        {
            if (!before.Required && after.Required)
                Add(true, "nowRequired", method, path, "Now required.");
            else if (before.Required && !after.Required)
                Add(false, "nowOptional", method, path, "No longer required.");
            if (!before.ReadOnly && after.ReadOnly)
                Add(true, "nowReadOnly", method, path, "Now read-only.");
            if (!before.Immutable && after.Immutable)
                Add(true, "nowImmutable", method, path, "Can no longer be changed after creation.");
            CompareRules(method, path, before, after);
        }

        CompareTypes(method, path, before.Type, after.Type, input, depth + 1);
    }

    private void CompareRules(MethodSpec method, string path, FieldSpec before, FieldSpec after)
    {
        var gone = before.Enum.Except(after.Enum, StringComparer.Ordinal).ToArray();
        if (after.Enum.Count > 0 && (before.Enum.Count == 0 || gone.Length > 0))
            Add(true, "valuesNarrowed", method, path, before.Enum.Count == 0 ? $"Only these values now: {string.Join(", ", after.Enum)}." : $"No longer allowed: {string.Join(", ", gone)}.");
        else if (after.Enum.Except(before.Enum, StringComparer.Ordinal).Any() && before.Enum.Count > 0)
            Add(false, "valuesAdded", method, path, $"New values: {string.Join(", ", after.Enum.Except(before.Enum, StringComparer.Ordinal))}.");
        if (after.Pattern is not null && after.Pattern != before.Pattern)
            Add(true, "patternChanged", method, path, $"Must match {after.Pattern}.");
        if (after.MaxLength < (before.MaxLength ?? int.MaxValue))
            Add(true, "maxLengthLowered", method, path, $"At most {after.MaxLength} characters.");
        if (after.Max < (before.Max ?? decimal.MaxValue))
            Add(true, "maxLowered", method, path, $"At most {after.Max}.");
        if (after.Min > (before.Min ?? decimal.MinValue))
            Add(true, "minRaised", method, path, $"At least {after.Min}.");
    }

    private void CompareTypes(MethodSpec method, string path, TypeRef before, TypeRef after, bool input, int depth)
    {
        if (before.Kind != after.Kind)
        {
            var widened = before.Kind == TypeKind.Json ? !input : after.Kind == TypeKind.Json && input;
            Add(!widened, "typeChanged", method, path, $"{Text(before)} became {Text(after)}.");
            return;
        }

        switch (before.Kind)
        {
            case TypeKind.Array or TypeKind.Map:
                CompareTypes(method, path + (before.Kind == TypeKind.Array ? "[]" : ".*"), before.Element!, after.Element!, input, depth);
                break;
            case TypeKind.Union when before != after:
                Add(true, "typeChanged", method, path, $"{Text(before)} became {Text(after)}.");
                break;
            case TypeKind.Named when _old.ResolveType(before, method.Api) is { } old && _new.ResolveType(after, method.Api) is { } now:
                // A shared type is compared once; its changes are named after the first method that uses it.
                if (_seen.Add((method.Api + input + before, after.ToString())))
                    CompareFields(method, path, old.Fields, now.Fields, input, Math.Max(1, depth));
                break;
        }
    }

    private static string Text(TypeRef type) => type.ToString();

    private void Add(bool breaking, string kind, MethodSpec method, string place, string message) =>
        _changes.Add(new SpecChange(breaking, kind, method.Api, place, message));
}
