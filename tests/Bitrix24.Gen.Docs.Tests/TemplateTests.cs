using System.Text.Json;
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

    /// <summary><c>dotnet new</c> restores the project that it made, for the framework that was asked for, and <c>dotnet user-secrets</c> works in it.</summary>
    [Theory]
    [MemberData(nameof(Templates))]
    public void Settings_of_the_template_fit_its_project(string template)
    {
        var folder = RepositoryRoot.PathTo("templates", template);
        using var settings = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, ".template.config", "template.json")));
        var root = settings.RootElement;
        var output = Assert.Single(root.GetProperty("primaryOutputs").EnumerateArray()).GetProperty("path").GetString()!;
        Assert.Equal(root.GetProperty("sourceName").GetString() + ".csproj", output);
        var project = File.ReadAllText(Path.Combine(folder, output));
        var framework = root.GetProperty("symbols").GetProperty("Framework");
        Assert.Contains($"<TargetFramework>{framework.GetProperty("replaces").GetString()}<", project, StringComparison.Ordinal);
        Assert.Contains(framework.GetProperty("defaultValue").GetString(), framework.GetProperty("choices").EnumerateArray().Select(static c => c.GetProperty("choice").GetString()));
        if (File.ReadAllText(Path.Combine(folder, "README.md")).Contains("user-secrets", StringComparison.Ordinal))
            Assert.Contains($"-{Assert.Single(root.GetProperty("guids").EnumerateArray()).GetString()}</UserSecretsId>", project, StringComparison.Ordinal);
    }
}
