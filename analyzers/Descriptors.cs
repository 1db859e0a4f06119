using Microsoft.CodeAnalysis;

namespace Bitrix24.Gen.Analyzers;

/// <summary>The rules of this package as the compiler knows them: one descriptor an id, pages in docs/rules.</summary>
/// <remarks>Ids, titles and severities stand here as constants because release tracking reads them from the source; a test holds them against the catalogue in specs.</remarks>
public static class Descriptors
{
    private const string Specs = "Bitrix24.Specs";
    private const string Clients = "Bitrix24.Clients";
    private const string Calls = "Bitrix24.Calls";
    private const string Errors = "Bitrix24.Errors";
    private const string Usage = "Bitrix24.Usage";
    private const string Security = "Bitrix24.Security";
    private const string Pages = "https://github.com/bitrix24-gen/bitrix24-gen/blob/main/docs/rules/";

    public static readonly DiagnosticDescriptor SpecNotJson = new(
        "B24001", "Spec file is not JSON", "{0}", Specs, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24001.md");

    public static readonly DiagnosticDescriptor SpecShape = new(
        "B24002", "Spec file has an unknown key, a missing key or a wrong kind of value", "{0}", Specs, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24002.md");

    public static readonly DiagnosticDescriptor SpecReference = new(
        "B24003", "Spec file refers to something that does not exist", "{0}", Specs, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24003.md");

    public static readonly DiagnosticDescriptor SpecConflict = new(
        "B24004", "Spec file defines something twice or contradicts the file it overlays", "{0}", Specs, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24004.md");

    public static readonly DiagnosticDescriptor SpecImpossibleRule = new(
        "B24005", "Spec file has a rule that cannot hold", "{0}", Specs, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24005.md");

    public static readonly DiagnosticDescriptor SpecContradictoryFlags = new(
        "B24006", "Spec file has flags that contradict each other", "{0}", Specs, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Pages + "B24006.md");

    public static readonly DiagnosticDescriptor SpecNameCollision = new(
        "B24007", "Spec file has two names that become one C# name", "{0}", Specs, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24007.md");

    public static readonly DiagnosticDescriptor UnknownSelection = new(
        "B24020", "Client selects something that no spec has", "{0}", Clients, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24020.md");

    public static readonly DiagnosticDescriptor ClientNotExtensible = new(
        "B24021", "Client class cannot be extended", "{0}", Clients, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24021.md");

    public static readonly DiagnosticDescriptor UnknownMethod = new(
        "B24101", "Unknown method", "{0}", Calls, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24101.md");

    public static readonly DiagnosticDescriptor UnknownField = new(
        "B24102", "Unknown parameter or field", "{0}", Calls, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Pages + "B24102.md");

    public static readonly DiagnosticDescriptor RequiredMissing = new(
        "B24103", "Required parameter or field is missing", "{0}", Calls, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24103.md");

    public static readonly DiagnosticDescriptor ReadOnlyWritten = new(
        "B24104", "Read-only field is written", "{0}", Calls, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24104.md");

    public static readonly DiagnosticDescriptor ImmutableUpdated = new(
        "B24105", "Immutable field is updated", "{0}", Calls, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24105.md");

    public static readonly DiagnosticDescriptor WrongType = new(
        "B24106", "Wrong type of value", "{0}", Calls, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24106.md");

    public static readonly DiagnosticDescriptor PatternMismatch = new(
        "B24107", "Value does not match its pattern", "{0}", Calls, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24107.md");

    public static readonly DiagnosticDescriptor OutOfRange = new(
        "B24108", "Value is too long, too short or out of range", "{0}", Calls, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24108.md");

    public static readonly DiagnosticDescriptor ValueNotAllowed = new(
        "B24109", "Value is not one of the allowed ones", "{0}", Calls, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24109.md");

    public static readonly DiagnosticDescriptor Duplicate = new(
        "B24110", "Value repeats in a list that must be unique", "{0}", Calls, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24110.md");

    public static readonly DiagnosticDescriptor Filter = new(
        "B24111", "Filter names an unknown field or operator", "{0}", Calls, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24111.md");

    public static readonly DiagnosticDescriptor Select = new(
        "B24112", "Select names an unknown field", "{0}", Calls, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Pages + "B24112.md");

    public static readonly DiagnosticDescriptor Order = new(
        "B24113", "Order names an unknown field or direction", "{0}", Calls, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24113.md");

    public static readonly DiagnosticDescriptor Deprecated = new(
        "B24114", "Method is deprecated", "{0}", Calls, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Pages + "B24114.md");

    public static readonly DiagnosticDescriptor WrongCredentials = new(
        "B24115", "Method is not available with these credentials or not in a batch", "{0}", Calls, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24115.md");

    public static readonly DiagnosticDescriptor AnotherMethod = new(
        "B24116", "Another method exists for this", "{0}", Calls, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24116.md");

    public static readonly DiagnosticDescriptor Limit = new(
        "B24117", "Documented count or page limit is exceeded", "{0}", Calls, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "B24117.md");

    public static readonly DiagnosticDescriptor UnknownErrorCode = new(
        "B24201", "Error code is not one of the method's", "{0}", Errors, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Pages + "B24201.md");

    public static readonly DiagnosticDescriptor CallInLoop = new(
        "B24301", "API call in a loop where a batch would do", "{0}", Usage, DiagnosticSeverity.Info, isEnabledByDefault: true, helpLinkUri: Pages + "B24301.md");

    public static readonly DiagnosticDescriptor SecretInSource = new(
        "B24302", "Secret in source", "{0}", Security, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Pages + "B24302.md");

    public static readonly DiagnosticDescriptor FirstPageOnly = new(
        "B24303", "Only the first page is read", "{0}", Usage, DiagnosticSeverity.Info, isEnabledByDefault: true, helpLinkUri: Pages + "B24303.md");
}
