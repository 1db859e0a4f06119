using System.Diagnostics;

namespace Bitrix24.Gen.Benchmarks.Build;

/// <summary>A project as a user has it, outside the repository, with at most one of the packages.</summary>
/// <param name="Name">The folder.</param>
/// <param name="Package">The package that it references; null: none.</param>
/// <param name="Areas">What its client selects, as C# text; null: it declares no client.</param>
/// <param name="Goal">The most that its build may take of one without a package.</param>
/// <param name="Code">What it calls, on an internal client: its builds emit only what is used. Null: the client is public.</param>
internal sealed record UserProject(string Name, string? Package, string? Areas, double? Goal, string? Code = null)
{
    private string _folder = "";

    public long EmittedBytes => Size(Path.Combine(_folder, "obj", "generated"), "*.cs");

    public long AssemblyBytes => Size(Path.Combine(_folder, "bin"), Name + ".dll");

    public void Create(string root, string packages)
    {
        _folder = Directory.CreateDirectory(Path.Combine(root, Name)).FullName;
        File.WriteAllText(
            Path.Combine(_folder, Name + ".csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <CompilerGeneratedFilesOutputPath>obj/generated</CompilerGeneratedFilesOutputPath>
                <RestoreAdditionalProjectSources>{packages}</RestoreAdditionalProjectSources>
                <RestorePackagesPath>{Path.Combine(root, "packages")}</RestorePackagesPath>
              </PropertyGroup>
              <ItemGroup>{(Package is null ? "" : $"<PackageReference Include=\"{Package}\" Version=\"*-*\" />")}</ItemGroup>
            </Project>
            """);
        if (Areas is not null)
            File.WriteAllText(Path.Combine(_folder, "Portal.cs"), $"[Bitrix24.Bitrix24Client({Areas.Trim()})] {(Code is null ? "public" : "internal")} partial class Portal;\n");
        if (Code is not null)
            File.WriteAllText(Path.Combine(_folder, "Work.cs"), Code);
    }

    public void Edit(int round) =>
        File.WriteAllText(Path.Combine(_folder, "Program.cs"), $"Console.WriteLine({round} + {Environment.TickCount64});\n");

    public void Restore()
    {
        Edit(0);
        RunHere("restore");
        RunHere("build", "--no-restore", "-p:EmitCompilerGeneratedFiles=true");
    }

    public void Build(bool server) => RunHere("build", "--no-restore", $"-p:UseSharedCompilation={(server ? "true" : "false")}");

    private void RunHere(params string[] arguments) => Dotnet(_folder, arguments);

    public static void Dotnet(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true };
        // Users' builds have the JIT of the defaults, whatever this process was started with.
        start.Environment.Remove("DOTNET_TieredPGO");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} in {folder}:\n{output}");
    }

    private static long Size(string folder, string pattern) =>
        !Directory.Exists(folder) ? 0 : Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories).Sum(static f => new FileInfo(f).Length);
}
