using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Bitrix24.Gen.Testing;

/// <summary>Says which spec files the package brings, as the build does with item metadata.</summary>
public sealed class TestOptions : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(packaged: false);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Values(((TestFile)textFile).Packaged);

    private sealed class Values(bool packaged) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
        {
            value = packaged && key == "build_metadata.AdditionalFiles.Bitrix24Spec" ? "packaged" : null;
            return value is not null;
        }
    }
}
