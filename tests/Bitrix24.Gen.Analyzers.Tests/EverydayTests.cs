using Bitrix24.Gen.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Bitrix24.Gen.Analyzers.Tests;

/// <summary>samples/Everyday: code as applications are made of, beside classes called User, TaskCard and Log, has no diagnostic.</summary>
public class EverydayTests
{
    [Fact]
    public async Task Everyday_code_compiles_without_a_diagnostic()
    {
        var folder = RepositoryRoot.PathTo("samples", "Everyday");
        var sources = Directory.EnumerateFiles(folder, "*.cs").Where(static f => Path.GetFileName(f) != "Program.cs")
            .Select(static f => (f, File.ReadAllText(f))).Prepend(("Usings.cs", "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;"));
        var specs = SpecText.All("bitrix24");
        var compilation = Analysis.Generate(Analysis.Compile(sources), specs);

        Assert.Empty(compilation.GetDiagnostics().Where(static d => d.Severity >= DiagnosticSeverity.Warning).Select(static d => d.ToString()));
        Assert.Empty((await Analysis.RunAsync(compilation, specs)).Where(static d => d.Severity >= DiagnosticSeverity.Warning).Select(static d => d.ToString()));
    }
}
