using Microsoft.CodeAnalysis;

namespace Bitrix24.Gen.Docs.Tests;

/// <summary>The programs of the templates compile, and the analyzers have nothing to say about them.</summary>
public sealed class TemplateTests
{
    public static TheoryData<string> Templates => [.. Directory.EnumerateDirectories(RepositoryRoot.PathTo("templates"), "bitrix24-*").Select(static d => Path.GetFileName(d)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Templates))]
    public async Task Program_of_the_template_compiles_without_a_diagnostic(string template)
    {
        var files = Directory.GetFiles(RepositoryRoot.PathTo("templates", template), "*.cs");
        Assert.NotEmpty(files);
        var program = new PageProgram(files.Select(File.ReadAllText), template == "bitrix24-console" ? ProjectKind.Console : ProjectKind.Web, PackagedFiles.All, OutputKind.ConsoleApplication);

        Assert.Equal([], program.Errors());
        Assert.Equal([], await program.ReportedAsync());
    }
}
