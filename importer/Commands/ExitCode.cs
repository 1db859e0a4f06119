namespace Bitrix24.Gen.Importer.Commands;

/// <summary>What the process answers.</summary>
internal static class ExitCode
{
    public const int Clean = 0;

    public const int Findings = 1;

    public const int BadInput = 2;
}

/// <summary>Where spec files are looked for when no folder is named.</summary>
internal static class SpecFolder
{
    /// <summary>The nearest <c>specs</c> folder at or above the current one; else <c>specs</c> here.</summary>
    public static DirectoryInfo Default()
    {
        for (var folder = new DirectoryInfo(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
        {
            var specs = Path.Combine(folder.FullName, "specs");
            if (Directory.Exists(specs))
                return new DirectoryInfo(specs);
        }

        return new DirectoryInfo("specs");
    }
}
