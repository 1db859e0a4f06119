using System.Globalization;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Diff;

/// <summary>Compares what all methods of an API share.</summary>
internal sealed class ProfileDiff(string api, ChangeList changes)
{
    public void Compare(ProfileSpec before, ProfileSpec after)
    {
        if (before.PageSize != after.PageSize)
            Add(true, "pageSizeChanged", Text($"{before.PageSize} records a page became {after.PageSize}."));
        if (before.BatchLimit != after.BatchLimit)
            Add(after.BatchLimit < before.BatchLimit, after.BatchLimit < before.BatchLimit ? "limitTightened" : "limitRelaxed",
                Text($"{before.BatchLimit} commands a batch became {after.BatchLimit}."));
        if (before.Envelope != after.Envelope)
            Add(true, "errorsMoved", "Answers and errors stand in another envelope.");
        Operators(before.FilterOperators, after.FilterOperators);
        Operators(before.FilterKeys, after.FilterKeys);
        Rates(before, after);
        ErrorDiff.Compare(before.SystemErrors, after.SystemErrors, Add);
        ErrorDiff.CompareRules(before.RuleErrors, after.RuleErrors, message => Add(true, "ruleCodeChanged", message));
    }

    private void Operators(EquatableArray<FilterOperator> before, EquatableArray<FilterOperator> after)
    {
        foreach (var gone in before.Where(o => !after.Contains(o)))
            Add(true, "operatorRemoved", $"Filter operator '{gone.Prefix}' ({gone.Name}) is gone.");
        foreach (var added in after.Where(o => !before.Contains(o)))
            Add(false, "operatorAdded", $"New filter operator '{added.Prefix}' ({added.Name}).");
    }

    private void Rates(ProfileSpec before, ProfileSpec after)
    {
        foreach (var now in after.RateLimits)
        {
            if (before.RateLimits.FirstOrDefault(l => l.Name == now.Name) is not { } old)
                Add(true, "rateTightened", $"New limit {now.Name}: {Text(now)}.");
            else if (old != now)
                Add(!IsRelaxed(old, now), IsRelaxed(old, now) ? "rateRelaxed" : "rateTightened", $"Limit {now.Name}: {Text(old)} became {Text(now)}.");
        }

        foreach (var gone in before.RateLimits.Where(l => !after.RateLimits.Any(n => n.Name == l.Name)))
            Add(false, "rateRelaxed", $"Limit {gone.Name} is gone: {Text(gone)}.");
    }

    private static bool IsRelaxed(RateLimitSpec old, RateLimitSpec now) =>
        old.Path == now.Path && now.Capacity >= old.Capacity && now.PerSecond >= old.PerSecond && now.Requests >= old.Requests && now.Seconds <= old.Seconds;

    private static string Text(RateLimitSpec limit) => limit.Requests > 0
        ? Text($"{limit.Requests} requests in {limit.Seconds} s")
        : Text($"{limit.Capacity} at once, {limit.PerSecond} a second");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private void Add(bool breaking, string kind, string message) => changes.Add(breaking, kind, api, api, message);
}
