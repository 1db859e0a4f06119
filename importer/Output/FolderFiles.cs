namespace Bitrix24.Gen.Importer.Output;

/// <summary>Finds files below a folder, however it is linked.</summary>
internal static class FolderFiles
{
    /// <summary>Files of an extension, in ordinal order. A folder that is reached twice, by links, is read once.</summary>
    /// <param name="folder">Where to look.</param>
    /// <param name="extension">End of the names, in any case.</param>
    /// <param name="unreadable">Called with a folder that cannot be listed, and why.</param>
    public static IReadOnlyList<string> Find(string folder, string extension, Action<string, string> unreadable)
    {
        var files = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Stack<string>([folder]);
        while (waiting.TryPop(out var next))
        {
            if (!seen.Add(RealPath(next)))
                continue;
            try
            {
                files.AddRange(Directory.EnumerateFiles(next).Where(f => f.EndsWith(extension, StringComparison.OrdinalIgnoreCase)));
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
            return new DirectoryInfo(here).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? here;
        }
        catch (IOException)
        {
            // A link in a circle leads nowhere, which listing it will tell.
            return here;
        }
    }
}
