using Bitrix24.Gen.Tools;

namespace Bitrix24.Gen.Emulator;

/// <summary>Reads files that a user names: of bounded size, and no pipes or devices, which never end.</summary>
internal static class UserFiles
{
    private const int Largest = 64 << 20;

    /// <summary>The files of an extension below a folder, in ordinal order.</summary>
    /// <exception cref="InvalidDataException">One cannot be read.</exception>
    public static IEnumerable<(string Path, string Text)> ReadFolder(string folder, string extension) =>
        FolderFiles.Find(folder, extension, static (path, why) => throw Unreadable(path, why)).Select(static path => (path, Read(path)));

    /// <summary>The text of a file.</summary>
    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    public static string Read(string path)
    {
        try
        {
            using var reader = new StreamReader(new MemoryStream(FolderFiles.Read(path, Largest)));
            return reader.ReadToEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e.Message);
        }
    }

    private static InvalidDataException Unreadable(string path, string why) => new($"{PrintedLine.Of(path)}: {PrintedLine.Of(why)}");
}
