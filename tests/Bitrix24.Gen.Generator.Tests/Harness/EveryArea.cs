using System.Collections.Concurrent;
using Microsoft.CodeAnalysis.CSharp;

namespace Bitrix24.Gen.Generator.Tests.Harness;

/// <summary>A client of every area of an API, generated and compiled once for all tests; both versions of Bitrix24's API stand in one.</summary>
internal sealed class EveryArea
{
    public const string Client = "My.App.Portal";

    private static readonly ConcurrentDictionary<string, Lazy<EveryArea>> Made = new(StringComparer.Ordinal);

    private readonly Lazy<(IReadOnlyList<string> Problems, byte[] Assembly)> _emitted;

    private EveryArea(string api)
    {
        (string Name, string Prefix)[] apis = api == "bitrix24" ? [(api, ""), (api + "-v3", "v3/")] : [(api, api + "/")];
        var areas = apis.SelectMany(static a => PackagedFiles.Of(a.Name)
            .Select(static f => Path.GetFileName(f.Path).Split('.')[0])
            .Where(static n => n != "api")
            .Distinct()
            .Select(n => $"\"{a.Prefix}{n}\""));
        var harness = GeneratorHarness.RunLean(
            $$"""
            namespace My.App;
            /// <summary>All there is.</summary>
            [Bitrix24.Bitrix24Client({{string.Join(", ", areas)}})]
            public partial class Portal;
            """,
            apis.SelectMany(static a => PackagedFiles.Of(a.Name)));
        Assert.Null(harness.Result.Exception);
        Compilation = harness.AnalyzedOutput();
        _emitted = new(Emit);
    }

    public static EveryArea Of(string api) => Made.GetOrAdd(api.Split('-')[0], static a => new(() => new(a))).Value;

    /// <summary>With nullable analysis and all comments.</summary>
    public CSharpCompilation Compilation { get; }

    /// <summary>Its errors and warnings, with those of comments.</summary>
    public IReadOnlyList<string> Problems => _emitted.Value.Problems;

    public byte[] Assembly => _emitted.Value.Assembly;

    private (IReadOnlyList<string> Problems, byte[] Assembly) Emit()
    {
        using var image = new MemoryStream();
        var result = Compilation.Emit(image, xmlDocumentationStream: Stream.Null);
        return (GeneratorHarness.Problems(result.Diagnostics), image.ToArray());
    }
}
