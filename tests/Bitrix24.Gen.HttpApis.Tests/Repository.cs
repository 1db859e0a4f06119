using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.HttpApis.Tests;

/// <summary>The spec files and fixtures of the repository.</summary>
internal static class Repository
{
    public static string Root => RepositoryRoot.Folder;

    public static IReadOnlyList<SpecDocument> Documents(string api) =>
        [.. Directory.GetFiles(Path.Combine(Root, "specs", api), "*.b24.json")
            .Order(StringComparer.Ordinal)
            .Select(path => SpecReader.Read(path, File.ReadAllText(path)))];

    public static SpecSet Specs(string api) => SpecSet.Create(Documents(api));
}
