using Bitrix24.Gen.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Bitrix24.Gen.Analyzers.Tests;

/// <summary>Generated types beside compiled ones of the same names.</summary>
public class DuplicateTypeTests
{
    [Theory]
    [InlineData("await compiled.BiConnector.Source.AddAsync(new SourceCreate { Title = text });", "new SourceCreate { Title = text }")]
    [InlineData("await compiled.BiConnector.Source.AddAsync(fields: made);", "made")]
    [InlineData("Dataset read = await compiled.BiConnector.Dataset.GetAsync(id);", "await compiled.BiConnector.Dataset.GetAsync(id)")]
    [InlineData("IReadOnlyList<Dataset> list = new List<Dataset>(); Take(list); void Take(IReadOnlyList<Dataset> all) { }", null)]
    [InlineData("await compiled.BiConnector.Source.AddAsync(new() { Title = text, ConnectorId = id, Settings = new() { [\"token\"] = text } });", null)]
    [InlineData("await own.BiConnector.Source.AddAsync(made);", null)]
    [InlineData("Dataset read = await own.BiConnector.Dataset.GetAsync(id);", null)]
    public async Task A_type_of_one_assembly_where_that_of_another_is_wanted(string statement, string? reported)
    {
        var source = $$"""
            public static class Sample
            {
                public static async Task RunAsync(Portal own, Bitrix24Portal compiled, SourceCreate made, int id, string text)
                {
                    {{statement}}
                    await Task.CompletedTask;
                }
            }
            """;

        var compilation = Analysis.CompileBesideClient([("Sample.cs", source)]);
        var found = (await Analysis.RunAsync(compilation, SpecText.OfRepository)).Where(static d => d.Id == "B24024").ToList();

        Assert.Equal(reported is null, compilation.GetDiagnostics().All(static d => d.Severity != DiagnosticSeverity.Error));
        if (reported is null)
        {
            Assert.Empty(found);
            return;
        }

        var diagnostic = Assert.Single(found);
        Assert.Equal(reported, source.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
        Assert.Contains("Bitrix24.Client", diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("var request = new SourceCreate { Title = text };", "SourceCreate")]
    [InlineData("Dataset? read = null; _ = read;", "Dataset")]
    [InlineData("var list = new List<Bitrix24.BiConnector.Dataset>(); _ = list;", "Dataset")]
    [InlineData("await compiled.BiConnector.Source.DeleteAsync(text.Length);", null)]
    public async Task A_type_that_two_references_have(string statement, string? reported)
    {
        var source = $$"""
            public static class Sample
            {
                public static async Task RunAsync(Bitrix24Portal compiled, string text)
                {
                    {{statement}}
                    await Task.CompletedTask;
                }
            }
            """;

        var found = (await Analysis.RunAsync(Analysis.CompileBesideTwo([("Sample.cs", source)]), SpecText.OfRepository)).Where(static d => d.Id == "B24024").ToList();

        Assert.Equal(reported is null ? [] : [reported], found.Select(d => source.Substring(d.Location.SourceSpan.Start, d.Location.SourceSpan.Length)));
        Assert.All(found, static d => Assert.Contains("Bitrix24.Client", d.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
    }
}
