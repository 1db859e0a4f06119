using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Bitrix24.Gen.PackageCheck;

/// <summary>The files in a package.</summary>
internal static partial class ContentChecks
{
    private const string AnalyzerFolder = "analyzers/dotnet/cs/";

    public static void Check(PackageFile package, ExpectedPackage expected, Findings findings)
    {
        void Expect(bool holds, string fault) => findings.Expect(holds, package.Id, fault);

        var assemblies = package.Files.Where(static f => f.StartsWith("lib/", StringComparison.Ordinal) && f.EndsWith(".dll", StringComparison.Ordinal)).Order().ToList();
        if (expected.Kind == PackageKind.Library)
        {
            var wanted = expected.Frameworks.SelectMany(f => expected.Assemblies.Select(a => expected.AssemblyFolder(f) + a + ".dll")).Order().ToList();
            Expect(assemblies.SequenceEqual(wanted), $"lib/ holds {string.Join(", ", assemblies)}, not {string.Join(", ", wanted)}");
        }

        foreach (var path in expected.Frameworks.SelectMany(f => expected.Assemblies.Select(a => expected.AssemblyFolder(f) + a)))
        {
            if (findings.Expect(package.Files.Contains(path + ".dll"), package.Id, $"{path}.dll is missing"))
                Assembly(package, path + ".dll", findings);
            if (expected.Kind == PackageKind.Library)
                Documentation(package, path + ".xml", findings);
        }

        var analyzers = package.Files.Where(static f => f.StartsWith("analyzers/", StringComparison.Ordinal)).Order().ToList();
        var expectedAnalyzers = package.Id == "Bitrix24.Gen" ? ExpectedPackage.Analyzers.Select(static a => AnalyzerFolder + a).ToList() : [];
        Expect(analyzers.SequenceEqual(expectedAnalyzers), $"analyzers/ holds {string.Join(", ", analyzers)}");
        foreach (var analyzer in analyzers)
        {
            Assembly(package, analyzer, findings);
            Loadable(package, analyzer, findings);
        }

        switch (package.Id)
        {
            case "Bitrix24.Gen":
                foreach (var build in new[] { "build", "buildTransitive" })
                    Expect(new[] { "Bitrix24.Gen.props", "Bitrix24.Gen.targets", "Bitrix24GenerateOnlyUsed.marker", "Bitrix24GenerateOnlyUsed.internal.marker" }.All(f => package.Files.Contains($"{build}/{f}")), $"build files are missing in {build}");
                foreach (var schema in new[] { "specs/b24.schema.json", "specs/b24.state.schema.json" })
                    Expect(package.Files.Contains(schema), $"{schema} is missing");
                foreach (var profile in new[] { "bitrix24", "bitrix24-v3", "vibecode", "amocrm" })
                    Expect(package.Files.Any(f => f.StartsWith($"specs/{profile}/", StringComparison.Ordinal) && f.EndsWith(".b24.json", StringComparison.Ordinal)), $"no specs of {profile}");
                break;
            case "Bitrix24.Client":
                foreach (var build in new[] { "build", "buildTransitive" })
                    Expect(package.Files.Contains($"{build}/Bitrix24.Client.props"), $"no build files in {build}");
                break;
        }

        if (package.Read("README.md") is { } readme)
        {
            foreach (Match link in RelativeLink().Matches(Encoding.UTF8.GetString(readme)))
                Expect(false, $"README.md links to {link.Groups[1].Value}, which is not in the package's page");
        }

        if (expected.Kind == PackageKind.Tool)
            Command(package, expected, findings);
        if (expected.Kind == PackageKind.Templates)
            Templates(package, findings);
    }

    /// <summary>One version, no trace of the machine that built it.</summary>
    private static void Assembly(PackageFile package, string file, Findings findings)
    {
        using var pe = new PEReader(new MemoryStream(package.Read(file)!));
        var reader = pe.GetMetadataReader();
        var version = reader.GetAssemblyDefinition().Version;
        findings.Expect(version.ToString(3) == package.Version.Split('-')[0], package.Id, $"{file} has version {version}");
        var entries = pe.ReadDebugDirectory();
        findings.Expect(entries.Any(static e => e.Type == DebugDirectoryEntryType.Reproducible), package.Id, $"{file} is not built deterministically");
        var symbols = entries.Where(static e => e.Type == DebugDirectoryEntryType.CodeView).Select(e => pe.ReadCodeViewDebugDirectoryData(e).Path).ToList();
        findings.Expect(symbols.TrueForAll(static p => p.StartsWith("/_/", StringComparison.Ordinal) || !p.Contains('/') && !p.Contains('\\')), package.Id, $"{file} names a folder of the machine that built it: {string.Join(", ", symbols)}");
    }

    /// <summary>An analyzer asks for nothing but the compiler and assemblies beside it.</summary>
    private static void Loadable(PackageFile package, string file, Findings findings)
    {
        using var pe = new PEReader(new MemoryStream(package.Read(file)!));
        var reader = pe.GetMetadataReader();
        var references = reader.AssemblyReferences.Select(reader.GetAssemblyReference).Select(r => (Name: reader.GetString(r.Name), r.Version)).ToList();
        findings.Expect(references.Exists(static r => r.Name == "netstandard"), package.Id, $"{file} is not for netstandard2.0");
        foreach (var (name, version) in references)
        {
            var known = name is "netstandard" || name.StartsWith("Bitrix24.Gen.", StringComparison.Ordinal) || name.StartsWith("System.", StringComparison.Ordinal)
                || (name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) && version <= new Version(4, 8, 0, 0))
                || (file.EndsWith("CodeFixes.dll", StringComparison.Ordinal) && name == "Microsoft.CodeAnalysis.Features");
            findings.Expect(known, package.Id, $"{file} needs {name} {version}, which the compiler of the .NET 8 SDK does not have");
        }
    }

    private static void Documentation(PackageFile package, string file, Findings findings)
    {
        // Specs come along with the emulator; nobody writes code against them.
        if (file.EndsWith("/Bitrix24.Gen.Specs.xml", StringComparison.Ordinal))
            return;
        if (findings.Expect(package.Read(file) is not null, package.Id, $"{file} is missing"))
        {
            var members = XDocument.Load(new MemoryStream(package.Read(file)!)).Descendants("member").Count();
            findings.Expect(members > 10, package.Id, $"{file} documents {members} members");
        }
    }

    private static void Command(PackageFile package, ExpectedPackage expected, Findings findings)
    {
        var settings = package.Read(expected.AssemblyFolder(expected.Frameworks[0]) + "DotnetToolSettings.xml");
        var command = settings is null ? null : XDocument.Load(new MemoryStream(settings)).Descendants("Command").Single();
        findings.Expect(command?.Attribute("Name")?.Value == package.Id && command.Attribute("EntryPoint")?.Value == package.Id + ".dll", package.Id, $"the command is not {package.Id}: {command}");
    }

    private static void Templates(PackageFile package, Findings findings)
    {
        var templates = package.Files.Where(static f => f.EndsWith("/.template.config/template.json", StringComparison.Ordinal)).ToList();
        findings.Expect(templates.Count >= 3, package.Id, $"holds {templates.Count} templates");
        foreach (var file in templates)
        {
            using var template = JsonDocument.Parse(package.Read(file)!);
            findings.Expect(file.Contains($"/{template.RootElement.GetProperty("shortName").GetString()}/", StringComparison.Ordinal), package.Id, $"{file} has another short name than its folder");
        }

        foreach (var file in package.Files.Where(static f => f.EndsWith(".csproj", StringComparison.Ordinal)))
        {
            var references = XDocument.Load(new MemoryStream(package.Read(file)!)).Descendants("PackageReference")
                .Where(static r => r.Attribute("Include")!.Value.StartsWith("Bitrix24.", StringComparison.Ordinal)).ToList();
            findings.Expect(references.Count > 0 && references.TrueForAll(r => r.Attribute("Version")?.Value == package.Version), package.Id, $"{file} does not reference the packages of this version");
        }
    }

    [GeneratedRegex("\\]\\((?!https?://|#)([^)]*)\\)", RegexOptions.None, 1000)]
    private static partial Regex RelativeLink();
}
