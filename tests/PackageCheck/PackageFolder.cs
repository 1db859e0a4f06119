namespace Bitrix24.Gen.PackageCheck;

/// <summary>The folder that `dotnet pack` wrote.</summary>
internal static class PackageFolder
{
    public static Findings Check(string folder)
    {
        var findings = new Findings();
        var files = Directory.GetFiles(folder, "*.nupkg");
        var packages = files.Select(static f => new PackageFile(f)).ToList();
        try
        {
            foreach (var unknown in packages.Where(static p => ExpectedPackage.All.All(e => e.Id != p.Id)))
                findings.Expect(false, unknown.Id, "is packed, but not listed in tests/PackageCheck/Expected.cs");
            findings.Expect(packages.Select(static p => p.Version).Distinct().Count() == 1, "all packages",
                $"have more than one version: {string.Join(", ", packages.Select(static p => $"{p.Id} {p.Version}"))}");
            foreach (var expected in ExpectedPackage.All)
            {
                var found = packages.Where(p => p.Id == expected.Id).ToList();
                if (findings.Expect(found.Count == 1, expected.Id, found.Count == 0 ? "is not packed" : "is packed more than once"))
                    Check(found[0], expected, findings);
            }
        }
        finally
        {
            packages.ForEach(static p => p.Dispose());
        }

        return findings;
    }

    private static void Check(PackageFile package, ExpectedPackage expected, Findings findings)
    {
        ManifestChecks.Check(package, expected, findings);
        ContentChecks.Check(package, expected, findings);
        if (expected.Kind != PackageKind.Templates)
        {
            BillOfMaterials.Check(package, expected, findings);
            SymbolChecks.Check(package, expected, findings);
        }
    }
}
