using System.Text;

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

    /// <summary>Replaces a file as a whole: whoever reads it sees the old text or the new one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">The new text.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    public static async ValueTask ReplaceAsync(string path, string text, CancellationToken cancellationToken)
    {
        var draft = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            await using (var stream = new FileStream(draft, Options(FileMode.CreateNew, FileAccess.Write)))
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
            }

            // What is written is saved, even if the call that needed it was cancelled: a refresh token works once.
            File.Move(draft, path, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
