using System.Text;
using System.Text.RegularExpressions;

namespace Bitrix24.Gen.PackageCheck;

/// <summary>What a package says of itself.</summary>
internal static partial class ManifestChecks
{
    public static void Check(PackageFile package, ExpectedPackage expected, Findings findings)
    {
        void Expect(bool holds, string fault) => findings.Expect(holds, package.Id, fault);

        Expect(SemVer().IsMatch(package.Version), $"version {package.Version} is not SemVer 2");
        Expect(package.Element("license") is { Value: "MIT" } license && license.Attribute("type")?.Value == "expression", "no licence expression");
        Expect(package.Read("LICENSE") is { Length: > 200 }, "no LICENSE");
        Expect(package.Value("authors") is { Length: > 0 }, "no authors");
        Expect(package.Value("description") is { Length: > 20 } text && text != "Package Description", "no description");
        Expect(package.Value("tags")?.Split(' ').Contains("bitrix24") == true, "no tags");
        Expect(Uri.TryCreate(package.Value("projectUrl"), UriKind.Absolute, out _), "no project address");

        var readme = package.Value("readme") is { } file ? package.Read(file) : null;
        Expect(readme is { Length: > 200 } && Encoding.UTF8.GetString(readme).TrimStart('\uFEFF').StartsWith("# ", StringComparison.Ordinal), "no README");
        Expect(package.Value("icon") is { } icon && package.Read(icon) is [0x89, 0x50, 0x4E, 0x47, ..], "no icon that is a PNG");

        var repository = package.Element("repository");
        Expect(repository?.Attribute("type")?.Value == "git"
            && Uri.TryCreate(repository.Attribute("url")?.Value, UriKind.Absolute, out _)
            && Commit().IsMatch(repository.Attribute("commit")?.Value ?? ""), $"no repository with address and commit: {repository}");

        var type = package.Element("packageTypes")?.Elements().Single().Attribute("name")?.Value;
        var wanted = expected.Kind switch { PackageKind.Tool => "DotnetTool", PackageKind.Templates => "Template", _ => null };
        Expect(type == wanted, $"its package type is {type ?? "none"}, not {wanted ?? "none"}");

        Dependencies(package, expected, findings);
    }

    private static void Dependencies(PackageFile package, ExpectedPackage expected, Findings findings)
    {
        var groups = package.Element("dependencies")?.Elements().ToList() ?? [];
        var given = groups.SelectMany(static g => g.Elements()).Select(static d => (Id: d.Attribute("id")!.Value, Version: d.Attribute("version")!.Value)).ToList();
        findings.Expect(given.Select(static d => d.Id).Distinct().Order().SequenceEqual(expected.Dependencies.Order()), package.Id,
            $"depends on {string.Join(", ", given.Select(static d => d.Id).Distinct().Order())}, not on {string.Join(", ", expected.Dependencies)}");
        if (expected.Kind == PackageKind.Library)
        {
            var frameworks = groups.Select(static g => g.Attribute("targetFramework")?.Value ?? "").Order().ToList();
            findings.Expect(frameworks.SequenceEqual(expected.Frameworks.Order()), package.Id, $"has dependencies for {string.Join(", ", frameworks)}");
        }

        foreach (var (id, version) in given.Where(static d => ExpectedPackage.All.Any(e => e.Id == d.Id)))
            findings.Expect(version == package.Version, package.Id, $"depends on {id} {version}, not on its own version {package.Version}");
    }

    [GeneratedRegex(@"^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$")]
    private static partial Regex SemVer();

    [GeneratedRegex("^[0-9a-f]{40}$")]
    private static partial Regex Commit();
}
