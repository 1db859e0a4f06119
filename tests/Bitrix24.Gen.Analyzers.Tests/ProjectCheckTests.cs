using System.Diagnostics;
using Bitrix24.Gen.Analyzers.Tests.Harness;

namespace Bitrix24.Gen.Analyzers.Tests;

/// <summary>A project that cannot use the package says so once, before the compiler meets the generated code.</summary>
public class ProjectCheckTests
{
    [Theory]
    [InlineData("-p:UseSharedCompilation=false", "DOTNET_TieredPGO=0")]
    [InlineData("-p:UseSharedCompilation=true", "")]
    [InlineData("-p:UseSharedCompilation=false;CscEnvironment=A=1", "A=1")]
    public async Task A_compiler_started_for_one_build_starts_fast(string properties, string environment)
    {
        var (exitCode, output) = await RunAsync(["-getProperty:CscEnvironment", .. Properties(properties)]);
        Assert.Equal((0, environment), (exitCode, output.Trim()));
    }

    [Theory]
    [InlineData("-p:LangVersion=11", "Bitrix24.Gen needs C# 12 or later; this project sets LangVersion to 11.")]
    [InlineData("-p:TargetFramework=netstandard2.0;LangVersion=7.3", "Bitrix24.Gen needs .NET 8 or later; this project targets netstandard2.0.")]
    [InlineData("-p:TargetFramework=net10.0;LangVersion=latest;CompilerApiVersion=roslyn5.0", null)]
    public async Task A_project_that_lacks_something_gets_one_clear_error(string properties, string? error)
    {
        var (exitCode, output) = await RunAsync(["-t:Bitrix24VerifyProject", "-v:q", .. Properties(properties)]);

        var errors = output.Split('\n').Where(static l => l.Contains("error B24000", StringComparison.Ordinal)).ToList();
        Assert.Equal(error is null ? 0 : 1, errors.Count);
        Assert.Equal(error is null ? 0 : 1, exitCode);
        Assert.All(errors, e => Assert.Contains(error!, e, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("F#", "<PackageReference Include=\"Bitrix24.Gen\" />", "this project is F#")]
    [InlineData("VB", "<PackageReference Include=\"Bitrix24.Gen\" />", "this project is VB")]
    [InlineData("F#", "<PackageReference Include=\"Bitrix24.Client\" />", null)]
    [InlineData("C#", "<PackageReference Include=\"Bitrix24.Gen\" />", null)]
    public async Task A_project_in_a_language_without_generators_gets_one_clear_warning(string language, string reference, string? warning)
    {
        var (exitCode, output) = await RunAsync(["-t:Bitrix24VerifyProject", "-v:q", "-p:Language=" + language, "-p:LangVersion=" + (language == "C#" ? "12" : "9")], reference);

        var warnings = output.Split('\n').Where(static l => l.Contains("B24000", StringComparison.Ordinal)).Distinct().ToList();
        Assert.Equal((0, warning is null ? 0 : 1), (exitCode, warnings.Count));
        Assert.All(warnings, w => Assert.Contains(warning!, w, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Properties(string properties) =>
        properties.Split(';').Select(static (p, i) => i == 0 ? p : "-p:" + p);

    private static async Task<(int ExitCode, string Output)> RunAsync(string[] arguments, string items = "")
    {
        var folder = Directory.CreateTempSubdirectory("b24-project");
        try
        {
            var project = Path.Combine(folder.FullName, "Project.proj");
            await File.WriteAllTextAsync(project, $"<Project><ItemGroup>{items}</ItemGroup><Import Project=\"{RepositoryRoot.PathTo("package", "build", "Bitrix24.Gen.targets")}\" /></Project>");
            using var build = Process.Start(new ProcessStartInfo("dotnet", ["msbuild", project, "-nologo", .. arguments]) { RedirectStandardOutput = true })!;
            var output = await build.StandardOutput.ReadToEndAsync();
            await build.WaitForExitAsync();
            return (build.ExitCode, output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
