using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Bitrix24.Gen.Specs;

/// <summary>The spec files among a project's additional files. Compiled into generator and analyzers: the spec library knows no compiler.</summary>
internal static class AdditionalSpecs
{
    /// <summary>Item metadata on the spec files that the package brings.</summary>
    private const string OriginKey = "build_metadata.AdditionalFiles.Bitrix24Spec";

    public static bool IsUser(AdditionalText file, AnalyzerConfigOptionsProvider options) =>
        !(options.GetOptions(file).TryGetValue(OriginKey, out var origin)
            && string.Equals(origin, "packaged", StringComparison.OrdinalIgnoreCase));

    public static SpecSource Source(AdditionalText file, bool user) => new(file.Path, user, file.GetText);

    /// <summary>All spec files of a compilation.</summary>
    public static SpecCatalog Catalog(IEnumerable<AdditionalText> files, AnalyzerConfigOptionsProvider options) => new(() =>
    {
        var sources = new List<SpecSource>();
        foreach (var file in files)
        {
            if (SpecFileName.IsSpec(file.Path))
                sources.Add(Source(file, IsUser(file, options)));
        }

        return sources;
    });
}
