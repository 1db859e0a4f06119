using Bitrix24.Gen.Emulator.State;

namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>Each key that state files may have is in the schema and explained in docs/spec-format.md, and no other.</summary>
public class StateKeyTests
{
    private static readonly JsonObject Schema = (JsonObject)JsonNode.Parse(File.ReadAllText(RepositoryRoot.PathTo("specs", "b24.state.schema.json")))!;

    public static TheoryData<string> Owners => [.. StateKeys.All.Keys];

    [Theory]
    [MemberData(nameof(Owners))]
    public void TheSchema_HasTheKeysThatAreRead(string owner)
    {
        var definition = owner == "file" ? Schema : (JsonObject)Schema["$defs"]![owner]!;
        Assert.False((bool)definition["additionalProperties"]!);
        Assert.Equal(
            StateKeys.All[owner].Order(StringComparer.Ordinal),
            ((JsonObject)definition["properties"]!).Select(static p => p.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Owners))]
    public void ThePage_ExplainsTheKeysThatAreRead(string owner)
    {
        var page = File.ReadAllText(RepositoryRoot.PathTo("docs", "spec-format.md"));
        var state = page[page.IndexOf("\n## State\n", StringComparison.Ordinal)..page.IndexOf("\n## Patterns\n", StringComparison.Ordinal)];
        Assert.All(StateKeys.All[owner], key => Assert.True(
            state.Contains($"`{key}`", StringComparison.Ordinal) || state.Contains($"\"{key}\"", StringComparison.Ordinal), key));
    }
}
