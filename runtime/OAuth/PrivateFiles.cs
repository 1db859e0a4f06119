namespace Bitrix24;

/// <summary>Files and folders that only the user of the process may read, from the moment that they exist.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes a folder, or takes others' rights from one that holds nothing but our files.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="isOurs">Whether a file of that name is ours.</param>
    public static void MakeFolder(string folder, Func<string, bool> isOurs)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        if (!Directory.Exists(folder))
            Directory.CreateDirectory(folder, Owner);
        else if ((File.GetUnixFileMode(folder) & ~Owner) != 0 && Directory.EnumerateFileSystemEntries(folder).All(path => isOurs(Path.GetFileName(path))))
            File.SetUnixFileMode(folder, Owner);
    }

    /// <summary>Options for a file that is private when it is made.</summary>
    public static FileStreamOptions Options(FileMode mode, FileAccess access, FileShare share = FileShare.None)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share };
        if (!OperatingSystem.IsWindows() && mode != FileMode.Open)
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
