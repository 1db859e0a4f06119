using System.Text;
using System.Text.Json.Nodes;
using Bitrix24.Gen.Analyzers.Tests.Forms;
using Bitrix24.Gen.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.Analyzers.Tests;

/// <summary>The fixtures, each written in every form that a raw call may take.</summary>
public class FixtureTests
{
    private static readonly HashSet<string> NamedAtTheMember = ["B24102", "B24104", "B24105", "B24116"];

    [Theory]
    [InlineData(CallForm.Anonymous)]
    [InlineData(CallForm.Dictionary)]
    [InlineData(CallForm.JsonObject)]
    [InlineData(CallForm.JsonLiteral)]
    public async Task A_documented_request_is_not_reported(CallForm form)
    {
        var calls = FixtureData.Requests.Select(r => (r.Method, r.Params)).ToList();

        var (_, found) = await AnalyseAsync(form, calls);

        Assert.All(calls.Zip(found), pair => Assert.True(pair.Second.Count == 0, $"{pair.First}: {string.Join("; ", pair.Second)}"));
    }

    [Theory]
    [InlineData(CallForm.Anonymous)]
    [InlineData(CallForm.Dictionary)]
    [InlineData(CallForm.JsonObject)]
    [InlineData(CallForm.JsonLiteral)]
    public async Task A_mistake_is_reported_where_it_stands(CallForm form)
    {
        var mutations = FixtureData.Mutations.ToList();

        var (writers, found) = await AnalyseAsync(form, mutations.Select(static m => (m.Method, m.Params)).ToList());

        var wrong = new StringBuilder();
        for (var i = 0; i < mutations.Count; i++)
        {
            var expected = mutations[i].Expected.Select(v => Show(v.Rule, SpanOf(v, mutations[i], writers[i]))).Order(StringComparer.Ordinal).ToList();
            var actual = found[i].Select(d => Show(d.Id, d.Location.SourceSpan)).Order(StringComparer.Ordinal).ToList();
            if (!expected.SequenceEqual(actual))
                wrong.AppendLine($"{mutations[i].Id}\n  {mutations[i].Params}\n  expected {string.Join(", ", expected)}\n  found {string.Join(", ", found[i])}");
        }

        Assert.True(wrong.Length == 0, wrong.ToString());
    }

    private static TextSpan SpanOf(ExpectedViolation expected, MutationFixture mutation, FormWriter writer)
    {
        if (expected.Rule == "B24103")
            return writer.Spans[Parent(expected.Path)].Head;
        var span = writer.Spans[expected.Path];
        var atName = NamedAtTheMember.Contains(expected.Rule)
            || (expected.Rule == "B24111" && !expected.Path.EndsWith(".logic", StringComparison.OrdinalIgnoreCase) && expected.Path.Contains('.'))
            || (expected.Rule == "B24113" && expected.Code != "ERROR_ARGUMENT" && !mutation.Id.Contains("direction", StringComparison.Ordinal));
        return atName ? span.Name : span.Value;
    }

    private static string Parent(string path)
    {
        var end = path.LastIndexOf('.');
        return end < 0 ? "" : path[..end];
    }

    private static string Show(string id, TextSpan span) => $"{id} {span}";

    /// <summary>Writes all calls into one source and answers what is reported for each; advice on usage is not part of it.</summary>
    internal static async Task<(List<FormWriter> Writers, List<List<Diagnostic>> Found)> AnalyseAsync(
        CallForm form, List<(string Method, string Params)> calls)
    {
        var source = new StringBuilder("static class Sample { static async Task RunAsync(Portal portal) {\n");
        var writers = new List<FormWriter>();
        var starts = new List<int>();
        foreach (var (method, parameters) in calls)
        {
            starts.Add(source.Length);
            source.Append("await portal.CallAsync(\"").Append(method).Append("\", ");
            var writer = new FormWriter(form, source.Length).Write(JsonNode.Parse(parameters));
            writers.Add(writer);
            source.Append(writer.Text).Append(");\n");
        }

        source.Append("} }");
        var compilation = Analysis.Compile([("Portal.cs", Sample.RawPortal), ("Sample.cs", source.ToString())]);
        Assert.Empty(compilation.GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error));
        var found = calls.Select(static _ => new List<Diagnostic>()).ToList();
        foreach (var diagnostic in await Analysis.RunAsync(compilation, SpecText.OfRepository))
        {
            if (string.CompareOrdinal(diagnostic.Id, "B24200") > 0)
                continue;
            var index = starts.FindLastIndex(s => s <= diagnostic.Location.SourceSpan.Start);
            found[index].Add(diagnostic);
        }

        return (writers, found);
    }
}
