using System.Diagnostics;
using System.Globalization;
using Bitrix24.Gen.Testing;

namespace Bitrix24.Gen.Benchmarks.Build;

/// <summary>
/// What the packages cost in a user's build: fresh projects on packed packages, built after an edit, in turn. Only ratios of
/// one run count. Run as <c>dotnet run --project benchmarks -c Release -- build-cost [PACKAGES [ROUNDS]]</c>; without a folder
/// of packages it packs the repository first.
/// </summary>
internal static class BuildCost
{
    private const string TenAreas =
        """
        "crm.deal", "crm.contact", "crm.company", "crm.lead", "crm.item", "crm.activity", "tasks", "disk.folder", "disk.file", "catalog.product"
        """;

    // What a small integration calls: the rest of its areas is left out where only what is used is emitted.
    private const string NineMethods =
        """
        internal static class Work
        {
            public static async Task RunAsync(Portal portal)
            {
                await portal.Crm.Deal.GetAsync(1);
                await portal.Crm.Deal.AddAsync(fields: new() { Title = "Roof" });
                await portal.Crm.Deal.UpdateAsync(1, new() { Title = "Wall" });
                await foreach (var deal in portal.Crm.Deal.ListAsync(q => q.Where(d => d.Id > 5)))
                    Console.WriteLine(deal.Title);
                await portal.Crm.Contact.GetAsync(1);
                await portal.Crm.Company.GetAsync(1);
                await portal.Crm.Lead.GetAsync(1);
                await portal.Crm.Activity.GetAsync(1);
                await portal.Catalog.Product.GetAsync(1);
            }
        }
        """;

    private static readonly UserProject[] Projects =
    [
        new("none", null, null, null),
        new("one", "Bitrix24.Gen", "\"biconnector\"", null),
        new("ten", "Bitrix24.Gen", TenAreas, 2.0),
        new("ten-used", "Bitrix24.Gen", TenAreas, 2.0, NineMethods),
        new("all", "Bitrix24.Gen", "\"*\"", null),
        new("all-used", "Bitrix24.Gen", "\"*\"", null, NineMethods),
        new("client", "Bitrix24.Client", null, 1.15),
    ];

    /// <param name="packages">The folder of the packages; null: they are made of the repository.</param>
    /// <param name="rounds">How many builds of each project count.</param>
    public static int Run(string? packages, int rounds)
    {
        var root = Directory.CreateTempSubdirectory("b24-build-cost-").FullName;
        try
        {
            packages = packages is null ? Pack(Path.Combine(root, "packed")) : Path.GetFullPath(packages);
            var projects = Projects.Where(p => p.Package is null || Directory.EnumerateFiles(packages, p.Package + ".*.nupkg").Any()).ToList();
            foreach (var project in projects)
                project.Create(root, packages);
            foreach (var project in projects)
                project.Restore();
            var cold = Measure(projects, rounds, server: false);
            Print(projects, cold, Measure(projects, rounds, server: true));
            return 0;
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    // In turn, so that a drift of the machine's speed falls on all alike; the first round only warms up.
    private static Dictionary<string, double> Measure(List<UserProject> projects, int rounds, bool server)
    {
        var times = projects.ToDictionary(static p => p.Name, static _ => new List<double>());
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var project in projects)
            {
                project.Edit(round);
                var watch = Stopwatch.StartNew();
                project.Build(server);
                if (round > 0)
                    times[project.Name].Add(watch.Elapsed.TotalSeconds);
            }
        }

        return times.ToDictionary(static t => t.Key, static t => Median(t.Value));
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values.Count % 2 == 1 ? values[values.Count / 2] : (values[(values.Count / 2) - 1] + values[values.Count / 2]) / 2;
    }

    private static string Pack(string folder)
    {
        foreach (var project in (string[])["runtime", "client"])
            UserProject.Dotnet(RepositoryRoot.Folder, "pack", project, "-c", "Release", "-o", folder);
        return folder;
    }

    // As docs/performance.md has it.
    private static void Print(List<UserProject> projects, Dictionary<string, double> cold, Dictionary<string, double> warm)
    {
        Console.WriteLine("\n| project | compiler started for each build | ratio | goal | compiler server warm | ratio | emitted | assembly |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var project in projects)
        {
            var (coldRatio, warmRatio) = (cold[project.Name] / cold["none"], warm[project.Name] / warm["none"]);
            var goal = project.Goal is not { } most ? ""
                : string.Create(CultureInfo.InvariantCulture, $"{most:f2}{(coldRatio > most ? ", MISSED" : "")}");
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {project.Name} | {cold[project.Name]:f1} s | {coldRatio:f2} | {goal} "
                + $"| {warm[project.Name]:f1} s | {warmRatio:f2} | {project.EmittedBytes / 1024} KB | {project.AssemblyBytes / 1024} KB |"));
        }
    }
}
