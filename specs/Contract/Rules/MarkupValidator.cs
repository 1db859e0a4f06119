#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs.Contract;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>Validates the markup of a widget together with what stands beside it: the selector of its root, its phrases, its demo data.</summary>
internal static class MarkupValidator
{
    /// <summary>Validates the markup that the context stands at.</summary>
    /// <param name="context">Where validation stands.</param>
    /// <param name="parts">Where the rest of the widget is.</param>
    /// <param name="markup">The markup.</param>
    /// <param name="around">The object that has all of it.</param>
    public static void Validate<TValue>(ValidationContext<TValue> context, MarkupParts parts, TValue markup, TValue around)
        where TValue : struct, IRuleValue<TValue>
    {
        var root = Find(around, parts.Root, out _);
        var phrases = Find(around, parts.Phrases, out var knowsPhrases);
        var data = Find(around, parts.Data, out _);
        var problems = WidgetMarkup.Check(
            markup.Text,
            root.Form == ValueForm.Text ? root.Text : null,
            knowsPhrases ? Languages(context, phrases) : null,
            data.Form == ValueForm.Object && !data.IsPartial && data.Count > 0 ? Names(context, data) : null);
        foreach (var problem in problems)
            context.AddWithin(RuleIds.Markup, "markup", null, markup, new(context.Field!.Name, Value: problem.Message));
    }

    /// <summary>What a dotted path leads to; nothing is known of it where a part of the way may hold more than is written.</summary>
    private static TValue Find<TValue>(TValue around, string? path, out bool isKnown)
        where TValue : struct, IRuleValue<TValue>
    {
        isKnown = path is not null;
        var value = around;
        var steps = path?.Split('.') ?? [];
        for (var i = 0; i < steps.Length; i++)
        {
            if (value.TryMember(steps[i], out var inner))
            {
                value = inner;
                continue;
            }

            // Where the object around is missing, that is what is wrong.
            isKnown = i == steps.Length - 1 && !value.IsPartial && value.Form == ValueForm.Object;
            return default;
        }

        isKnown &= value.Form != ValueForm.Unknown;
        return isKnown ? value : default;
    }

    /// <summary>The codes that each language has; null: not known.</summary>
    private static Dictionary<string, IReadOnlyCollection<string>>? Languages<TValue>(ValidationContext<TValue> context, TValue phrases)
        where TValue : struct, IRuleValue<TValue>
    {
        var languages = new Dictionary<string, IReadOnlyCollection<string>>(StringComparer.Ordinal);
        if (phrases.Form != ValueForm.Object)
            return phrases.Form is ValueForm.Null or ValueForm.List ? languages : null;
        if (phrases.IsPartial)
            return null;
        var first = context.Values.Count;
        phrases.AddMembers(context.Values);
        var end = context.Values.Count;
        for (var i = first; i < end; i++)
        {
            var language = context.Values[i];
            if (language.Form == ValueForm.Object && !language.IsPartial)
                languages[language.Name] = Names(context, language);
        }

        var knowsAll = languages.Count == end - first;
        context.Values.TrimTo(first);
        return knowsAll || languages.Count > 0 ? languages : null;
    }

    private static HashSet<string> Names<TValue>(ValidationContext<TValue> context, TValue value)
        where TValue : struct, IRuleValue<TValue>
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var first = context.Values.Count;
        value.AddMembers(context.Values);
        for (var i = first; i < context.Values.Count; i++)
            names.Add(context.Values[i].Name);
        context.Values.TrimTo(first);
        return names;
    }
}
