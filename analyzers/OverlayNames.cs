using System.Linq;
using System.Threading;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Analyzers;

/// <summary>Finds names in a user's spec file that were probably meant to be those of the file that it changes.</summary>
/// <remarks>Such a name is no error by itself: an unknown API drops the file, and an unknown type is a new one that nothing uses.</remarks>
internal static class OverlayNames
{
    public static IEnumerable<SpecDiagnostic> Check(SpecDocument document, SpecCatalog catalog, CancellationToken cancellationToken)
    {
        if (document is not { File: { } file, Root: { } root })
            yield break;
        if (root.Find("api") is { Value: JsonString } api && !catalog.Apis(cancellationToken).Contains(file.Api))
        {
            var nearest = Suggestion.Nearest(file.Api, catalog.Apis(cancellationToken));
            yield return Diagnostic(document, "/api", api.Value.Range, $"There is no API '{file.Api}'{DidYouMean(nearest)}; nothing of this file is used.");
            yield break;
        }

        var known = catalog.PackagedTypes(file.Name, file.Api, cancellationToken);
        if (known.Count == 0 || root.Find("types")?.Value is not JsonObject types)
            yield break;
        foreach (var type in types.Properties)
        {
            if (!known.Contains(type.Name) && Suggestion.Nearest(type.Name, known) is { } nearest && !IsNamed(root, type.Name))
                yield return Diagnostic(document, "/types/" + type.Name, type.NameRange, $"'{file.Name}' has no type '{type.Name}', and nothing refers to a new one{DidYouMean(nearest)}.");
        }
    }

    private static string DidYouMean(string? nearest) => nearest is null ? "" : $" (did you mean '{nearest}'?)";

    private static SpecDiagnostic Diagnostic(SpecDocument document, string pointer, TextRange range, string message) =>
        new(RuleIds.SpecReference, RuleIds.SeverityOf(RuleIds.SpecReference), message, document.Path, pointer, range);

    /// <summary>A type expression somewhere in the file names the type.</summary>
    private static bool IsNamed(JsonNode node, string type) => node switch
    {
        JsonString text => text.Value.Split(' ', '|', '[', ']', '<', '>', '(', ')', '/').Contains(type, StringComparer.Ordinal),
        JsonObject members => members.Properties.Any(p => IsNamed(p.Value, type)),
        JsonArray list => list.Items.Any(i => IsNamed(i, type)),
        _ => false,
    };
}
