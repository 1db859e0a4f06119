using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Validation.Tests;

/// <summary>The spec files of the repository, read once.</summary>
public static class PackagedSpecs
{
    public static string Root => RepositoryRoot.Folder;

    public static IReadOnlyList<SpecDocument> Documents { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(Root, "specs", "bitrix24"), "*.b24.json")
            .Order(StringComparer.Ordinal)
            .Select(path => SpecReader.Read(path, File.ReadAllText(path)))];

    public static SpecSet Set { get; } = SpecSet.Create(Documents);

    public static MethodSpec Method(string name) =>
        Set.FindMethod(name) ?? throw new ArgumentException($"No spec has the method {name}.", nameof(name));

    public static JsonNode Json(string text) =>
        JsonReader.Read(text) is { Root: { } root } ? root : throw new ArgumentException("Not JSON: " + text, nameof(text));
}
