using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Reporting;

/// <summary>A correction or addition that a person made to what was imported.</summary>
/// <param name="File">The file's path in the folder of specs.</param>
/// <param name="Methods">The methods it changes or adds.</param>
/// <param name="Types">The types it changes, adds or takes away.</param>
/// <param name="Comments">Why, by JSON pointer; empty: nobody said why.</param>
public sealed record OverlayReport(string File, IReadOnlyList<string> Methods, IReadOnlyList<string> Types, IReadOnlyDictionary<string, string> Comments)
{
    /// <summary>The overlays, and other files made by hand, of a folder.</summary>
    public static IReadOnlyList<OverlayReport> Of(IEnumerable<SpecDocument> documents) =>
        [.. documents.Where(static d => d.Root is not null && (d.File is { Overlay: true } || IsByHand(d))).Select(static d => Describe(d.Path, d.Root!))];

    /// <summary>Whether a person wrote the file: an imported one has no comment at the top. Methods without a page stand in such files.</summary>
    public static bool IsByHand(SpecDocument document) => document.Root?.Find("comment")?.Value is JsonString;

    private static OverlayReport Describe(string path, JsonObject root)
    {
        var comments = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Collect(root, "", comments);
        return new OverlayReport(path, Names(root, "methods"), Names(root, "types"), comments);
    }

    private static string[] Names(JsonObject root, string key) =>
        root.Find(key)?.Value is JsonObject map ? [.. map.Properties.Select(static p => p.Name)] : [];

    private static void Collect(JsonObject at, string pointer, SortedDictionary<string, string> comments)
    {
        foreach (var property in at.Properties)
        {
            if (property is { Name: "comment", Value: JsonString text })
                comments[pointer] = text.Value;
            else if (property.Value is JsonObject inner)
                Collect(inner, JsonPointer.Append(pointer, property.Name), comments);
        }
    }
}
