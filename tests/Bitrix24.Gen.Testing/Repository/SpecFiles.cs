namespace Bitrix24.Gen.Testing;

/// <summary>The packaged spec files, as files on the disk and as files of a compilation.</summary>
public static class SpecFiles
{
    public const string Extension = ".b24.json";

    private static readonly Lazy<IReadOnlyList<TestFile>> Everything = new(ReadAll);

    /// <summary>The APIs: the folders of specs/ with a profile.</summary>
    public static IReadOnlyList<string> Apis { get; } =
    [
        .. Directory.EnumerateDirectories(RepositoryRoot.PathTo("specs"))
            .Where(static d => File.Exists(Path.Combine(d, "api" + Extension)))
            .Select(static d => Path.GetFileName(d))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The spec files of all APIs, by name.</summary>
    public static IReadOnlyList<TestFile> All => Everything.Value;

    /// <summary>The paths of an API's spec files, by name.</summary>
    public static IReadOnlyList<string> Paths(string api) =>
        [.. Directory.EnumerateFiles(RepositoryRoot.PathTo("specs", api), "*" + Extension).Order(StringComparer.Ordinal)];

    /// <summary>The spec files of an API, by name.</summary>
    public static IReadOnlyList<TestFile> Of(string api = "bitrix24") =>
        [.. Paths(api).Select(path => new TestFile($"/specs/{api}/{Path.GetFileName(path)}", File.ReadAllText(path)))];

    /// <summary>The spec file of Bitrix24 with this name.</summary>
    public static TestFile Named(string name) => Of().Single(f => f.Path.EndsWith($"/{name}{Extension}", StringComparison.Ordinal));

    private static IReadOnlyList<TestFile> ReadAll() => [.. Apis.SelectMany(static api => Of(api))];
}
