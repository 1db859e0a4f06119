using System.Text.RegularExpressions;

namespace Bitrix24.Gen.Generator.Tests.Harness;

/// <summary>Compares generated code with what is committed. <c>B24_ACCEPT_SNAPSHOTS=1</c> writes what is new.</summary>
internal static partial class Snapshot
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Bitrix24.Gen.Generator.Tests", "Snapshots");

    public static void Match(string name, string actual)
    {
        var file = Path.Combine(Folder, name + ".txt");
        actual = ToolVersion().Replace(actual, "\"Bitrix24.Gen\", \"VERSION\"");
        if (Environment.GetEnvironmentVariable("B24_ACCEPT_SNAPSHOTS") == "1")
            File.WriteAllText(file, actual);
        Assert.True(File.Exists(file), $"{file} is missing; run with B24_ACCEPT_SNAPSHOTS=1 and review what it writes.");
        Assert.Equal(File.ReadAllText(file), actual);
    }

    [GeneratedRegex("\"Bitrix24\\.Gen\", \"[0-9.]+\"")]
    private static partial Regex ToolVersion();
}
