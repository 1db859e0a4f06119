namespace Bitrix24.Gen.Testing;

/// <summary>The repository around what runs, for all that reads its specs, fixtures and pages.</summary>
public static class RepositoryRoot
{
    /// <summary>The folder of the solution, found from where the assembly runs: a build that maps source paths away hides those.</summary>
    public static string Folder { get; } = Find();

    /// <summary>The path of a file or folder of the repository.</summary>
    public static string PathTo(params string[] parts) => Path.Combine([Folder, .. parts]);

    /// <summary>The files of a folder and those below it, without what builds write.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(PathTo(folder), pattern, SearchOption.AllDirectories)
            .Where(static f => !Relative(f).Split('/').Any(static part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal);

    /// <summary>A path as the repository names it: from its root, with slashes.</summary>
    public static string Relative(string path) => Path.GetRelativePath(Folder, path).Replace('\\', '/');

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Bitrix24.Gen.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException($"Bitrix24.Gen.sln is in no folder above {AppContext.BaseDirectory}.");
        return folder;
    }
}
