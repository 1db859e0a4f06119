namespace Bitrix24.Gen.Runtime.Tests;

/// <summary>The repository around the tests.</summary>
internal static class Repository
{
    public static string Root => RepositoryRoot.Folder;

    public static string Doc(string name) => Path.Combine(Root, "docs", name);
}
