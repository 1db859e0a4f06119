namespace Bitrix24.Gen.Generator.Tests.Harness;

/// <summary>Files of this repository.</summary>
internal static class Repository
{
    public static string Root => RepositoryRoot.Folder;

    /// <summary>The packaged spec files of an API.</summary>
    public static IReadOnlyList<TestFile> Specs(string api = "bitrix24") =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, "specs", api), "*.b24.json")
            .Order(StringComparer.Ordinal)
            .Select(f => new TestFile($"/specs/{api}/{Path.GetFileName(f)}", File.ReadAllText(f))),
    ];

    public static TestFile Spec(string name) => Specs().Single(f => f.Path.EndsWith($"/{name}.b24.json", StringComparison.Ordinal));
}
