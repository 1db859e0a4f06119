using System.Collections.Generic;
using System.Collections.Immutable;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;

namespace Bitrix24.Gen.Analyzers;

/// <summary>
/// Makes the diagnostics of this assembly. Messages quote specs and strings of the code: cleaned, none can pass for another
/// line of the build's output.
/// </summary>
internal static class Reports
{
    public static Diagnostic Create(DiagnosticDescriptor descriptor, Location location, string message) =>
        Diagnostic.Create(descriptor, location, PrintedText.Line(message));

    public static Diagnostic Create(DiagnosticDescriptor descriptor, Location location, ImmutableDictionary<string, string?>? properties, string message) =>
        Diagnostic.Create(descriptor, location, properties, PrintedText.Line(message));

    public static Diagnostic Create(
        DiagnosticDescriptor descriptor,
        Location location,
        DiagnosticSeverity severity,
        IEnumerable<Location>? additionalLocations,
        ImmutableDictionary<string, string?>? properties,
        string message) =>
        Diagnostic.Create(descriptor, location, severity, additionalLocations, properties, PrintedText.Line(message));
}
