using System.Text.Json;

namespace Bitrix24.Gen.PackageCheck;

/// <summary>What a package is made of, as CycloneDX.</summary>
internal static class BillOfMaterials
{
    public static void Check(PackageFile package, ExpectedPackage expected, Findings findings)
    {
        var file = $"sbom/{package.Id}.cdx.json";
        if (!findings.Expect(package.Read(file) is not null, package.Id, $"{file} is missing"))
            return;
        using var document = JsonDocument.Parse(package.Read(file)!);
        var root = document.RootElement;
        findings.Expect(root.GetProperty("bomFormat").GetString() == "CycloneDX", package.Id, $"{file} is no CycloneDX");
        var component = root.GetProperty("metadata").GetProperty("component");
        findings.Expect(component.GetProperty("name").GetString() == package.Id && component.GetProperty("version").GetString() == package.Version,
            package.Id, $"{file} is of {component.GetProperty("name")} {component.GetProperty("version")}");
        var names = root.TryGetProperty("components", out var list) ? list.EnumerateArray().Select(static c => c.GetProperty("name").GetString()).ToHashSet() : [];
        foreach (var dependency in expected.Dependencies.Where(static d => ExpectedPackage.All.All(e => e.Id != d)))
            findings.Expect(names.Contains(dependency), package.Id, $"{file} does not list {dependency}");
    }
}
