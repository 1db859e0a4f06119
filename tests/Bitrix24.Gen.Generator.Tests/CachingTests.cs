using System.Collections;
using System.Reflection;
using Bitrix24.Gen.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Steps = Bitrix24.Gen.Generator.Bitrix24Generator.Steps;

namespace Bitrix24.Gen.Generator.Tests;

public class CachingTests
{
    private const string Client = """
        namespace App;
        [Bitrix24.Bitrix24Client("biconnector", "landing.repowidget")]
        public partial class Portal;
        """;

    [Fact]
    public void SecondRun_ExecutesNothing()
    {
        var harness = GeneratorHarness.Run(Client, PackagedFiles.Of()).Run();
        AssertCached(harness, Steps.Clients, Steps.Specs, Steps.Plan, Steps.Outputs);
        Assert.Empty(Emitted(harness));
    }

    [Fact]
    public void UnrelatedEdit_ExecutesNoNodeOfOurs()
    {
        var harness = GeneratorHarness.Run(Client, PackagedFiles.Of())
            .EditSource(static c => c.AddSyntaxTrees(GeneratorHarness.Parse("class Other { int X => 1; }")));
        AssertCached(harness, Steps.Specs, Steps.Plan, Steps.Outputs);
        Assert.All(Reasons(harness, Steps.Clients), static r => Assert.NotEqual(IncrementalStepRunReason.Modified, r));
        Assert.Empty(Emitted(harness));
    }

    [Fact]
    public void EditBesideTheAttribute_EmitsNothing()
    {
        var harness = GeneratorHarness.Run(Client, PackagedFiles.Of()).EditSource(static c => c.ReplaceSyntaxTree(
            c.SyntaxTrees.Single(), GeneratorHarness.Parse("// moved down\n" + Client)));
        Assert.Empty(Emitted(harness));
    }

    [Fact]
    public void WhitespaceInASpec_ChangesNoOutput()
    {
        var specs = PackagedFiles.Of();
        var old = specs.Single(static s => s.Path.EndsWith("biconnector.dataset.b24.json", StringComparison.Ordinal));
        var harness = GeneratorHarness.Run(Client, specs)
            .ReplaceFile(old, new TestFile(old.Path, old.Text.Replace("\n", "\n  ", StringComparison.Ordinal)));
        Assert.Empty(Emitted(harness));
    }

    [Fact]
    public void EditOfOneSpec_EmitsItsOutputsOnly()
    {
        var specs = PackagedFiles.Of();
        var old = specs.Single(static s => s.Path.EndsWith("biconnector.dataset.b24.json", StringComparison.Ordinal));
        Assert.Contains("\"maxLength\": 230", old.Text, StringComparison.Ordinal);
        var harness = GeneratorHarness.Run(Client, specs)
            .ReplaceFile(old, new TestFile(old.Path, old.Text.Replace("\"maxLength\": 230", "\"maxLength\": 231", StringComparison.Ordinal)));
        Assert.Equal(["Bitrix24.BiConnector.biconnector.dataset.g.cs"], Emitted(harness));
    }

    [Fact]
    public void EditOfASpecThatIsNotSelected_EmitsNothingAndReadsNothing()
    {
        var other = new TestFile("/specs/bitrix24/landing.landing.b24.json", "{ \"api\": \"bitrix24\" }");
        var specs = PackagedFiles.Of().Where(s => s.Path != other.Path).Append(other).ToArray();
        var edited = new TestFile(other.Path, "{ \"api\": \"bitrix24\", \"scope\": \"landing\" }");
        var harness = GeneratorHarness.Run(Client, specs).ReplaceFile(other, edited);
        Assert.Empty(Emitted(harness));
        Assert.Equal(0, other.Reads + edited.Reads);
    }

    [Fact]
    public void OnlySelectedSpecsAndWhatTheyNeed_AreRead()
    {
        var specs = PackagedFiles.Of();
        GeneratorHarness.Run("[Bitrix24.Bitrix24Client(\"biconnector.dataset.get\")] partial class Portal;", specs);
        Assert.Equal(
            [
                "api.b24.json", "biconnector.connector.b24.json", "biconnector.connector.overlay.b24.json", "biconnector.dataset.b24.json",
                "biconnector.dataset.fields.b24.json", "biconnector.dataset.fields.overlay.b24.json", "biconnector.dataset.overlay.b24.json",
                "biconnector.source.b24.json", "biconnector.source.overlay.b24.json",
            ],
            specs.Where(static s => s.Reads > 0).Select(static s => Path.GetFileName(s.Path)));
    }

    [Fact]
    public void SameInput_GivesEqualModelsAndText()
    {
        var first = GeneratorHarness.Run(Client, PackagedFiles.Of());
        var second = GeneratorHarness.Run(Client, PackagedFiles.Of());
        var (left, right) = (Outputs(first).ToArray(), Outputs(second).ToArray());
        Assert.NotEmpty(left);
        Assert.Equal(left, right);
        Assert.Equal(left.Select(static m => m.GetHashCode()), right.Select(static m => m.GetHashCode()));
        Assert.Equal(first.Sources, second.Sources);
    }

    [Fact]
    public void Models_ReachNothingOfTheCompiler()
    {
        var harness = GeneratorHarness.Run(Client, PackagedFiles.Of());
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var model in Models(harness, Steps.Clients).Concat(Models(harness, Steps.Plan)).Concat(Outputs(harness)))
            Visit(model, seen);
        Assert.True(seen.Count > 1000);
    }

    private static void Visit(object? value, HashSet<object> seen)
    {
        if (value is null or string || value.GetType() is { IsPrimitive: true } or { IsEnum: true } || !seen.Add(value))
            return;
        Assert.False(
            value is ISymbol or SyntaxNode or SyntaxTree or SyntaxToken or SyntaxReference or Location or Compilation
                or SemanticModel or AdditionalText or SourceText or Diagnostic or Delegate,
            $"{value.GetType()} is reachable from a model");
        if (value is IEnumerable items)
        {
            foreach (var item in items)
                Visit(item, seen);
        }

        for (var type = value.GetType(); type is not null; type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                Visit(field.GetValue(value), seen);
        }
    }

    private static void AssertCached(GeneratorHarness harness, params string[] steps)
    {
        foreach (var step in steps)
            Assert.All(Reasons(harness, step), static r => Assert.True(r is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));
        Assert.All(
            harness.Result.TrackedOutputSteps.SelectMany(static s => s.Value).SelectMany(static s => s.Outputs),
            static o => Assert.Equal(IncrementalStepRunReason.Cached, o.Reason));
    }

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorHarness harness, string step) =>
        harness.Result.TrackedSteps[step].SelectMany(static s => s.Outputs).Select(static o => o.Reason);

    private static IEnumerable<object> Models(GeneratorHarness harness, string step) =>
        harness.Result.TrackedSteps[step].SelectMany(static s => s.Outputs).Select(static o => o.Value);

    private static IEnumerable<object> Outputs(GeneratorHarness harness) => Models(harness, Steps.Outputs);

    /// <summary>Hint names of the files that the last run wrote anew.</summary>
    private static IEnumerable<string> Emitted(GeneratorHarness harness) => harness.Result.TrackedOutputSteps
        .SelectMany(static s => s.Value)
        .SelectMany(static s => s.Outputs.Select(o => (Output: o, s.Inputs)))
        .Where(static s => s.Output.Reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged))
        .Select(static s => HintName(s.Inputs[0].Source.Outputs[s.Inputs[0].OutputIndex].Value));

    private static string HintName(object model) => (string)model.GetType().GetProperty("HintName")!.GetValue(model)!;
}
