using System.Linq;

#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>Validates values by the kind and the rules of their field.</summary>
/// <typeparam name="TValue">The adapter of values.</typeparam>
internal sealed class ValueValidator<TValue>(ValidationContext<TValue> context)
    where TValue : struct, IRuleValue<TValue>
{
    // So many are compared with each other; of more, the texts are kept.
    private const int FewItems = 32;

    /// <summary>Validates kind, set, pattern, length and bounds; of a number that says how many records to answer, that too.</summary>
    public void ValidateScalar(FieldShape shape, TValue value)
    {
        var field = context.Field!;
        var rules = shape.Field.Rules ?? field.Rules;
        if (rules is { Instead.Count: > 0 } && InsteadOf(rules, value) is { } instead)
            context.Add("instead", value, new(field.Name, shape, rules, instead, value.Text), rules, instead);
        else if (!Fits(shape.Field, value) && !(WireValue.IsLoosely(shape.Field.Kind, value) && context.IsLoose(rules)))
            context.Add("type", value, new(field.Name, shape, rules), rules);
        else if (rules is not null)
            Validate(rules, value, new(field.Name, shape, rules));
    }

    /// <summary>Validates how many items or members there are.</summary>
    public void ValidateCount(TValue value)
    {
        if (context.IsItem || context.Field!.Rules is not { } rules || (rules.MinItems == 0 && rules.MaxItems == int.MaxValue))
            return;
        var wording = new Wording(context.Field.Name, new(context.Field), rules);
        var count = value.Count;
        if (count < rules.MinItems && !value.IsPartial)
            context.Add("minItems", value, wording);
        if (count > rules.MaxItems)
            context.Add("maxItems", value, wording);
    }

    /// <summary>Validates members that may not repeat; each repetition is one violation, at the later item.</summary>
    /// <param name="first">Where the items begin among the context's values.</param>
    /// <param name="count">How many there are.</param>
    public void ValidateRepeats(int first, int count)
    {
        if (context.Field!.Rules is not { UniqueBy.Count: > 0 } rules)
            return;
        for (var i = 0; i < rules.UniqueBy.Count; i++)
            ValidateRepeats(rules.UniqueBy[i], first, count);
    }

    private void ValidateRepeats(string member, int first, int count)
    {
        var values = context.Values;
        var start = values.Count;
        for (var i = 0; i < count; i++)
        {
            TValue value = default;
            if (values[first + i] is { Form: ValueForm.Object } item && item.TryMember(member, out var found) && found.Form is ValueForm.Text or ValueForm.Number)
                value = found;
            values.Add(value);
        }

        List<int>? repeats = null;
        var seen = count > FewItems ? new HashSet<string>(StringComparer.Ordinal) : null;
        for (var i = 0; i < count; i++)
        {
            if (values[start + i].Form != ValueForm.Null && (seen is null ? IsRepeat(start, i) : !seen.Add(values[start + i].Text)))
                (repeats ??= []).Add(i);
        }

        if (repeats is not null)
            AddRepeats(member, start, repeats);
        values.RemoveRange(start, count);
    }

    private bool IsRepeat(int start, int index)
    {
        var value = context.Values[start + index];
        for (var i = start; i < start + index; i++)
        {
            if (context.Values[i].Form != ValueForm.Null && value.HasTextOf(context.Values[i]))
                return true;
        }

        return false;
    }

    private void AddRepeats(string member, int start, List<int> repeats)
    {
        var list = string.Join(", ", repeats.Select(i => context.Values[start + i].Text).Distinct(StringComparer.Ordinal));
        foreach (var index in repeats)
        {
            var value = context.Values[start + index];
            context.PushItem(index);
            context.PushStep(member);
            context.Add("uniqueBy." + member, value, new(member, List: list, Value: value.Text));
            context.Pop();
            context.Pop();
        }
    }

    private static bool Fits(FieldDescriptor field, TValue value) =>
        WireValue.IsOf(field.Kind, value) || (field.Has(FieldFlags.Guessed) && WireValue.IsScalar(value.Form));

    private void Validate(FieldRules rules, TValue value, Wording wording)
    {
        if (rules.Separator is { Length: > 0 } separator && value.Form == ValueForm.Text)
            ValidateNames(rules, separator, value, wording);
        else if (rules.Enum.Count > 0 && !IsAmong(rules.Enum, value) && !IsInOtherCase(rules.Enum, value))
            Add("enum", context.Suggests ? Suggestion.Nearest(value.Text, rules.Enum) : null);
        if (rules.Address != AddressKind.None && value.Form == ValueForm.Text && (rules.Pattern is null || value.Matches(rules)) && AddressRule.Problem(rules.Address, wording.Name, value.Text) is { } problem)
            context.Add("address", value, wording with { Value = problem }, rules);
        if (value.Form == ValueForm.Text)
            ValidateText(rules, value, wording);
        if ((rules.Min > decimal.MinValue || rules.Max < decimal.MaxValue) && WireValue.TryNumber(value, out var number))
        {
            if (number < rules.Min)
                Add("min");
            if (number > rules.Max)
                Add("max");
        }

        if (rules.MaxItems < int.MaxValue && value.Form == ValueForm.Number && !context.IsItem
            && WireValue.TryNumber(value, out var count) && count > rules.MaxItems)
        {
            Add("maxItems");
        }

        void Add(string rule, string? suggestion = null) =>
            context.Add(rule, value, wording with { Value = value.Text }, rules, suggestion);
    }

    /// <summary>The methods that serve the value, named as this one is: <c>deals.list</c>.</summary>
    private string? InsteadOf(FieldRules rules, TValue value)
    {
        foreach (var instead in rules.Instead)
        {
            if (!value.TextIs(instead.Value))
                continue;
            var name = context.Method.Name;
            var other = instead.Method + (name.LastIndexOf('.') is var dot and >= 0 ? name.Substring(dot) : "");
            return context.Method.Others is { Names: not null } others && others.Find(other) is null ? instead.Method : other;
        }

        return null;
    }

    /// <summary>Several values in one text.</summary>
    private void ValidateNames(FieldRules rules, string separator, TValue value, Wording wording)
    {
        foreach (var part in value.Text.Split([separator], StringSplitOptions.RemoveEmptyEntries))
        {
            var name = part.Trim();
            if (rules.Enum.Contains(name))
                continue;
            var suggestion = context.Suggests ? Suggestion.Nearest(name, rules.Enum) : null;
            context.Add("enum", value, wording with { Value = name }, rules, suggestion);
        }
    }

    private void ValidateText(FieldRules rules, TValue value, Wording wording)
    {
        if (rules.Pattern is null && rules.MinLength == 0 && rules.MaxLength == int.MaxValue)
            return;
        if (rules.Pattern is not null && !value.Matches(rules))
            context.Add("pattern", value, wording with { Value = value.Text }, rules);
        if (rules.MinLength == 0 && rules.MaxLength == int.MaxValue)
            return;
        var length = value.Length;
        if (length < rules.MinLength)
            context.Add("minLength", value, wording with { Value = value.Text }, rules);
        if (length > rules.MaxLength)
            context.Add("maxLength", value, wording with { Value = value.Text }, rules);
    }

    // A module that reads names in any case reads its words so too: nothing says that another case is refused.
    private bool IsInOtherCase(IReadOnlyList<string> values, TValue value) =>
        context.Method.NameCase == NameCase.Free && value.Form == ValueForm.Text && values.Contains(value.Text, StringComparer.OrdinalIgnoreCase);

    private static bool IsAmong(IReadOnlyList<string> values, TValue value)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (value.TextIs(values[i]))
                return true;
        }

        return false;
    }
}
