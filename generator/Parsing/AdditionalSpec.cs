using System.Collections.Immutable;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Bitrix24.Gen.Generator.Parsing;

/// <summary>A spec file that the project brings, not read yet. The host makes a new <see cref="AdditionalText"/> when the file changes.</summary>
internal sealed record AdditionalSpec(AdditionalText File, bool User)
{
    public SpecSource Source => AdditionalSpecs.Source(File, User);

    public static AdditionalSpec Create(AdditionalText file, AnalyzerConfigOptionsProvider options) =>
        new(file, AdditionalSpecs.IsUser(file, options));
}

/// <summary>The spec files that a project brings.</summary>
internal sealed record ProjectSpecs(ImmutableArray<AdditionalSpec> Files)
{
    public IEnumerable<SpecSource> Sources
    {
        get
        {
            foreach (var file in Files)
                yield return file.Source;
        }
    }
}

/// <summary>What the project sets for the generator.</summary>
/// <param name="Precompiled">A referenced assembly has the areas of the packaged specs compiled: the package Bitrix24.Client says so.</param>
/// <param name="Words">What names the code that is used; null: all is emitted.</param>
internal sealed record ProjectOptions(bool Precompiled, ProjectWords? Words)
{
    public static ProjectOptions Read(AnalyzerConfigOptions options, ProjectWords? words) =>
        new(options.TryGetValue("build_property.Bitrix24Precompiled", out var value) && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase), words);
}
