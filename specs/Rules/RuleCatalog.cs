namespace Bitrix24.Gen.Specs;

/// <summary>A rule of the catalog.</summary>
/// <param name="Id">Such as <c>B24107</c>.</param>
/// <param name="Title">One line, without a full stop.</param>
/// <param name="Severity">The default severity.</param>
public sealed record RuleInfo(string Id, string Title, RuleSeverity Severity);

/// <summary>Every rule of the project: the one list behind analyzers, validator, emulator and documentation.</summary>
public static class RuleCatalog
{
    private static readonly Dictionary<string, RuleInfo> ById = new(StringComparer.Ordinal);

    /// <summary>All rules, by id.</summary>
    public static IReadOnlyList<RuleInfo> All { get; } =
    [
        Rule(RuleIds.SpecNotJson, "The spec file is not JSON"),
        Rule(RuleIds.SpecShape, "The spec file has an unknown key, lacks a key, or has the wrong kind of value"),
        Rule(RuleIds.SpecReference, "The spec file names a type or method that does not exist"),
        Rule(RuleIds.SpecConflict, "The spec file defines something twice, or an overlay conflicts with what it changes"),
        Rule(RuleIds.SpecRule, "The spec file has a rule that cannot hold"),
        Rule(RuleIds.SpecFlags, "The spec file has flags that contradict each other"),
        Rule(RuleIds.SpecName, "Two names of the spec become one C# name"),
        Rule(RuleIds.UnknownSelection, "The client selects an area or method that no spec defines"),
        Rule(RuleIds.ClientNotExtendable, "The client class cannot be extended"),
        Rule(RuleIds.TypeCollision, "A type of the project has the name of a generated one"),
        Rule(RuleIds.NoSelection, "The client selects nothing"),
        Rule(RuleIds.DuplicateType, "The generated type exists in two assemblies"),
        Rule(RuleIds.UnknownMethod, "The API has no such method"),
        Rule(RuleIds.UnknownField, "The method has no such parameter, or the type no such field"),
        Rule(RuleIds.Required, "A required parameter or field is missing"),
        Rule(RuleIds.ReadOnly, "A read-only field is written"),
        Rule(RuleIds.Immutable, "An immutable field is changed"),
        Rule(RuleIds.Type, "The value has the wrong type"),
        Rule(RuleIds.Pattern, "The value does not match its pattern"),
        Rule(RuleIds.Range, "The value is too long, too short or out of range"),
        Rule(RuleIds.Enum, "The value is not one of those allowed"),
        Rule(RuleIds.Unique, "A value that must be unique repeats in a list"),
        Rule(RuleIds.Filter, "The filter names an unknown field or operator"),
        Rule(RuleIds.Select, "The selection names an unknown field"),
        Rule(RuleIds.Order, "The order names an unknown field or direction"),
        Rule(RuleIds.Deprecated, "The method is deprecated"),
        Rule(RuleIds.Auth, "The method is not available with these credentials, or not in a batch"),
        Rule(RuleIds.Use, "Another method does this"),
        Rule(RuleIds.PageLimit, "More items than the API allows"),
        Rule(RuleIds.UnknownCode, "The event or placement is not documented"),
        Rule(RuleIds.Markup, "The widget's markup uses something that portals do not support"),
        Rule(RuleIds.Superseded, "The method is superseded"),
        Rule(RuleIds.Operand, "The value does not fit the filter's operator"),
        Rule(RuleIds.ScopeNotCovered, "The application's scopes do not cover the event"),
        Rule(RuleIds.UnboundEvent, "The handler's event is never bound"),
        Rule(RuleIds.UnknownErrorCode, "The method does not raise this error code"),
        Rule(RuleIds.CallInLoop, "An API call in a loop where a batch would do"),
        Rule(RuleIds.SecretInSource, "The source contains a secret"),
        Rule(RuleIds.FirstPageOnly, "Only the first page is read"),
    ];

    /// <summary>The rule of that id, or null.</summary>
    public static RuleInfo? Find(string id) => ById.TryGetValue(id, out var rule) ? rule : null;

    private static RuleInfo Rule(string id, string title)
    {
        var rule = new RuleInfo(id, title, RuleIds.SeverityOf(id));
        ById.Add(id, rule);
        return rule;
    }
}
