namespace Bitrix24.Gen.Tools;

/// <summary>Finds and reads files below a folder: links within it are followed, links out of it and special files are not.</summary>
internal static class FolderFiles
{
    private const string Outside = "a link out of the folder; not followed";

    // A pipe that nobody writes to never answers.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Files of an extension, in ordinal order. A folder that is reached twice, by links, is read once.</summary>
    /// <param name="folder">Where to look.</param>
    /// <param name="extension">End of the names, in any case.</param>
    /// <param name="unreadable">Called with a folder or file that cannot be read, and why.</param>
    public static IReadOnlyList<string> Find(string folder, string extension, Action<string, string> unreadable)
    {
        var files = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var root = RealPath(folder);
        var waiting = new Stack<string>([folder]);
        while (waiting.TryPop(out var next))
        {
            var real = RealPath(next);
            if (!seen.Add(real))
                continue;
            if (!IsWithin(root, real))
            {
                unreadable(next, Outside);
                continue;
            }

            try
            {
                foreach (var file in Directory.EnumerateFiles(next).Where(f => f.EndsWith(extension, StringComparison.OrdinalIgnoreCase)))
                {
                    if (IsWithin(root, RealPath(file)))
                        files.Add(file);
                    else
                        unreadable(file, Outside);
                }

                foreach (var inner in Directory.EnumerateDirectories(next).Where(static d => !IsOutput(d)).OrderDescending(StringComparer.Ordinal))
                    waiting.Push(inner);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                unreadable(next, e.Message);
            }
        }

        files.Sort(StringComparer.Ordinal);
        return files;
    }

    /// <summary>Reads a file of bounded size.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">More bytes are refused.</param>
    /// <exception cref="IOException">It cannot be read, is larger, or is no ordinary file.</exception>
    public static byte[] Read(string path, int most)
    {
        // Devices and pipes say that they are empty: the one never ends, the other never begins.
        if (new FileInfo(path).Length > 0)
            return ReadBounded(path, most);
        var reading = Task.Factory.StartNew(() => ReadBounded(path, most), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return ((IAsyncResult)reading).AsyncWaitHandle.WaitOne(Patience)
            ? reading.GetAwaiter().GetResult()
            : throw new IOException("no ordinary file: reading it does not end");
    }

    private static byte[] ReadBounded(string path, int most)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        using var bytes = new MemoryStream();
        var buffer = new byte[81_920];
        for (int read; (read = file.Read(buffer)) > 0;)
        {
            if (bytes.Length + read > most)
                throw new IOException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"more than {most} bytes"));
            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }

    private static bool IsWithin(string root, string path) =>
        path == root || path.StartsWith(root == "/" ? root : root + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    // What builds leave behind, and what tools hide, is nobody's source.
    private static bool IsOutput(string folder) => Path.GetFileName(folder) is "bin" or "obj" or ['.', ..];

    // Each part of a path may be a link.
    private static string RealPath(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(full) is not { } parent)
            return full;
        var here = Path.Combine(RealPath(parent), Path.GetFileName(full));
        try
        {
            return (File.Exists(here) ? (FileSystemInfo)new FileInfo(here) : new DirectoryInfo(here)).ResolveLinkTarget(returnFinalTarget: true)?.FullName is { } target
                ? RealPath(target)
                : here;
        }
        catch (IOException)
        {
            // A link in a circle leads nowhere, which listing it will tell.
            return here;
        }
    }
}
