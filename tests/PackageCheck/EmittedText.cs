using System.Collections.Immutable;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Bitrix24.Gen.PackageCheck;

/// <summary>What the packed generator emits in the compiler of the .NET 8 SDK, compared byte by byte with what another compiler made it emit.</summary>
internal static class EmittedText
{
    /// <summary>Compares.</summary>
    /// <param name="package">The folder of the unpacked package.</param>
    /// <param name="source">A C# file with client classes.</param>
    /// <param name="emitted">The folder of a build with <c>EmitCompilerGeneratedFiles</c>.</param>
    public static Findings Compare(string package, string source, string emitted)
    {
        var findings = new Findings();
        var own = Generate(package, source, findings);
        var others = Directory.GetFiles(emitted, "*.cs", SearchOption.AllDirectories)
            .Where(static f => f.Contains("Bitrix24.Gen.Generator", StringComparison.Ordinal))
            .ToDictionary(static f => Path.GetFileName(f), File.ReadAllBytes, StringComparer.Ordinal);
        findings.Expect(own.Count > 1, "emitted text", $"{own.Count} files");
        findings.Expect(own.Keys.Order().SequenceEqual(others.Keys.Order()), "emitted text",
            $"other files: {string.Join(", ", own.Keys.Except(others.Keys).Concat(others.Keys.Except(own.Keys)).Order())}");
        foreach (var (name, text) in own)
        {
            if (others.TryGetValue(name, out var other))
                findings.Expect(text.AsSpan().SequenceEqual(WithoutMark(other)), "emitted text", $"{name} differs");
        }

        Console.WriteLine($"{typeof(CSharpCompilation).Assembly.GetName().Version}: {own.Count} files, {own.Values.Sum(static t => t.Length)} bytes");
        return findings;
    }

    // The compiler marks what it writes as UTF-8.
    private static ReadOnlySpan<byte> WithoutMark(byte[] text) => text is [0xEF, 0xBB, 0xBF, ..] ? text.AsSpan(3) : text;

    private static Dictionary<string, byte[]> Generate(string package, string source, Findings findings)
    {
        var analyzers = Path.Combine(Path.GetFullPath(package), "analyzers/dotnet/cs");
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            Path.Combine(analyzers, name.Name + ".dll") is var file && File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
        var generators = AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.Combine(analyzers, "Bitrix24.Gen.Generator.dll")).GetTypes()
            .Where(static t => !t.IsAbstract && typeof(IIncrementalGenerator).IsAssignableFrom(t))
            .Select(static t => ((IIncrementalGenerator)Activator.CreateInstance(t)!).AsSourceGenerator());
        var parse = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp12);
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static f => Path.GetFileName(f).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(f) is "netstandard.dll")
            .Append(Path.Combine(package, "lib/net8.0/Bitrix24.Gen.Runtime.dll"))
            .Select(static f => MetadataReference.CreateFromFile(f));
        var compilation = CSharpCompilation.Create("Consumer", [CSharpSyntaxTree.ParseText(File.ReadAllText(source), parse)], references,
            new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        var specs = Directory.GetFiles(Path.Combine(package, "specs"), "*.b24.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(static f => (AdditionalText)new SpecFile(f)).ToImmutableArray();
        var driver = CSharpGeneratorDriver.Create(generators, specs, parse, new PackagedOptions()).RunGenerators(compilation);
        foreach (var result in driver.GetRunResult().Results)
        {
            findings.Expect(result.Exception is null, "emitted text", $"{result.Exception}");
            findings.Expect(result.Diagnostics.IsEmpty, "emitted text", string.Join("; ", result.Diagnostics));
        }

        return driver.GetRunResult().Results.SelectMany(static r => r.GeneratedSources)
            .ToDictionary(static s => s.HintName, static s => System.Text.Encoding.UTF8.GetBytes(s.SourceText.ToString()), StringComparer.Ordinal);
    }

    private sealed class SpecFile(string path) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(File.ReadAllText(path), System.Text.Encoding.UTF8);
    }

    /// <summary>What the package's build files say of its specs.</summary>
    private sealed class PackagedOptions : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options([]);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Options(new() { ["build_metadata.AdditionalFiles.Bitrix24Spec"] = "packaged" });

        private sealed class Options(Dictionary<string, string> values) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
        }
    }
}
