namespace Bitrix24.Gen.Analyzers.Tests.Harness;

/// <summary>Files of the repository that tests read.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder, "Bitrix24.Gen.sln")))
            folder = System.IO.Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("Bitrix24.Gen.sln is above no folder of the tests.");
    }
}
