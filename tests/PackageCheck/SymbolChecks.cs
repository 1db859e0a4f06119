using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;

namespace Bitrix24.Gen.PackageCheck;

/// <summary>A debugger finds the symbols of each assembly, and with them the sources.</summary>
internal static class SymbolChecks
{
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    public static void Check(PackageFile package, ExpectedPackage expected, Findings findings)
    {
        if (!findings.Expect(package.Symbols is not null, package.Id, "has no package of symbols"))
            return;
        using var archive = ZipFile.OpenRead(package.Symbols!);
        var commit = package.Element("repository")?.Attribute("commit")?.Value ?? "?";
        foreach (var path in expected.Frameworks.SelectMany(f => expected.Assemblies.Select(a => expected.AssemblyFolder(f) + a)))
        {
            if (package.Read(path + ".dll") is { } assembly)
                Check(package, path, assembly, archive, commit, findings);
        }
    }

    private static void Check(PackageFile package, string path, byte[] assembly, ZipArchive archive, string commit, Findings findings)
    {
        if (!findings.Expect(archive.GetEntry(path + ".pdb") is not null, package.Id, $"no symbols for {path}.dll"))
            return;
        using var stream = new MemoryStream();
        using (var entry = archive.GetEntry(path + ".pdb")!.Open())
            entry.CopyTo(stream);
        stream.Position = 0;
        using var provider = MetadataReaderProvider.FromPortablePdbStream(stream);
        var reader = provider.GetMetadataReader();

        using var pe = new PEReader(new MemoryStream(assembly));
        var id = pe.ReadDebugDirectory().Where(static e => e.Type == DebugDirectoryEntryType.CodeView).Select(e => (Guid?)pe.ReadCodeViewDebugDirectoryData(e).Guid).FirstOrDefault();
        findings.Expect(id == new BlobContentId(reader.DebugMetadataHeader!.Id).Guid, package.Id, $"the symbols of {path}.dll are of another build");

        var links = Links(reader);
        findings.Expect(links.Exists(l => l.Address.Contains(commit, StringComparison.Ordinal)), package.Id, $"{path}.dll has no SourceLink to commit {commit}");
        foreach (var handle in reader.Documents)
        {
            var name = reader.GetString(reader.GetDocument(handle).Name);
            var embedded = reader.GetCustomDebugInformation(handle).Any(h => reader.GetGuid(reader.GetCustomDebugInformation(h).Kind) == EmbeddedSource);
            findings.Expect(embedded || links.Exists(l => name.StartsWith(l.Prefix, StringComparison.Ordinal)), package.Id, $"{path}.dll: no source for {name}");
        }
    }

    private static List<(string Prefix, string Address)> Links(MetadataReader reader)
    {
        foreach (var handle in reader.GetCustomDebugInformation(EntityHandle.ModuleDefinition))
        {
            var information = reader.GetCustomDebugInformation(handle);
            if (reader.GetGuid(information.Kind) != SourceLink)
                continue;
            using var json = JsonDocument.Parse(reader.GetBlobBytes(information.Value));
            return [.. json.RootElement.GetProperty("documents").EnumerateObject().Select(static p => (p.Name.TrimEnd('*'), p.Value.GetString()!))];
        }

        return [];
    }
}
