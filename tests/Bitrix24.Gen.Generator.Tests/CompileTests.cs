using Bitrix24.Gen.Generator.Tests.Harness;

namespace Bitrix24.Gen.Generator.Tests;

public class CompileTests
{
    [Theory]
    [InlineData("bitrix24", "")]
    [InlineData("bitrix24-v3", "v3/")]
    [InlineData("vibecode", "vibecode/")]
    [InlineData("amocrm", "amocrm/")]
    public void AllSpecsOfAnApi_CompileWithoutWarning(string api, string prefix)
    {
        var specs = Repository.Specs(api);
        var areas = specs
            .Select(static f => Path.GetFileName(f.Path).Split('.')[0])
            .Where(static a => a != "api")
            .Distinct()
            .Select(a => $"\"{prefix}{a}\"");
        var harness = GeneratorHarness.Run(
            $$"""
            namespace My.App;
            /// <summary>All there is.</summary>
            [Bitrix24.Bitrix24Client({{string.Join(", ", areas)}})]
            public partial class Portal;
            """,
            specs).AssertCompiles();
        Assert.True(harness.Sources.Count > 3);
    }
}
