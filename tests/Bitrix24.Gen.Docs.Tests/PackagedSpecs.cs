namespace Bitrix24.Gen.Docs.Tests;

/// <summary>The spec files that the package brings.</summary>
internal static class PackagedSpecs
{
    public static IReadOnlyList<TestFile> All { get; } =
    [
        .. Directory.EnumerateDirectories(Path.Combine(RepositoryRoot.Folder, "specs"))
            .Where(static d => File.Exists(Path.Combine(d, "api.b24.json")))
            .SelectMany(static d => Directory.EnumerateFiles(d, "*.b24.json"))
            .Order(StringComparer.Ordinal)
            .Select(static f => new TestFile(f, File.ReadAllText(f))),
    ];
}
