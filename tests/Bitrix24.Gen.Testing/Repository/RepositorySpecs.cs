namespace Bitrix24.Gen.Testing;

/// <summary>Where the packaged spec files are.</summary>
public static class RepositorySpecs
{
    public const string Extension = ".b24.json";

    /// <summary>The APIs: the folders of specs/ with a profile.</summary>
    public static IReadOnlyList<string> Apis { get; } =
    [
        .. Directory.EnumerateDirectories(RepositoryRoot.PathTo("specs"))
            .Where(static d => File.Exists(Path.Combine(d, "api" + Extension)))
            .Select(static d => Path.GetFileName(d))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The paths of an API's spec files, by name.</summary>
    public static IReadOnlyList<string> Paths(string api) =>
        [.. Directory.EnumerateFiles(RepositoryRoot.PathTo("specs", api), "*" + Extension).Order(StringComparer.Ordinal)];
}
