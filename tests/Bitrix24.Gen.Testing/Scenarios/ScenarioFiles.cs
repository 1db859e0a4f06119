using System.Text.Json.Nodes;
using Xunit;

namespace Bitrix24.Gen.Testing;

/// <summary>Files of scenarios, each a list of objects with a name (<c>scenario</c>) and <c>steps</c>.</summary>
/// <param name="project">The folder of the test project that has them under <c>Scenarios</c>.</param>
public sealed class ScenarioFiles(string project)
{
    private const int FewestSteps = 10;

    private readonly string _folder = RepositoryRoot.PathTo("tests", project, "Scenarios");

    /// <summary>File and name of each.</summary>
    public TheoryData<string, string> Names
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var (file, scenario) in All)
                all.Add(file, NameOf(scenario));
            return all;
        }
    }

    /// <summary>Each with its file, in the order of the files.</summary>
    public IEnumerable<(string File, JsonObject Scenario)> All => Directory.EnumerateFiles(_folder, "*.json").Order(StringComparer.Ordinal)
        .Select(static path => Path.GetFileNameWithoutExtension(path)).SelectMany(file => Read(file).Select(s => (file, s)));

    /// <summary>One of them and its steps, of which there must be enough.</summary>
    public (JsonObject Scenario, JsonArray Steps) Find(string file, string name)
    {
        var scenario = Read(file).Single(s => NameOf(s) == name);
        var steps = scenario["steps"]!.AsArray();
        Assert.True(steps.Count >= FewestSteps, $"\"{name}\" has {steps.Count} steps.");
        return (scenario, steps);
    }

    private IEnumerable<JsonObject> Read(string file) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, file + ".json")))!.AsArray().Select(static s => s!.AsObject());

    private static string NameOf(JsonObject scenario) => scenario["scenario"]!.GetValue<string>();
}
