using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Bitrix24.Gen.Generator.Parsing;

/// <summary>A spec file that the project brings, not read yet. The host makes a new <see cref="AdditionalText"/> when the file changes.</summary>
internal readonly record struct AdditionalSpec(AdditionalText File, bool User)
{
    public SpecSource Source => AdditionalSpecs.Source(File, User);

    public static AdditionalSpec Create(AdditionalText file, AnalyzerConfigOptionsProvider options) =>
        new(file, AdditionalSpecs.IsUser(file, options));
}
