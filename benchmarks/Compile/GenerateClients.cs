using BenchmarkDotNet.Attributes;
using Bitrix24.Gen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Bitrix24.Gen.Benchmarks.Compile;

/// <summary>What the generator costs with every Bitrix24 spec present and ten scopes selected.</summary>
public class GenerateClients
{
    private const string Client = """
        [Bitrix24.Bitrix24Client("crm", "catalog", "sale", "tasks", "disk", "im", "imbot", "user", "biconnector", "landing")]
        public partial class Portal;
        """;

    private readonly SyntaxTree[] _edits = [.. Enumerable.Range(0, 2).Select(static i => CSharpSyntaxTree.ParseText($"class Unrelated {{ int Value => {i}; }}"))];
    private CSharpCompilation _compilation = CSharpCompilation.Create("Sample");
    private string[] _emitted = [];
    private GeneratorDriver _ours = New(new Bitrix24Generator());
    private GeneratorDriver _floor = New(new MarkedClasses());
    private int _edit;

    [GlobalSetup]
    public void Setup()
    {
        _compilation = CSharpCompilation.Create("Sample", [CSharpSyntaxTree.ParseText(Client), _edits[0]], RepositorySpecs.References);
        _ours = _ours.RunGenerators(_compilation);
        _floor = _floor.RunGenerators(_compilation);
        _emitted = [.. _ours.GetRunResult().GeneratedTrees.Select(static t => t.ToString())];
    }

    /// <summary>An edit elsewhere in the C# code.</summary>
    [Benchmark]
    public GeneratorDriver Keystroke() => _ours = _ours.RunGenerators(Edited());

    /// <summary>The same edit with a generator that only looks for the attribute.</summary>
    [Benchmark(Baseline = true)]
    public GeneratorDriver KeystrokeFloor() => _floor = _floor.RunGenerators(Edited());

    /// <summary>Everything again; spec files that were read before are not read again.</summary>
    [Benchmark]
    public GeneratorDriver GenerateAll() => New(new Bitrix24Generator()).RunGenerators(_compilation);

    /// <summary>The compiler's own share of that: parsing what was emitted.</summary>
    [Benchmark]
    public int ParseEmitted() => _emitted.Sum(static t => CSharpSyntaxTree.ParseText(t).Length);

    private CSharpCompilation Edited()
    {
        var from = _edit;
        _edit = 1 - _edit;
        _compilation = _compilation.ReplaceSyntaxTree(_edits[from], _edits[_edit]);
        return _compilation;
    }

    private static GeneratorDriver New(IIncrementalGenerator generator) =>
        CSharpGeneratorDriver.Create(generator).AddAdditionalTexts(RepositorySpecs.Bitrix24());

#pragma warning disable RS1036, RS1038 // Not shipped: it stands for the least that a generator can do.
    [Generator]
    private sealed class MarkedClasses : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context) =>
            context.RegisterSourceOutput(
                context.SyntaxProvider.ForAttributeWithMetadataName(
                    "Bitrix24.Bitrix24ClientAttribute",
                    static (node, _) => node is ClassDeclarationSyntax,
                    static (found, _) => found.TargetSymbol.Name),
                static (_, _) => { });
    }
#pragma warning restore RS1036, RS1038
}
