using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>The specs of the repository, as the emulator has them.</summary>
internal static class SpecSetOf
{
    public static SpecSet BuiltIn { get; } = Read();

    private static SpecSet Read() =>
        SpecSet.Create(Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Folder, "specs"), "*.b24.json", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => SpecReader.Read(path, File.ReadAllText(path))));
}
