using Bitrix24.Gen.Generator.Tests.Harness;

namespace Bitrix24.Gen.Generator.Tests;

public class SnapshotTests
{
    private const string Client = """
        using Bitrix24;
        [Bitrix24Client("biconnector", "landing.repowidget", "landing.landing.favoriteBlock")]
        public partial class Portal;
        """;

    private static readonly Lazy<IReadOnlyDictionary<string, string>> Sources =
        new(static () => GeneratorHarness.Run(Client, Repository.Specs()).Sources);

    [Theory]
    [InlineData("BiConnector.biconnector.connector.g.cs")]
    [InlineData("BiConnector.biconnector.dataset.g.cs")]
    [InlineData("BiConnector.biconnector.dataset.fields.g.cs")]
    [InlineData("BiConnector.biconnector.source.g.cs")]
    [InlineData("BiConnector.g.cs")]
    [InlineData("Bitrix24ApiRules.g.cs")]
    [InlineData("Landing.landing.landing.g.cs")]
    [InlineData("Landing.landing.repowidget.g.cs")]
    [InlineData("Landing.g.cs")]
    [InlineData("Portal.g.cs")]
    public void Output_IsAsCommitted(string hintName) => Snapshot.Match(hintName, Sources.Value[hintName]);

    [Fact]
    public void Outputs_AreThoseOfTheSelection() => Assert.Equal(
        [
            "BiConnector.biconnector.connector.g.cs", "BiConnector.biconnector.dataset.fields.g.cs", "BiConnector.biconnector.dataset.g.cs",
            "BiConnector.biconnector.source.g.cs", "BiConnector.g.cs", "Bitrix24ApiRules.g.cs", "Landing.g.cs", "Landing.landing.landing.g.cs", "Landing.landing.repowidget.g.cs", "Portal.g.cs",
        ],
        Sources.Value.Keys.Order(StringComparer.Ordinal));
}
