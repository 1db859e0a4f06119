using System.Text.RegularExpressions;

namespace Bitrix24.Gen.Generator.Tests.Harness;

/// <summary>The generated code that is committed, without the version of the generator.</summary>
internal static partial class Snapshot
{
    private const string Extension = ".txt";

    private static readonly string Folder = RepositoryRoot.PathTo("tests", "Bitrix24.Gen.Generator.Tests", "Snapshots");

    /// <summary>The committed files by hint name, with the version of this build.</summary>
    public static IEnumerable<(string HintName, string Text)> Read()
    {
        var version = typeof(Bitrix24Generator).Assembly.GetName().Version!.ToString(3);
        return Directory.EnumerateFiles(Folder, "*" + Extension).Order(StringComparer.Ordinal).Select(file =>
            (Path.GetFileNameWithoutExtension(file), File.ReadAllText(file).Replace("\"Bitrix24.Gen\", \"VERSION\"", $"\"Bitrix24.Gen\", \"{version}\"", StringComparison.Ordinal)));
    }

    /// <summary>Writes what is generated and removes what is not any more.</summary>
    public static void Accept(IReadOnlyDictionary<string, string> sources)
    {
        foreach (var old in Directory.EnumerateFiles(Folder, "*" + Extension))
            File.Delete(old);
        foreach (var (hintName, text) in sources)
            File.WriteAllText(Path.Combine(Folder, hintName + Extension), ToolVersion().Replace(text, "\"Bitrix24.Gen\", \"VERSION\""));
    }

    [GeneratedRegex("\"Bitrix24\\.Gen\", \"[0-9.]+\"")]
    private static partial Regex ToolVersion();
}
