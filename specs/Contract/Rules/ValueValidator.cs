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
    private const string EnumRule = "enum";

    // So many are compared with each other; of more, the texts are kept.
    private const int FewItems = 32;

    /// <summary>Whether a scalar is of its field's kind and obeys its rules, so that there is nothing to report.</summary>
    public bool Holds(FieldDescriptor field, TValue value) =>
        Fits(field, value) && DateProblem(field, value) is null && (field.Rules is not { } rules || Broken(rules, value) == RuleSet.None) && Hinted(field, value) is null;

    /// <summary>Validates kind, set, pattern, length and bounds; of a number that says how many records to answer, that too.</summary>
    public void ValidateScalar(FieldShape shape, TValue value)
    {
        var field = context.Field!;
        var rules = shape.Field.Rules ?? field.Rules;
        if (IsFlag(shape.Field, rules, value) && context.IsLoose(rules))
            return;
        var broken = rules is null ? RuleSet.None : Broken(rules, value);
        if (broken != RuleSet.None && IsLeftEmpty(value, rules))
            broken &= ~(RuleSet.Enum | RuleSet.Pattern | RuleSet.Address);
        if (broken == RuleSet.Instead)
            Add("instead", shape, rules, value, list: InsteadOf(rules!, value), suggests: true);
        else if (!Fits(shape.Field, value) && !(WireValue.IsLoosely(shape.Field.Kind, value) && context.IsLoose(rules)))
            context.Add("type", value, new(field.Name, shape, rules), rules, isTaken: MayBeTaken(shape.Field, value) && context.IsLoose(rules));
        else if (broken != RuleSet.None)
            Report(broken, shape, rules!, value);
        else if (DateProblem(shape.Field, value) is { } problem)
            context.Add(problem, value, new(field.Name, Value: value.Text), rules, isTaken: true);
        else if (Hinted(field, value) is { } meant)
            context.AddWithin(RuleIds.Enum, "hint", null, value, new(field.Name, Value: value.Text), meant, most: RuleSeverity.Info);
    }

    /// <summary>Validates how many items or members there are.</summary>
    public void ValidateCount(TValue value)
    {
        if ((context.Field!.RuleSet & RuleSet.Count) == 0 || context.IsItem)
            return;
        var rules = context.Field.Rules!;
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
        if ((context.Field!.RuleSet & RuleSet.Unique) == 0 || count < 2)
            return;
        var members = context.Field.Rules!.UniqueBy;
        for (var i = 0; i < members.Count; i++)
            ValidateRepeats(members[i], first, count);
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
        var hashes = context.Slots.Count;
        for (var i = 0; i < count; i++)
        {
            var isText = values[start + i].Form != ValueForm.Null;
            context.Slots.Add(isText ? values[start + i].TextHash : 0);
            if (isText && (seen is null ? IsRepeat(start, hashes, i) : !seen.Add(values[start + i].Text)))
                (repeats ??= []).Add(i);
        }

        context.Slots.TrimTo(hashes);

        if (repeats is not null)
            AddRepeats(member, start, repeats);
        values.TrimTo(start);
    }

    // Texts are compared where their hashes are the same.
    private bool IsRepeat(int start, int hashes, int index)
    {
        var hash = context.Slots[hashes + index];
        for (var i = 0; i < index; i++)
        {
            if (context.Slots[hashes + i] == hash && context.Values[start + i].Form != ValueForm.Null
                && context.Values[start + index].HasTextOf(context.Values[start + i]))
            {
                return true;
            }
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

    private static string? DateProblem(FieldDescriptor field, TValue value) =>
        field.Kind is ValueKind.Date or ValueKind.DateTime && value.Form == ValueForm.Text ? UnreadableDate.Problem(value.Text) : null;

    /// <summary>Of a text that is nearly one of the values known to be taken: that value. Advice for those who write code, so the runtime has none.</summary>
    private static string? Hinted(FieldDescriptor field, TValue value)
    {
#if BITRIX24_SPECS
        return value.Form == ValueForm.Text && field.Spec is { Hints.Count: > 0, Codes: null } spec ? Suggestion.Value(value.Text, spec.Hints) : null;
#else
        return null;
#endif
    }

    private static bool Fits(FieldDescriptor field, TValue value) =>
        WireValue.IsOf(field.Kind, value) || (field.Has(FieldFlags.Guessed) && WireValue.IsScalar(value.Form));

    // What need not be given is as good as not given when it is empty: PHP code asks whether there is something.
    private bool IsLeftEmpty(TValue value, FieldRules? rules) =>
        value.Form == ValueForm.Text && value.TextIs("") && !context.IsItem && !context.Field!.Has(FieldFlags.Required) && context.IsLoose(rules) && context.IsLoose(rules, EnumRule);

    // Where 1 and 0 are yes and no, PHP takes truth values for them.
    private static bool IsFlag(FieldDescriptor field, FieldRules? rules, TValue value) =>
        value.Form == ValueForm.Bool && field.Kind is ValueKind.Int or ValueKind.Long
        && rules is { EnumArray.Length: 2 } && Array.TrueForAll(rules.EnumArray, static v => v is "0" or "1");

    // What is known from an example alone is a warning, even where nothing like it was seen.
    private static bool MayBeTaken(FieldDescriptor field, TValue value) => field.Has(FieldFlags.Guessed) || WireValue.IsTaken(field.Kind, value);

    /// <summary>The rules that a value breaks; of a value that other methods serve, that alone.</summary>
    private RuleSet Broken(FieldRules rules, TValue value)
    {
        var set = rules.Set & RuleSet.OfScalar;
        if (set == RuleSet.None)
            return RuleSet.None;
        if ((set & RuleSet.Instead) != 0 && InsteadOf(rules, value) is not null)
            return RuleSet.Instead;
        var broken = RuleSet.None;
        var isText = value.Form == ValueForm.Text;
        if ((set & RuleSet.Enum) != 0 || ((set & RuleSet.EnumList) != 0 && !isText))
            broken |= IsAmong(rules.EnumArray, value) || IsInOtherCase(rules, value) ? RuleSet.None : RuleSet.Enum;
        else if ((set & RuleSet.EnumList) != 0)
            broken |= Names(rules, value).All(rules.Enum.Contains) ? RuleSet.None : RuleSet.EnumList;
        if (isText && (set & (RuleSet.Pattern | RuleSet.Length | RuleSet.Address)) != 0)
        {
            if ((set & RuleSet.Pattern) != 0 && !value.Matches(rules))
                broken |= RuleSet.Pattern;
            else if ((set & RuleSet.Address) != 0 && AddressRule.Problem(rules.Address, "", value.Text) is not null)
                broken |= RuleSet.Address;
            if ((set & RuleSet.Length) != 0 && value.Length is var length && (length < rules.MinLength || length > rules.MaxLength))
                broken |= RuleSet.Length;
        }

        if ((set & RuleSet.Bounds) != 0 && WireValue.TryNumber(value, out var number) && (number < rules.Min || number > rules.Max))
            broken |= RuleSet.Bounds;
        if ((set & RuleSet.Count) != 0 && AsksForTooMany(rules, value))
            broken |= RuleSet.Count;
        return broken;
    }

    private void Report(RuleSet broken, FieldShape shape, FieldRules rules, TValue value)
    {
        if ((broken & RuleSet.EnumList) != 0)
        {
            foreach (var name in Names(rules, value).Where(name => !rules.Enum.Contains(name)))
                context.Add(EnumRule, value, new(context.Field!.Name, shape, rules, Value: name), rules, context.Nearest(name, rules.Enum));
        }

        if ((broken & RuleSet.Enum) != 0)
            context.Add(EnumRule, value, new(context.Field!.Name, shape, rules, Value: value.Text), rules, context.Nearest(value.Text, rules.Enum));
        if ((broken & RuleSet.Address) != 0)
            context.Add("address", value, new(context.Field!.Name, shape, rules, Value: AddressRule.Problem(rules.Address, context.Field.Name, value.Text)), rules);
        if ((broken & RuleSet.Pattern) != 0)
            Add("pattern", shape, rules, value);
        if ((broken & RuleSet.Length) != 0)
            Add(value.Length < rules.MinLength ? "minLength" : "maxLength", shape, rules, value);
        if ((broken & RuleSet.Bounds) != 0)
            Add(WireValue.TryNumber(value, out var number) && number < rules.Min ? "min" : "max", shape, rules, value);
        if ((broken & RuleSet.Count) != 0 && !context.IsItem)
            Add("maxItems", shape, rules, value);
    }

    private void Add(string rule, FieldShape shape, FieldRules? rules, TValue value, string? list = null, bool suggests = false) =>
        context.Add(rule, value, new(context.Field!.Name, shape, rules, list, value.Text), rules, suggests ? list : null);

    // A number that says how many records to answer.
    private static bool AsksForTooMany(FieldRules rules, TValue value) =>
        rules.MaxItems < int.MaxValue && value.Form == ValueForm.Number && WireValue.TryNumber(value, out var count) && count > rules.MaxItems;

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
    private static IEnumerable<string> Names(FieldRules rules, TValue value) =>
        value.Text.Split([rules.Separator!], StringSplitOptions.RemoveEmptyEntries).Select(static part => part.Trim());

    // A module that reads names in any case reads its words so too, and a list that is not sure says nothing of case: nothing says that another is refused.
    private bool IsInOtherCase(FieldRules rules, TValue value) =>
        value.Form == ValueForm.Text && (context.Method.NameCase is NameCase.Free or NameCase.Hungarian || rules.Weak.Contains(EnumRule))
        && rules.Enum.Contains(value.Text, StringComparer.OrdinalIgnoreCase);

    private static bool IsAmong(string[] values, TValue value)
    {
        foreach (var one in values)
        {
            if (value.TextIs(one))
                return true;
        }

        return false;
    }
}
