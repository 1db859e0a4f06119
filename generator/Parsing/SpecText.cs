using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;

namespace Bitrix24.Gen.Generator.Parsing;

/// <summary>A spec file that the project brings, not read yet. The host makes a new <see cref="AdditionalText"/> when the file changes.</summary>
internal readonly record struct SpecText(AdditionalText File, bool User)
{
    /// <summary>Item metadata on the spec files that the package brings.</summary>
    private const string OriginKey = "build_metadata.AdditionalFiles.Bitrix24Spec";

    public string BaseName => SpecFileName.BaseName(File.Path);

    public static SpecText Create(AdditionalText file, Microsoft.CodeAnalysis.Diagnostics.AnalyzerConfigOptionsProvider options) =>
        new(file, !(options.GetOptions(file).TryGetValue(OriginKey, out var origin)
            && string.Equals(origin, "packaged", StringComparison.OrdinalIgnoreCase)));
}
