using Bitrix24.Gen.Generator.Tests.Harness;
using Microsoft.CodeAnalysis.Testing;

namespace Bitrix24.Gen.Generator.Tests;

public class CompileTests
{
    /// <summary>Nullable contexts and every warning are on; both versions of Bitrix24's API stand in one client.</summary>
    [Theory]
    [InlineData("bitrix24")]
    [InlineData("vibecode")]
    [InlineData("amocrm")]
    public void AllSpecsOfAnApi_CompileWithoutWarning(string api)
    {
        var all = EveryArea.Of(api);
        Assert.True(all.Problems.Count == 0, string.Join("\n", all.Problems.Take(20)));
        Assert.True(all.Compilation.SyntaxTrees.Length > 4);
    }

    [Theory]
    [InlineData("e.Id > 5 & e.Id.In(1, 2) & e.Id.Between(1, 2) & e.AuditTypeId == \"x\" & e.Not(e.Any(e.Id == 1, e.TimestampX > default(System.DateOnly)))")]
    [InlineData("e.Id.{|CS1061:NotIn|}(1)")]
    [InlineData("e.AuditTypeId.{|CS1061:Like|}(\"x\")")]
    [InlineData("e.AuditTypeId.{|CS1061:Contains|}(\"x\")")]
    [InlineData("{|CS0019:e.AuditTypeId > \"x\"|}")]
    [InlineData("e.{|CS1061:Description|} == \"x\"")]
    public Task OperatorThatTheVersionLacks_DoesNotCompile(string condition) => new GeneratorTest(
        $$"""
        using Bitrix24.V3.Main;
        namespace My.App;
        [Bitrix24.Bitrix24Client("v3/main")]
        internal partial class Portal
        {
            internal static Bitrix24.Filter Filter(EventLogFilter e) => {{condition}};
        }
        """,
        PackagedFiles.Of("bitrix24-v3").Where(static f => Path.GetFileName(f.Path) is var name && (name.StartsWith("api.", StringComparison.Ordinal) || name.StartsWith("main.", StringComparison.Ordinal))))
    {
        TestBehaviors = TestBehaviors.SkipGeneratedSourcesCheck,
    }.RunAsync();
}
