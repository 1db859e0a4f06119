using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.RestV3.Tests;

/// <summary>The repository's specs of REST 3.0.</summary>
internal static class V3Specs
{
    public const string Api = "bitrix24-v3";

    public static SpecSet Set { get; } = Read();

    private static SpecSet Read()
    {
        var files = Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Folder, "specs", Api), "*.b24.json").Order(StringComparer.Ordinal);
        return SpecSet.Create(files.Select(path => SpecReader.Read(path, File.ReadAllText(path))));
    }
}
