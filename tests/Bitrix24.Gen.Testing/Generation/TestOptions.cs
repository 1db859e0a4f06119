using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Bitrix24.Gen.Testing;

/// <summary>Says which spec files the package brings, as the build does with item metadata.</summary>
/// <param name="precompiled">The project references the areas of the packaged specs compiled.</param>
public sealed class TestOptions(bool precompiled = false) : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(packaged: false, precompiled);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Values(((TestFile)textFile).Packaged, precompiled: false);

    private sealed class Values(bool packaged, bool precompiled) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
        {
            value = packaged && key == "build_metadata.AdditionalFiles.Bitrix24Spec" ? "packaged"
                : precompiled && key == "build_property.Bitrix24Precompiled" ? "true"
                : null;
            return value is not null;
        }
    }
}
