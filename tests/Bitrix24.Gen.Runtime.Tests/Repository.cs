namespace Bitrix24.Gen.Runtime.Tests;

/// <summary>The repository around the tests.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Doc(string name) => Path.Combine(Root, "docs", name);

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Bitrix24.Gen.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run inside the repository.");
        return folder;
    }
}
