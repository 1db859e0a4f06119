using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Output;

/// <summary>Spec files as text, and read back.</summary>
public static class SpecOutput
{
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
    public static IReadOnlyList<SpecDocument> Load(string folder)
    {
        var paths = Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Where(SpecFileName.IsSpec).OrderBy(static p => p, StringComparer.Ordinal).ToArray();
        var documents = new SpecDocument[paths.Length];
        Parallel.For(0, paths.Length, i => documents[i] = SpecReader.Read(Path.GetRelativePath(folder, paths[i]).Replace('\\', '/'), File.ReadAllText(paths[i])));
        return documents;
    }
}
