using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>The specs of the repository, as the emulator has them.</summary>
internal static class SpecSetOf
{
    public static SpecSet BuiltIn { get; } = Read();

    private static SpecSet Read()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "Bitrix24.Gen.sln")))
            root = root.Parent;
        return SpecSet.Create(Directory.EnumerateFiles(Path.Combine(root.FullName, "specs"), "*.b24.json", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => SpecReader.Read(path, File.ReadAllText(path))));
    }
}
