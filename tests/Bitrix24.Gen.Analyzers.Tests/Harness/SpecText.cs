using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.Analyzers.Tests.Harness;

/// <summary>A spec file as an additional file of a compilation; counts how often it is read.</summary>
public sealed class SpecText(string path, string text, bool packaged) : AdditionalText
{
    private readonly SourceText _text = SourceText.From(text, Encoding.UTF8);
    private int _reads;

    public override string Path => path;

    public bool Packaged => packaged;

    public int Reads => _reads;

    /// <summary>Packaged specs of the repository: of Bitrix24 the areas that the tests are about, so that more areas change nothing here.</summary>
    public static ImmutableArray<SpecText> OfRepository { get; } =
    [
        .. RepositorySpecs.Apis.SelectMany(static api => RepositorySpecs.Paths(api).Where(f => IsWanted(api, System.IO.Path.GetFileName(f))))
            .Select(static f => new SpecText(f, File.ReadAllText(f), packaged: true)),
    ];

    /// <summary>Every packaged spec of one API.</summary>
    public static ImmutableArray<SpecText> All(string api) =>
        [.. RepositorySpecs.Paths(api).Select(static f => new SpecText(f, File.ReadAllText(f), packaged: true))];

    /// <summary>A file of the project that is analysed.</summary>
    public static SpecText Own(string path, string text) => new(path, text, packaged: false);

    private static bool IsWanted(string folder, string file) =>
        folder is "vibecode" or "amocrm"
        || (folder == "bitrix24" && (file.StartsWith("api.", StringComparison.Ordinal)
            || file.StartsWith("batch.", StringComparison.Ordinal)
            || file.StartsWith("biconnector.", StringComparison.Ordinal)
            || file.StartsWith("landing.", StringComparison.Ordinal)))
        || (folder == "bitrix24-v3" && (file.StartsWith("api.", StringComparison.Ordinal) || file.StartsWith("main.", StringComparison.Ordinal)));

    public override SourceText GetText(CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _reads);
        return _text;
    }
}

/// <summary>Tells analyzers which spec files are packaged, as the package's build files do.</summary>
public sealed class SpecOptions : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(ImmutableDictionary<string, string>.Empty);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) =>
        textFile is SpecText { Packaged: true }
            ? new Options(ImmutableDictionary<string, string>.Empty.Add("build_metadata.AdditionalFiles.Bitrix24Spec", "packaged"))
            : GlobalOptions;

    private sealed class Options(ImmutableDictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) =>
            values.TryGetValue(key, out value);
    }
}
