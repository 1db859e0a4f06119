using Bitrix24.Gen.Specs;
using Bitrix24.Gen.Tools;

namespace Bitrix24.Gen.Importer.Output;

/// <summary>Spec files as text, and read back.</summary>
public static class SpecOutput
{
    /// <summary>Far above any spec file.</summary>
    private const int LargestSpec = 64 * 1024 * 1024;

    /// <summary>Relative path of a spec file below the output folder.</summary>
    public static string PathOf(SpecFile file) => $"{file.Api}/{file.Name}.b24.json";

    /// <summary>Writes and reads back each file.</summary>
    public static IReadOnlyList<SpecDocument> Write(IReadOnlyList<SpecFile> files)
    {
        var documents = new SpecDocument[files.Count];
        Parallel.For(0, files.Count, i => documents[i] = SpecReader.Read(PathOf(files[i]), SpecWriter.Write(files[i])));
        return documents;
    }

    /// <summary>Reads all spec files below a folder, in ordinal order of their paths.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="problem">Called with what cannot be read: path, line (0: none) and reason.</param>
    public static IReadOnlyList<SpecDocument> Load(string folder, Action<string, int, string>? problem = null)
    {
        var gate = new Lock();
        var paths = FolderFiles.Find(folder, SpecFileName.Extension, (path, reason) => Tell(path, 0, reason)).Where(SpecFileName.IsSpec).ToArray();
        var documents = new SpecDocument?[paths.Length];
        Parallel.For(0, paths.Length, i => documents[i] = Read(paths[i]));
        return [.. documents.OfType<SpecDocument>()];

        SpecDocument? Read(string path)
        {
            try
            {
                var (text, badLine) = Utf8Text.Decode(FolderFiles.Read(path, LargestSpec));
                if (badLine > 0)
                    Tell(path, badLine, "not UTF-8");
                return SpecReader.Read(Path.GetRelativePath(folder, path).Replace('\\', '/'), text);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Tell(path, 0, e.Message);
                return null;
            }
        }

        void Tell(string path, int line, string reason)
        {
            lock (gate)
                problem?.Invoke(Path.GetRelativePath(folder, path).Replace('\\', '/'), line, reason);
        }
    }
}
