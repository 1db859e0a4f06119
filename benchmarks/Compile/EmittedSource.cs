using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Bitrix24.Gen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Bitrix24.Gen.Benchmarks.Compile;

/// <summary>How much is emitted for all scopes of Bitrix24, and what its compilation costs.</summary>
internal static partial class EmittedSource
{
    private const int Rounds = 3;
    private const int Goal = 2500;

    public static void Print()
    {
        var specs = RepositorySpecs.Bitrix24();
        var areas = specs.Select(static f => Path.GetFileName(f.Path).Split('.')[0]).Where(static a => a != "api").Distinct();
        var client = CSharpSyntaxTree.ParseText(
            $"[Bitrix24.Bitrix24Client({string.Join(", ", areas.Select(static a => $"\"{a}\""))})] public partial class Portal;");
        var compilation = CSharpCompilation.Create(
            "Sample", [client], RepositorySpecs.References, new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        var result = CSharpGeneratorDriver.Create(new Bitrix24Generator()).AddAdditionalTexts(specs).RunGenerators(compilation).GetRunResult();
        var texts = result.GeneratedTrees.Select(static t => t.GetText()).ToList();
        var bytes = texts.Sum(static t => (long)Encoding.UTF8.GetByteCount(t.ToString()));
        // A method stands on its request, and on the member that sends it: that is the indented one.
        var methods = texts.Sum(static t => MethodMark().Count(t.ToString()));

        var (parse, all) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        for (var i = 0; i < Rounds; i++)
        {
            var start = Cpu();
            var trees = texts.Select(static t => CSharpSyntaxTree.ParseText(t)).ToList();
            var parsed = Cpu();
            if (!compilation.AddSyntaxTrees(trees).Emit(Stream.Null).Success)
                throw new InvalidOperationException("What was emitted does not compile.");
            parse = Min(parse, parsed - start);
            all = Min(all, Cpu() - start);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"""

            Emitted source, all scopes: {methods} methods, {bytes} bytes, {bytes / methods} a method (goal: at most {Goal}{(bytes > Goal * methods ? ", MISSED" : "")})
            Its compilation, least processor time of {Rounds}: {all.TotalSeconds:f1} s, of which parsing {parse.TotalSeconds:f1} s
            """));
    }

    private static TimeSpan Cpu() => Process.GetCurrentProcess().TotalProcessorTime;

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    [GeneratedRegex("\\t\\[b24call\\(")]
    private static partial Regex MethodMark();
}
