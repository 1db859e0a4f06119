using Bitrix24.Gen.Generator.Tests.Harness;

namespace Bitrix24.Gen.Generator.Tests;

/// <summary><c>Interfaces = true</c>: an interface for the client and for each of its areas and groups, in files of their own.</summary>
public class InterfaceTests
{
    [Theory]
    [InlineData("\"biconnector\"")]
    [InlineData("\"biconnector\", \"crm.deal\", \"v3/tasks\"")]
    public void Interfaces_compile_with_the_classes_that_implement_them(string selectors)
    {
        var output = GeneratorHarness.Run(
            $$"""
            using Bitrix24;

            [Bitrix24Client({{selectors}}, Interfaces = true)]
            internal partial class Portal;

            internal static class Use
            {
                public static IPortal Of(Bitrix24Credentials credentials) => new Portal(credentials);

                public static object Area(IPortal portal) => portal.BiConnector.Dataset;
            }
            """,
            [.. PackagedFiles.Of("bitrix24"), .. PackagedFiles.Of("bitrix24-v3")]);

        output.AssertCompiles();
        Assert.Contains(output.Sources.Keys, static k => k.Contains("Portal.Interfaces", StringComparison.Ordinal));
        Assert.Contains("interface IBiConnectorArea", string.Concat(output.Sources.Where(static s => s.Key.EndsWith("Interfaces.g.cs", StringComparison.Ordinal)).Select(static s => s.Value)), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_option_nothing_of_it_is_emitted()
    {
        var output = GeneratorHarness.Run("using Bitrix24; [Bitrix24Client(\"biconnector\")] internal partial class Portal;", PackagedFiles.Of("bitrix24"));
        Assert.DoesNotContain(output.Sources, static s => s.Value.Contains(" interface ", StringComparison.Ordinal));
    }
}
