using System.Globalization;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Diff;

/// <summary>Compares two sets of specs as a user of the API sees them.</summary>
public sealed class SpecDiff
{
    private readonly SpecSet _old;
    private readonly SpecSet _new;
    private readonly ChangeList _changes = new();

    private SpecDiff(SpecSet old, SpecSet @new)
    {
        _old = old;
        _new = @new;
    }

    /// <summary>The changes, breaking ones first, then by path.</summary>
    public static IReadOnlyList<SpecChange> Compare(SpecSet old, SpecSet @new)
    {
        var diff = new SpecDiff(old, @new);
        diff.CompareApis();
        diff.CompareMethods();
        new IncomingDiff(old, @new, diff._changes).Compare(old.Apis, @new.Apis);
        return diff._changes.Sorted();
    }

    private void CompareApis()
    {
        var before = _old.Apis;
        var after = _new.Apis;
        foreach (var api in before.Except(after, StringComparer.Ordinal))
            _changes.Add(true, "apiRemoved", api, api, "The API is gone.");
        foreach (var api in after.Except(before, StringComparer.Ordinal))
            _changes.Add(false, "apiAdded", api, api, "New API.");
        foreach (var api in before.Intersect(after, StringComparer.Ordinal).Where(a => HasProfile(_old, a) && HasProfile(_new, a)))
            new ProfileDiff(api, _changes).Compare(_old.Profile(api), _new.Profile(api));
    }

    private static bool HasProfile(SpecSet set, string api) => set.FindFile(SpecFileName.Profile, api) is not null;

    private void CompareMethods()
    {
        var before = Methods(_old);
        var after = Methods(_new);
        var (oldApis, newApis) = (_old.Apis, _new.Apis);
        foreach (var (key, method) in before)
        {
            if (after.TryGetValue(key, out var other))
                CompareMethod(method, other);
            else if (newApis.Contains(method.Api))
                Add(true, "methodRemoved", method, method.Replacement is { } next ? $"The method is gone; there is {next}." : "The method is gone.");
        }

        foreach (var (key, method) in after)
        {
            if (!before.ContainsKey(key) && oldApis.Contains(method.Api))
                Add(false, "methodAdded", method, "New method.");
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
        if (before.Deprecated != after.Deprecated)
            Add(false, after.Deprecated ? "methodDeprecated" : "methodRestored", after,
                !after.Deprecated ? "No longer deprecated." : after.Replacement is null ? "Deprecated." : $"Deprecated; use {after.Replacement}.");
        else if (before.Replacement != after.Replacement && after.Replacement is not null)
            Add(false, "replacementChanged", after, $"{before.Replacement ?? "Nothing"} was its replacement, now {after.Replacement} is.");
        Switch(before.AllowWebhook, after.AllowWebhook, after, "webhook", "Webhooks may call it.", "Webhooks may no longer call it.");
        Switch(before.AllowApplication, after.AllowApplication, after, "application", "Applications may call it.", "Applications may no longer call it.");
        Switch(before.Batchable, after.Batchable, after, "batch", "It can be called in a batch.", "It can no longer be called in a batch.");
        if (before.Scope != after.Scope && after.Scope is not null)
            Add(true, "scopeChanged", after, $"Scope {before.Scope ?? "none"} became {after.Scope}.");
        if (before.Http != after.Http)
            Add(true, "routeChanged", after, $"{Route(before)} became {Route(after)}.");
        if (before.Paging != after.Paging)
            Add(true, "pagingChanged", after, $"Paging {Word(before.Paging)} became {Word(after.Paging)}.");
        if (before.PageSize != after.PageSize)
            Add(true, "pageSizeChanged", after, $"{Size(before, _old)} records a page became {Size(after, _new)}.");
        if (before.Idempotency != after.Idempotency)
            Add(after.Idempotency == Idempotency.Unsafe, after.Idempotency == Idempotency.Unsafe ? "retryChanged" : "retryAllowed", after,
                $"Idempotency {Word(before.Idempotency)} became {Word(after.Idempotency)}.");
        if (before.OpenParams != after.OpenParams)
            Add(!after.OpenParams, after.OpenParams ? "namesOpened" : "namesClosed", after, after.OpenParams ? "Takes names that are not listed." : "Takes listed names only.");
        if (!before.Positional && after.Positional)
            Add(true, "positionsMatter", after, "The server reads parameters by position now.");
        new FieldDiff(_old, _new, after, _changes).CompareMembers(after.Name, " ", before.Params, after.Params, View.Create);
        CompareResults(before, after);
        CompareErrors(before, after);
    }

    private void Switch(bool before, bool after, MethodSpec method, string what, string allowed, string refused)
    {
        if (before != after)
            Add(!after, what + (after ? "Allowed" : "Refused"), method, after ? allowed : refused);
    }

    private void CompareResults(MethodSpec before, MethodSpec after)
    {
        var path = after.Name + " result";
        if (before.NoResult != after.NoResult)
            _changes.Add(after.NoResult, after.NoResult ? "resultRemoved" : "resultAdded", after.Api, path, after.NoResult ? "It answers nothing now." : "It answers a value now.");
        if (before.NoResult || after.NoResult || (before.Result is null && after.Result is null))
            return;
        if (before.Result is null)
            _changes.Add(false, "resultAdded", after.Api, path, $"The result is known now: {after.Result!.Type}.");
        else if (after.Result is null)
            _changes.Add(true, "resultRemoved", after.Api, path, "The result is no longer described.");
        else
        {
            if (before.Result.At != after.Result.At)
                _changes.Add(true, "resultMoved", after.Api, path, $"The value moved from {before.Result.At ?? "result itself"} to {after.Result.At ?? "result itself"}.");
            if (!before.Result.Nullable && after.Result.Nullable)
                _changes.Add(true, "resultNullable", after.Api, path, "It may be null now.");
            new FieldDiff(_old, _new, after, _changes).CompareTypes(path, before.Result.Type, after.Result.Type, View.Read);
        }
    }

    private void CompareErrors(MethodSpec before, MethodSpec after)
    {
        if (before.Failure != after.Failure)
            Add(true, "errorsMoved", after, $"Errors came {Location(before.Failure)}, now they come {Location(after.Failure)}.");
        ErrorDiff.Compare(before.Errors, after.Errors, (breaking, kind, message) => Add(breaking, kind, after, message));
        ErrorDiff.CompareRules(before.RuleErrors, after.RuleErrors, message => Add(true, "ruleCodeChanged", after, message));
    }

    private static string Location(FailureSpec failure) =>
        string.Create(CultureInfo.InvariantCulture, $"{(failure.InResult ? "inside result" : "at the top")} with status {failure.Status}");

    private static string Route(MethodSpec method) => method.Http is { } route ? $"{route.Verb} {route.Path}" : "no route";

    private static int Size(MethodSpec method, SpecSet set) => method.PageSize ?? set.Profile(method.Api).PageSize;

    private static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    private void Add(bool breaking, string kind, MethodSpec method, string message) => _changes.Add(breaking, kind, method.Api, method.Name, message);
}
