using Bitrix24.Gen.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Bitrix24.Gen.Generator.Tests;

/// <summary>Projects that reference the areas compiled, as the package Bitrix24.Client has them.</summary>
public class PrecompiledTests
{
    private static readonly TestFile[] SpecSets = [.. PackagedFiles.Of("bitrix24").Where(static f =>
        Path.GetFileName(f.Path) is "api.b24.json" || Path.GetFileName(f.Path).StartsWith("biconnector.", StringComparison.Ordinal) || Path.GetFileName(f.Path).StartsWith("department.", StringComparison.Ordinal))];

    private static readonly Lazy<MetadataReference> Library = new(static () =>
        GeneratorHarness.Run(
            GeneratorHarness.CreateCompilation(["using Bitrix24; namespace Bitrix24; [Bitrix24Client(\"*\")] public sealed partial class Bitrix24Portal;"], "Bitrix24.Client"),
            SpecSets).AssertCompiles().Output().ToMetadataReference());

    private const string Code =
        """
        using Bitrix24;
        using Bitrix24.BiConnector;
        using System.Threading.Tasks;

        [Bitrix24Client("biconnector.dataset", "department")]
        internal partial class Portal;

        internal static class Program
        {
            internal static async Task RunAsync(Portal portal)
            {
                var added = await portal.BiConnector.Dataset.AddAsync(new()
                {
                    SourceId = 3, Name = "sales_2026", ExternalName = "Sales", ExternalCode = "sales",
                    Fields = [new() { Type = DatasetFieldType.Int, Name = "ID", ExternalCode = "ID" }],
                });
                Dataset dataset = (await portal.BiConnector.Dataset.GetAsync(added.Id));
                await portal.Department.AddAsync(name: "Sales", parent: 1);
            }
        }
        """;

    [Fact]
    public void Only_the_client_is_generated_and_the_code_is_the_same()
    {
        GeneratorHarness.Run(Code, SpecSets).AssertCompiles();

        var project = GeneratorHarness.RunPrecompiled(GeneratorHarness.CreateCompilation([Code], "App", Library.Value), SpecSets).AssertCompiles();
        Assert.Equal("Portal.g.cs", Assert.Single(project.Sources).Key);
    }

    [Fact]
    public void An_area_that_the_project_changes_is_generated_and_lives_beside_the_others()
    {
        var own = new TestFile("/project/biconnector.dataset.b24.json", """{ "api": "bitrix24", "types": { "Dataset": { "fields": { "ufOwner": { "type": "string" } } } } }""", packaged: false);
        var code = Code.Replace("Dataset dataset =", "string? owner = (await portal.BiConnector.Dataset.GetAsync(added.Id)).UfOwner; Dataset dataset =", StringComparison.Ordinal);
        var project = GeneratorHarness.RunPrecompiled(
            GeneratorHarness.CreateCompilation([code], "App", Library.Value).WithOptions(
                GeneratorHarness.CreateCompilation([]).Options.WithSpecificDiagnosticOptions([new("CS0436", ReportDiagnostic.Suppress), new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)])),
            [.. SpecSets, own]).AssertCompiles();

        Assert.Contains(project.Sources.Keys, static n => n.StartsWith("Bitrix24.BiConnector", StringComparison.Ordinal));
        Assert.DoesNotContain(project.Sources.Keys, static n => n.StartsWith("Bitrix24.Department", StringComparison.Ordinal));
    }

    [Fact]
    public void Types_in_a_namespace_of_the_users_choice_are_generated()
    {
        var code = Code.Replace("\"department\")", "\"department\", Namespace = \"Acme\")", StringComparison.Ordinal).Replace("using Bitrix24.BiConnector;", "using Acme.BiConnector;", StringComparison.Ordinal);
        var project = GeneratorHarness.RunPrecompiled(GeneratorHarness.CreateCompilation([code], "App", Library.Value), SpecSets).AssertCompiles();
        Assert.Contains(project.Sources.Keys, static n => n.StartsWith("Acme.BiConnector", StringComparison.Ordinal));
    }
}
