using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Pull;

/// <summary>The folder of pulled specs: one file for each spec file that the portal adds to.</summary>
internal static class PullFolder
{
    /// <summary>The comment by which a file is known to be written by this command.</summary>
    public const string Mark = "Written by b24-spec pull. Pull again instead of editing; put corrections into a file of your own beside it.";

    /// <summary>The documents of the files, by their path within the folder.</summary>
    public static SortedDictionary<string, SpecDocument> Documents(string folder, IEnumerable<SpecFile> files)
    {
        var documents = new SortedDictionary<string, SpecDocument>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var name = file.Name + SpecFileName.Extension;
            var path = Path.Combine(folder, file.Api == SpecSet.DefaultApi ? name : Path.Combine(file.Api, name));
            documents.Add(path, SpecReader.Read(path, Text(file), user: true));
        }

        return documents;
    }

    /// <summary>The files of an earlier pull.</summary>
    public static IReadOnlyList<SpecDocument> Earlier(string folder)
    {
        if (!Directory.Exists(folder))
            return [];
        return [.. Directory.EnumerateFiles(folder, "*" + SpecFileName.Extension, SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(static f => (Path: f, Text: File.ReadAllText(f)))
            .Where(static f => IsPulled(f.Text))
            .Select(static f => SpecReader.Read(f.Path, f.Text, user: true))];
    }

    /// <summary>Puts the files of an earlier pull that nothing can be said of in the place of new ones.</summary>
    public static void Keep(SortedDictionary<string, SpecDocument> documents, IReadOnlyList<SpecDocument> earlier, UnreadFiles unread)
    {
        foreach (var old in earlier.Where(o => o.File is { } file && unread.Contains(file.Api, file.Name)))
            documents[old.Path] = old;
    }

    /// <summary>Writes the files, and takes away those of an earlier pull that the portal has nothing for any more.</summary>
    /// <exception cref="Commands.CommandFailure">A file of that name is not of a pull.</exception>
    public static void Write(IReadOnlyDictionary<string, SpecDocument> documents, IReadOnlyList<SpecDocument> earlier)
    {
        if (documents.Keys.FirstOrDefault(static p => File.Exists(p) && !IsPulled(File.ReadAllText(p))) is { } foreign)
            throw new Commands.CommandFailure($"{foreign}: not written by a pull, and so not replaced. Move it to another folder of the project (both are merged), or name another folder.");
        foreach (var (path, document) in documents)
        {
            if (File.Exists(path) && File.ReadAllText(path) == document.Text)
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            // Whoever interrupts this finds the file as it was, or as it will be.
            var draft = path + ".draft";
            File.WriteAllText(draft, document.Text);
            File.Move(draft, path, overwrite: true);
        }

        foreach (var old in earlier.Where(o => !documents.ContainsKey(o.Path)))
            File.Delete(old.Path);
    }

    private static bool IsPulled(string text) => text.Contains(Mark, StringComparison.Ordinal);

    private static string Text(SpecFile file)
    {
        var root = (JsonObject)JsonReader.Read(SpecWriter.Write(file, schema: null)).Root!;
        return JsonFormatter.Format(new JsonObject(default, [new JsonProperty("comment", default, new JsonString(default, Mark)), .. root.Properties]));
    }
}
