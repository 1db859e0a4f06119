using Bitrix24.Gen.Generator.Tests.Harness;

namespace Bitrix24.Gen.Generator.Tests;

public class CompileTests
{
    [Fact]
    public void AllSpecs_CompileWithoutWarning()
    {
        var areas = Repository.Specs()
            .Select(static f => Path.GetFileName(f.Path).Split('.')[0])
            .Where(static a => a != "api")
            .Distinct();
        var harness = GeneratorHarness.Run(
            $$"""
            namespace My.App;
            /// <summary>All there is.</summary>
            [Bitrix24.Bitrix24Client({{string.Join(", ", areas.Select(static a => $"\"{a}\""))}})]
            public partial class Portal;
            """,
            Repository.Specs());
        harness.AssertCompiles();
    }
}
