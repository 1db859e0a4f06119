namespace Bitrix24.Gen.Analyzers.Tests.Harness;

/// <summary>Files of the repository that tests read.</summary>
public static class Repository
{
    public static string Root => RepositoryRoot.Folder;

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);
}
