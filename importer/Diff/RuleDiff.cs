using System.Globalization;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Diff;

/// <summary>Compares the flags and rules of a field.</summary>
internal sealed class RuleDiff(MethodSpec method, ChangeList changes)
{
    /// <param name="path">The field.</param>
    /// <param name="before">As it was.</param>
    /// <param name="after">As it is.</param>
    /// <param name="view">What it stands in.</param>
    /// <param name="wasPart">It stood there before.</param>
    public void Compare(string path, FieldSpec before, FieldSpec after, View view, bool wasPart)
    {
        if (view == View.Read)
            CompareRead(path, before, after);
        else if (view is View.Create or View.Update)
            CompareWritten(path, before, after, view, wasPart);
    }

    private void CompareRead(string path, FieldSpec before, FieldSpec after)
    {
        var (always, stays) = (before.IsAlwaysAnswered, after.IsAlwaysAnswered);
        if (always && !stays)
            Add(true, "mayBeMissing", path, after.Nullable ? "May be null now." : "No longer answered always.");
        else if (stays && !always)
            Add(false, "alwaysThere", path, "Answered always now.");
        if (before.Enum.Count > 0 && after.Enum.Count == 0)
            Add(false, "valuesFree", path, "Its values are no longer listed.");
        else if (before.Enum.Count > 0 && after.Enum.Except(before.Enum, StringComparer.Ordinal).ToArray() is { Length: > 0 } added)
            Add(false, "valuesAdded", path, $"New values: {string.Join(", ", added)}.");
        CompareFormat(path, before, after);
    }

    private void CompareWritten(string path, FieldSpec before, FieldSpec after, View view, bool wasPart)
    {
        if (view == View.Create && wasPart)
        {
            if (before.Required != after.Required)
                Add(after.Required, after.Required ? "nowRequired" : "nowOptional", path, after.Required ? "Required now." : "No longer required.");
            if (after is { Required: false, RequiredIf: { } condition } && before.RequiredIf != condition && !before.Required)
                Add(true, "nowRequired", path,
                    condition.Values.Count == 0
                        ? $"Required now where {condition.Field} is given."
                        : $"Required now where {condition.Field} is {string.Join(" or ", condition.Values)}.");
            if (after is { Required: false, OneOf.Count: > 0 } && before.OneOf.Count == 0 && !before.Required)
                Add(true, "nowRequired", path, $"It or one of {string.Join(", ", after.OneOf)} is required now.");
        }

        CompareValues(path, before, after);
        if (after.Pattern is not null && after.Pattern != before.Pattern)
            Add(true, "patternChanged", path, $"Must match {after.Pattern}.");
        else if (after.Pattern is null && before.Pattern is not null)
            Add(false, "limitRelaxed", path, $"Need no longer match {before.Pattern}.");
        Limit(path, "characters", before.MinLength, after.MinLength, before.MaxLength, after.MaxLength);
        Limit(path, "", before.Min, after.Min, before.Max, after.Max);
        Limit(path, "items", before.MinItems, after.MinItems, before.MaxItems, after.MaxItems);
        foreach (var member in after.UniqueBy.Except(before.UniqueBy, StringComparer.Ordinal))
            Add(true, "limitTightened", path, $"No two items may share {member}.");
        if (!before.Unique && after.Unique)
            Add(true, "nowUnique", path, "No two records may share the value.");
        if (before.Default != after.Default && before.Default is not null)
            Add(true, "defaultChanged", path, $"Default {before.Default} became {after.Default ?? "none"}.");
        CompareFormat(path, before, after);
        ErrorDiff.CompareRules(before.Errors, after.Errors, message => Add(true, "ruleCodeChanged", path, message));
    }

    private void CompareValues(string path, FieldSpec before, FieldSpec after)
    {
        if (before.Enum.Count == 0 && after.Enum.Count > 0)
        {
            var refuses = !after.Weak.Contains("enum", StringComparer.Ordinal);
            Add(refuses, refuses ? "valuesNarrowed" : "valuesListed", path, $"{(refuses ? "Only these values now" : "Values listed now")}: {string.Join(", ", after.Enum)}.");
        }
        else if (before.Enum.Count > 0 && after.Enum.Count == 0)
            Add(false, "valuesFree", path, "Its values are no longer listed.");
        else
        {
            if (before.Enum.Except(after.Enum, StringComparer.Ordinal).ToArray() is { Length: > 0 } gone)
                Add(true, "valuesNarrowed", path, $"No longer allowed: {string.Join(", ", gone)}.");
            if (after.Enum.Except(before.Enum, StringComparer.Ordinal).ToArray() is { Length: > 0 } added)
                Add(false, "valuesAdded", path, $"New values: {string.Join(", ", added)}.");
        }
    }

    private void CompareFormat(string path, FieldSpec before, FieldSpec after)
    {
        if (before.Format != after.Format)
            Add(true, "formatChanged", path, $"Format {before.Format ?? "ISO 8601"} became {after.Format ?? "ISO 8601"}.");
    }

    private void Limit(string path, string unit, decimal? oldMin, decimal? newMin, decimal? oldMax, decimal? newMax)
    {
        if (oldMin != newMin)
            Tell(newMin is not null && (oldMin is null || newMin > oldMin), "at least", oldMin, newMin);
        if (oldMax != newMax)
            Tell(newMax is not null && (oldMax is null || newMax < oldMax), "at most", oldMax, newMax);

        void Tell(bool tighter, string bound, decimal? was, decimal? now) => Add(
            tighter, tighter ? "limitTightened" : "limitRelaxed", path,
            string.Create(CultureInfo.InvariantCulture, $"{(was is null ? "No limit" : $"{bound} {was} {unit}".TrimEnd())} became {(now is null ? "no limit" : $"{bound} {now} {unit}".TrimEnd())}."));
    }

    private void Add(bool breaking, string kind, string path, string message) => changes.Add(breaking, kind, method.Api, path, message, method.Name);
}
