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
    [InlineData("Bitrix24.BiConnector.biconnector.connector.g.cs")]
    [InlineData("Bitrix24.BiConnector.biconnector.dataset.g.cs")]
    [InlineData("Bitrix24.BiConnector.biconnector.dataset.fields.g.cs")]
    [InlineData("Bitrix24.BiConnector.biconnector.source.g.cs")]
    [InlineData("Bitrix24.BiConnector.g.cs")]
    [InlineData("Bitrix24.Bitrix24ApiRules.g.cs")]
    [InlineData("Bitrix24.Landing.landing.landing.g.cs")]
    [InlineData("Bitrix24.Landing.landing.repowidget.g.cs")]
    [InlineData("Bitrix24.Landing.g.cs")]
    [InlineData("Portal.g.cs")]
    public void Output_IsAsCommitted(string hintName) => Snapshot.Match(hintName, Sources.Value[hintName]);

    [Fact]
    public void Outputs_AreThoseOfTheSelection() => Assert.Equal(
        [
            "Bitrix24.BiConnector.biconnector.connector.g.cs", "Bitrix24.BiConnector.biconnector.dataset.fields.g.cs", "Bitrix24.BiConnector.biconnector.dataset.g.cs",
            "Bitrix24.BiConnector.biconnector.source.g.cs", "Bitrix24.BiConnector.g.cs", "Bitrix24.Bitrix24ApiRules.g.cs", "Bitrix24.Landing.g.cs", "Bitrix24.Landing.landing.landing.g.cs", "Bitrix24.Landing.landing.repowidget.g.cs", "Portal.g.cs",
        ],
        Sources.Value.Keys.Order(StringComparer.Ordinal));
}
