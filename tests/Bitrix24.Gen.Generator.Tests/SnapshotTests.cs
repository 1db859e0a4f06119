using Bitrix24.Gen.Generator.Tests.Harness;
using Microsoft.CodeAnalysis.Testing;

namespace Bitrix24.Gen.Generator.Tests;

public class SnapshotTests
{
    private const string Client = """
        using Bitrix24;
        [Bitrix24Client("biconnector", "landing.repowidget", "landing.landing.favoriteBlock")]
        public partial class Portal;
        """;

    /// <summary><c>B24_ACCEPT_SNAPSHOTS=1</c> writes what is generated; review it before you commit it.</summary>
    [Fact]
    public Task Output_IsAsCommitted()
    {
        if (Environment.GetEnvironmentVariable("B24_ACCEPT_SNAPSHOTS") == "1")
            Snapshot.Accept(GeneratorHarness.Run(Client, PackagedFiles.Of()).Sources);
        var test = new GeneratorTest(Client, PackagedFiles.Of());
        // Specs are text of the documentation: nothing in them is a mark.
        test.TestState.MarkupHandling = MarkupMode.None;
        foreach (var (hintName, text) in Snapshot.Read())
            test.Expect(hintName, text);
        return test.RunAsync();
    }
}
