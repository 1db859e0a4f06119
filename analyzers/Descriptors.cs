using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;

namespace Bitrix24.Gen.Analyzers;

/// <summary>The rules of this package as the compiler knows them: one descriptor an id, pages in docs/rules.</summary>
/// <remarks>Ids, titles and severities stand here as constants because release tracking reads them from the source; a test holds them against the catalogue in specs.</remarks>
public static class Descriptors
{
    private const string SpecFiles = "Bitrix24.Specs";
    private const string Clients = "Bitrix24.Clients";
    private const string Calls = "Bitrix24.Calls";
    private const string Errors = "Bitrix24.Errors";
    private const string Usage = "Bitrix24.Usage";
    private const string Security = "Bitrix24.Security";
    private const string Pages = RuleIds.Pages;

    public static readonly DiagnosticDescriptor SpecNotJson = new(
        RuleIds.SpecNotJson, "The spec file is not JSON", "{0}", SpecFiles, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24001.md");

    public static readonly DiagnosticDescriptor SpecShape = new(
        RuleIds.SpecShape, "The spec file has an unknown key, lacks a key, or has the wrong kind of value", "{0}", SpecFiles, DiagnosticSeverity.Error,
        isEnabledByDefault: true, helpLinkUri: Pages + "B24002.md");

    public static readonly DiagnosticDescriptor SpecReference = new(
        RuleIds.SpecReference, "The spec file names a type or method that does not exist", "{0}", SpecFiles, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24003.md");

    public static readonly DiagnosticDescriptor SpecConflict = new(
        RuleIds.SpecConflict, "The spec file defines something twice, or an overlay conflicts with what it changes", "{0}", SpecFiles, DiagnosticSeverity.Error,
        isEnabledByDefault: true, helpLinkUri: Pages + "B24004.md");

    public static readonly DiagnosticDescriptor SpecImpossibleRule = new(
        RuleIds.SpecRule, "The spec file has a rule that cannot hold", "{0}", SpecFiles, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24005.md");

    public static readonly DiagnosticDescriptor SpecContradictoryFlags = new(
        RuleIds.SpecFlags, "The spec file has flags that contradict each other", "{0}", SpecFiles, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Pages + "B24006.md");

    public static readonly DiagnosticDescriptor SpecNameCollision = new(
        RuleIds.SpecName, "Two names of the spec become one C# name", "{0}", SpecFiles, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24007.md");

    public static readonly DiagnosticDescriptor UnknownSelection = new(
        RuleIds.UnknownSelection, "The client selects an area or method that no spec defines", "{0}", Clients, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24020.md");

    public static readonly DiagnosticDescriptor ClientNotExtensible = new(
        RuleIds.ClientNotExtendable, "The client class cannot be extended", "{0}", Clients, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24021.md");

    public static readonly DiagnosticDescriptor TypeCollision = new(
        RuleIds.TypeCollision, "A type of the project has the name of a generated one", "{0}", Clients, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24022.md");

    public static readonly DiagnosticDescriptor NoSelection = new(
        RuleIds.NoSelection, "The client selects nothing", "{0}", Clients, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Pages + "B24023.md");

    public static readonly DiagnosticDescriptor DuplicateType = new(
        RuleIds.DuplicateType, "The generated type exists in two assemblies", "{0}", Clients, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24024.md");

    public static readonly DiagnosticDescriptor UnknownMethod = new(
        RuleIds.UnknownMethod, "The API has no such method", "{0}", Calls, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24101.md");

    public static readonly DiagnosticDescriptor UnknownField = new(
        RuleIds.UnknownField, "The method has no such parameter, or the type no such field", "{0}", Calls, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Pages + "B24102.md");

    public static readonly DiagnosticDescriptor RequiredMissing = new(
        RuleIds.Required, "A required parameter or field is missing", "{0}", Calls, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24103.md");

    public static readonly DiagnosticDescriptor ReadOnlyWritten = new(
        RuleIds.ReadOnly, "A read-only field is written", "{0}", Calls, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24104.md");

    public static readonly DiagnosticDescriptor ImmutableUpdated = new(
        RuleIds.Immutable, "An immutable field is changed", "{0}", Calls, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24105.md");

    public static readonly DiagnosticDescriptor WrongType = new(
        RuleIds.Type, "The value has the wrong type", "{0}", Calls, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24106.md");

    public static readonly DiagnosticDescriptor PatternMismatch = new(
        RuleIds.Pattern, "The value does not match its pattern", "{0}", Calls, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24107.md");

    public static readonly DiagnosticDescriptor OutOfRange = new(
        RuleIds.Range, "The value is too long, too short or out of range", "{0}", Calls, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24108.md");

    public static readonly DiagnosticDescriptor ValueNotAllowed = new(
        RuleIds.Enum, "The value is not one of those allowed", "{0}", Calls, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24109.md");

    public static readonly DiagnosticDescriptor Duplicate = new(
        RuleIds.Unique, "A value that must be unique repeats in a list", "{0}", Calls, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24110.md");

    public static readonly DiagnosticDescriptor Filter = new(
        RuleIds.Filter, "The filter names an unknown field or operator", "{0}", Calls, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24111.md");

    public static readonly DiagnosticDescriptor Select = new(
        RuleIds.Select, "The selection names an unknown field", "{0}", Calls, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Pages + "B24112.md");

    public static readonly DiagnosticDescriptor Order = new(
        RuleIds.Order, "The order names an unknown field or direction", "{0}", Calls, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24113.md");

    public static readonly DiagnosticDescriptor Deprecated = new(
        RuleIds.Deprecated, "The method is deprecated", "{0}", Calls, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Pages + "B24114.md");

    public static readonly DiagnosticDescriptor Markup = new(
        RuleIds.Markup, "The widget's markup uses something that portals do not support", "{0}", Calls, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Pages + "B24119.md");

    public static readonly DiagnosticDescriptor Operand = new(
        RuleIds.Operand, "The value does not fit the filter's operator", "{0}", Calls, DiagnosticSeverity.Info, isEnabledByDefault: true, helpLinkUri: Pages + "B24121.md");

    public static readonly DiagnosticDescriptor Superseded = new(
        RuleIds.Superseded, "The method is superseded", "{0}", Calls, DiagnosticSeverity.Info, isEnabledByDefault: true, helpLinkUri: Pages + "B24120.md");

    public static readonly DiagnosticDescriptor WrongCredentials = new(
        RuleIds.Auth, "The method is not available with these credentials, or not in a batch", "{0}", Calls, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24115.md");

    public static readonly DiagnosticDescriptor AnotherMethod = new(
        RuleIds.Use, "Another method does this", "{0}", Calls, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24116.md");

    public static readonly DiagnosticDescriptor Limit = new(
        RuleIds.PageLimit, "More items than the API allows", "{0}", Calls, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24117.md");

    public static readonly DiagnosticDescriptor UnknownCode = new(
        RuleIds.UnknownCode, "The event or placement is not documented", "{0}", Calls, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Pages + "B24118.md");

    public static readonly DiagnosticDescriptor ScopeNotCovered = new(
        RuleIds.ScopeNotCovered, "The application's scopes do not cover the event", "{0}", Calls, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Pages + "B24122.md");

    public static readonly DiagnosticDescriptor UnboundEvent = new(
        RuleIds.UnboundEvent, "The handler's event is never bound", "{0}", Calls, DiagnosticSeverity.Info, isEnabledByDefault: true, helpLinkUri: Pages + "B24123.md",
        customTags: [WellKnownDiagnosticTags.CompilationEnd]);

    public static readonly DiagnosticDescriptor UnknownErrorCode = new(
        RuleIds.UnknownErrorCode, "The method does not raise this error code", "{0}", Errors, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Pages + "B24201.md");

    public static readonly DiagnosticDescriptor CallInLoop = new(
        RuleIds.CallInLoop, "An API call in a loop where a batch would do", "{0}", Usage, DiagnosticSeverity.Info, isEnabledByDefault: true, helpLinkUri: Pages + "B24301.md");

    public static readonly DiagnosticDescriptor SecretInSource = new(
        RuleIds.SecretInSource, "The source contains a secret", "{0}", Security, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Pages + "B24302.md");

    public static readonly DiagnosticDescriptor FirstPageOnly = new(
        RuleIds.FirstPageOnly, "Only the first page is read", "{0}", Usage, DiagnosticSeverity.Info, isEnabledByDefault: true, helpLinkUri: Pages + "B24303.md");

    private static readonly Dictionary<string, DiagnosticDescriptor> ById = Index(
        SpecNotJson, SpecShape, SpecReference, SpecConflict, SpecImpossibleRule, SpecContradictoryFlags, SpecNameCollision,
        UnknownSelection, ClientNotExtensible, TypeCollision, NoSelection, DuplicateType, UnknownMethod, UnknownField, RequiredMissing,
        ReadOnlyWritten, ImmutableUpdated, WrongType, PatternMismatch, OutOfRange, ValueNotAllowed, Duplicate, Filter,
        Select, Order, Deprecated, Markup, Superseded, Operand, WrongCredentials, AnotherMethod, Limit, UnknownCode,
        ScopeNotCovered, UnboundEvent, UnknownErrorCode, CallInLoop, SecretInSource, FirstPageOnly);

    /// <summary>All of them.</summary>
    public static IReadOnlyCollection<DiagnosticDescriptor> All => ById.Values;

    /// <summary>The descriptor of a rule, or null.</summary>
    public static DiagnosticDescriptor? Find(string id) => ById.TryGetValue(id, out var descriptor) ? descriptor : null;

    private static Dictionary<string, DiagnosticDescriptor> Index(params DiagnosticDescriptor[] descriptors)
    {
        var index = new Dictionary<string, DiagnosticDescriptor>(StringComparer.Ordinal);
        foreach (var descriptor in descriptors)
            index.Add(descriptor.Id, descriptor);
        return index;
    }
}
