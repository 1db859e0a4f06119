using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>Collects violations and gives each the code and text with which the server answers.</summary>
internal sealed class Findings(MethodDescriptor method)
{
    private List<(Violation Violation, string Word)>? _found;

    /// <summary>What was found, in the order in which the server meets it.</summary>
    public IReadOnlyList<Violation> Sorted =>
        _found is null ? []
        : method.CheckOrder.Length == 0 ? [.. _found.Select(static f => f.Violation)]
        : [.. _found.OrderBy(f => CheckOrder.Rank(method.CheckOrder, f.Violation.Path, f.Word)).Select(static f => f.Violation)];

    /// <summary>A field, parameter or item breaks a rule.</summary>
    public void Add(string rule, Place place, Wording words, string? path = null) =>
        Add(RuleIds.ForWord(rule), rule, path ?? place.Path, Find(rule, place, place.Around, place.Owner), words);

    /// <summary>Something within an object breaks a rule that the object checks: an unknown name, a filter condition.</summary>
    public void AddWithin(string id, string rule, string path, Place? holder, TypeDescriptor? type, Wording words) =>
        Add(id, rule, path, Find(rule, holder, holder, type), words);

    /// <summary>The call as a whole breaks a rule, for which we have the better words.</summary>
    public void AddCall(string rule, string message) =>
        (_found ??= []).Add((new(RuleIds.ForWord(rule), "", Find(rule, null, null, null)?.Code, message), rule));

    private void Add(string id, string rule, string path, RuleError? error, Wording words)
    {
        var text = error is null ? null : error.Message ?? Text(error.Code);
        var message = text is null ? words.Default(rule) : words.Fill(text, method.Name);
        (_found ??= []).Add((new(id, path, error?.Code, message), rule));
    }

    private RuleError? Find(string rule, Place? place, Place? around, TypeDescriptor? type)
    {
        var within = "*." + rule;
        if (place?.Field.Rules is { } own)
        {
            if (place.IsItem && Of(own.Errors, within) is { } ofItem)
                return ofItem;
            if (Of(own.Errors, rule) is { } ofField)
                return ofField;
        }

        for (; around is not null; around = around.Around)
        {
            if (around.Field.Rules is { } rules && Of(rules.Errors, within) is { } found)
                return found;
        }

        return (type is null ? null : Of(type.Errors, rule)) ?? Of(method.RuleErrors, rule) ?? Of(method.Api.RuleErrors, rule);
    }

    private string? Text(string code) => Text(method.Errors, code) ?? Text(method.Messages, code) ?? Text(method.Api.Errors, code);

    private static string? Text(MethodError[] errors, string code) =>
        Array.Find(errors, e => e.Message is not null && e.Code == code)?.Message;

    private static RuleError? Of(RuleError[] errors, string rule) => Array.Find(errors, e => e.Rule == rule);
}
