using System.Globalization;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Diff;

/// <summary>Compares error codes.</summary>
internal static class ErrorDiff
{
    public static void Compare(EquatableArray<ErrorSpec> before, EquatableArray<ErrorSpec> after, Action<bool, string, string> add)
    {
        var old = before.ToLookup(static e => e.Code, StringComparer.Ordinal);
        var now = after.ToLookup(static e => e.Code, StringComparer.Ordinal);
        foreach (var code in old.Select(static g => g.Key).Where(c => !now.Contains(c)))
            add(false, "errorRemoved", $"Error {Name(code)} is no longer listed.");
        foreach (var errors in now)
        {
            if (!old.Contains(errors.Key))
                add(false, "errorAdded", $"New error {Name(errors.Key)}.");
            else if (Differ(old[errors.Key], errors, static e => e.Status?.ToString(CultureInfo.InvariantCulture)) is { } statuses)
                add(true, "errorStatusChanged", $"Error {Name(errors.Key)} had status {statuses.Old}, now {statuses.New}.");
            else if (Differ(old[errors.Key], errors, static e => e.Message) is { } texts)
                add(false, "errorTextChanged", $"Error {Name(errors.Key)} said \"{texts.Old}\", now \"{texts.New}\".");
        }
    }

    /// <summary>Which code a rule raises.</summary>
    public static void CompareRules(EquatableArray<RuleError> before, EquatableArray<RuleError> after, Action<string> add)
    {
        foreach (var error in after)
        {
            if (before.FirstOrDefault(e => e.Rule == error.Rule) is { } old && old.Code != error.Code)
                add($"Rule {error.Rule} raised {Name(old.Code)}, now {Name(error.Code)}.");
        }
    }

    private static (string Old, string New)? Differ(IEnumerable<ErrorSpec> old, IEnumerable<ErrorSpec> now, Func<ErrorSpec, string?> part)
    {
        var (before, after) = (old.Select(part).Distinct(StringComparer.Ordinal).ToArray(), now.Select(part).Distinct(StringComparer.Ordinal).ToArray());
        return before.ToHashSet(StringComparer.Ordinal).SetEquals(after) ? null : (Join(before), Join(after));
    }

    private static string Join(string?[] parts) => string.Join("\" or \"", parts.Select(static p => p ?? "none"));

    private static string Name(string code) => code.Length == 0 ? "without a code" : code;
}
