using System.Diagnostics;
using System.Globalization;

namespace Bitrix24.Gen.Benchmarks.Build;

/// <summary>
/// What the packages cost in a user's build: fresh projects on packed packages, built after an edit, in turn. Only ratios of
/// one run count. Run as <c>dotnet run --project benchmarks -c Release -- build-cost PACKAGES [ROUNDS]</c>.
/// </summary>
internal static class BuildCost
{
    private const string TenAreas =
        """
        "crm.deal", "crm.contact", "crm.company", "crm.lead", "crm.item", "crm.activity", "tasks", "disk.folder", "disk.file", "catalog.product"
        """;

    private static readonly UserProject[] s_projects =
    [
        new("none", null, null, 1),
        new("one", "Bitrix24.Gen", "\"biconnector\"", null),
        new("ten", "Bitrix24.Gen", TenAreas, 2.0),
        new("all", "Bitrix24.Gen", "\"*\"", null),
        new("client", "Bitrix24.Client", null, 1.15),
    ];

    public static int Run(string packages, int rounds)
    {
        packages = Path.GetFullPath(packages);
        var root = Directory.CreateTempSubdirectory("b24-build-cost-").FullName;
        try
        {
            var projects = s_projects.Where(p => p.Package is null || Directory.EnumerateFiles(packages, p.Package + ".*.nupkg").Any()).ToList();
            foreach (var project in projects)
                project.Create(root, packages);
            foreach (var project in projects)
                project.Restore();
            Print("compiler started for each build", projects, Measure(projects, rounds, server: false), goals: true);
            Print("compiler server warm", projects, Measure(projects, rounds, server: true), goals: false);
            foreach (var project in projects)
                Console.WriteLine($"{project.Name,-8} emitted {project.EmittedBytes / 1024,6} KB, assembly {project.AssemblyBytes / 1024,6} KB");
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

    private static void Print(string title, List<UserProject> projects, Dictionary<string, double> medians, bool goals)
    {
        Console.WriteLine($"\nBuild after an edit, {title} (median, ratio to none)");
        foreach (var project in projects)
        {
            var ratio = medians[project.Name] / medians["none"];
            var goal = goals && project.Goal is { } most && project.Package is not null
                ? string.Create(CultureInfo.InvariantCulture, $" (goal: at most {most:f2}{(ratio > most ? ", MISSED" : "")})")
                : "";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{project.Name,-8} {medians[project.Name],6:f2} s {ratio,6:f2}{goal}"));
        }
    }
}
