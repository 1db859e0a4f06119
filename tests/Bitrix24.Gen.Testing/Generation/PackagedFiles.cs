namespace Bitrix24.Gen.Testing;

/// <summary>The packaged spec files as additional files of a compilation.</summary>
public static class PackagedFiles
{
    private static readonly Lazy<IReadOnlyList<TestFile>> Everything = new(static () => [.. RepositorySpecs.Apis.SelectMany(static api => Of(api))]);

    /// <summary>What a build with <c>Bitrix24GenerateOnlyUsed</c> set to true has among its additional files.</summary>
    public static TestFile OnlyUsed { get; } = new("/package/build/Bitrix24GenerateOnlyUsed.marker", "");

    /// <summary>What a build has by default.</summary>
    public static TestFile OnlyUsedOfInternal { get; } = new("/package/build/Bitrix24GenerateOnlyUsed.internal.marker", "");

    /// <summary>Those of all APIs, by name.</summary>
    public static IReadOnlyList<TestFile> All => Everything.Value;

    /// <summary>Those of an API, by name.</summary>
    public static IReadOnlyList<TestFile> Of(string api = "bitrix24") =>
        [.. RepositorySpecs.Paths(api).Select(path => new TestFile($"/specs/{api}/{Path.GetFileName(path)}", File.ReadAllText(path)))];

    /// <summary>The one of Bitrix24 with this name.</summary>
    public static TestFile Named(string name) => Of().Single(f => f.Path.EndsWith($"/{name}{RepositorySpecs.Extension}", StringComparison.Ordinal));
}
