using System.IO.Compression;
using System.Xml.Linq;

namespace Bitrix24.Gen.PackageCheck;

/// <summary>A package, opened.</summary>
internal sealed class PackageFile : IDisposable
{
    private readonly ZipArchive _archive;

    public PackageFile(string path)
    {
        Path = path;
        _archive = ZipFile.OpenRead(path);
        Files = [.. _archive.Entries.Select(static e => Uri.UnescapeDataString(e.FullName))];
        using var stream = _archive.Entries.Single(static e => !e.FullName.Contains('/') && e.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        Metadata = XDocument.Load(stream).Root!.Elements().Single(static e => e.Name.LocalName == "metadata");
    }

    public string Path { get; }

    /// <summary>Paths of all files in it, with <c>/</c>.</summary>
    public IReadOnlyList<string> Files { get; }

    public XElement Metadata { get; }

    public string Id => Value("id")!;

    public string Version => Value("version")!;

    /// <summary>The package of symbols beside it; null: there is none.</summary>
    public string? Symbols => System.IO.Path.ChangeExtension(Path, ".snupkg") is var path && File.Exists(path) ? path : null;

    public XElement? Element(string name) => Metadata.Elements().SingleOrDefault(e => e.Name.LocalName == name);

    public string? Value(string name) => Element(name)?.Value;

    public byte[]? Read(string file)
    {
        if (_archive.Entries.SingleOrDefault(e => Uri.UnescapeDataString(e.FullName) == file) is not { } entry)
            return null;
        using var stream = entry.Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    public void Dispose() => _archive.Dispose();
}
