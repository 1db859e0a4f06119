using System.Collections.Immutable;
using Bitrix24.Gen.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.Benchmarks.Compile;

/// <summary>The repository's spec files as a compiler sees them, and what their clients are compiled against.</summary>
internal static class RepositorySpecs
{
    public static ImmutableArray<MetadataReference> References { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal))
            .Select(static p => MetadataReference.CreateFromFile(p)),
        MetadataReference.CreateFromFile(typeof(Bitrix24Client).Assembly.Location),
    ];

    public static ImmutableArray<AdditionalText> Bitrix24() =>
        [.. Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Folder, "specs", "bitrix24"), "*.b24.json").Order(StringComparer.Ordinal).Select(static f => new SpecText(f))];

    private sealed class SpecText(string path) : AdditionalText
    {
        private readonly SourceText _text = SourceText.From(File.ReadAllText(path));

        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
    }
}
