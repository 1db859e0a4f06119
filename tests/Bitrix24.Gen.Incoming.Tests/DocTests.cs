using System.Text.RegularExpressions;
using Bitrix24.Gen.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Bitrix24.Gen.Incoming.Tests;

/// <summary>The code of the pages about what portals send compiles, and so do the programs of the templates.</summary>
public sealed partial class DocTests
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net;
        global using System.Net.Http;
        global using System.Runtime.CompilerServices;
        global using System.Text.Json;
        global using System.Text.Json.Nodes;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Bitrix24;
        global using Bitrix24.AspNetCore;
        global using Bitrix24.Gen.Emulator;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        """;

    // What the pages take for given.
    private static readonly (string Name, string Type)[] Given =
        [("builder", "WebApplicationBuilder"), ("app", "WebApplication"), ("body", "byte[]"), ("applicationToken", "string"), ("data", "JsonElement")];

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static p => Path.GetFileName(p) is var name && (name.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal)
                || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) || name.StartsWith("Microsoft.Data.Sqlite", StringComparison.Ordinal)
                || name is "Microsoft.Net.Http.Headers.dll" or "Bitrix24.Gen.AspNetCore.dll" or "Bitrix24.Gen.Emulator.dll"))
            .Select(static p => MetadataReference.CreateFromFile(p)),
    ];

    [Theory]
    [InlineData("events", "Bitrix24.Crm")]
    [InlineData("placements", "Bitrix24.Crm")]
    [InlineData("applications", "Bitrix24.Sale", "Bitrix24.BizProc")]
    [InlineData("guides/aspnetcore", "Bitrix24.Crm", "Microsoft.Extensions.Logging")]
    [InlineData("guides/worker-service", "Bitrix24.Crm", "Microsoft.Extensions.Logging")]
    [InlineData("biconnector")]
    [InlineData("vibe-widgets")]
    public void Code_of_the_page_compiles(string page, params string[] namespaces)
    {
        var blocks = Block().Matches(File.ReadAllText(Path.Combine(RepositoryRoot.Folder, "docs", page + ".md")).ReplaceLineEndings("\n"))
            .Select(static m => m.Groups["code"].Value).ToList();
        Assert.NotEmpty(blocks);
        var client = blocks.Find(static b => b.Contains("[Bitrix24Client", StringComparison.Ordinal))
            ?? """[Bitrix24Client("crm.events", "crm.placements", "sale.delivery.handler", "bizproc.robot")] public partial class Portal;""";
        var (types, methods) = ("", "");
        foreach (var block in blocks.Where(b => b != client))
        {
            var end = Declaration().Match(block) is { Success: true, Index: var at } ? at : block.Length;
            types += block[end..] + "\n";
            methods += $"public static async Task Part{blocks.IndexOf(block)}({string.Join(", ", Given.Where(g => !block.Contains($"var {g.Name} =", StringComparison.Ordinal)).Select(static g => $"{g.Type} {g.Name}"))})\n{{\n{block[..end]}\nawait Task.CompletedTask;\n}}\n";
        }

        AssertCompiles([$"{Usings}\n{string.Concat(namespaces.Select(static n => $"global using {n};\n"))}", client, $"public static class Page\n{{\n{methods}}}\n{types}"]);
    }

    [Theory]
    [InlineData("bitrix24-console")]
    [InlineData("bitrix24-app")]
    [InlineData("bitrix24-bi-connector")]
    [InlineData("bitrix24-vibe-widget")]
    public void Program_of_the_template_compiles(string template)
    {
        var files = Directory.GetFiles(Path.Combine(RepositoryRoot.Folder, "templates", template), "*.cs");
        Assert.NotEmpty(files);
        // Implicit usings of a web project.
        const string web = """
            global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http;
            global using System.Threading; global using System.Threading.Tasks; global using Microsoft.AspNetCore.Builder; global using Microsoft.AspNetCore.Hosting;
            global using Microsoft.AspNetCore.Http; global using Microsoft.AspNetCore.Routing; global using Microsoft.Extensions.Configuration;
            global using Microsoft.Extensions.DependencyInjection; global using Microsoft.Extensions.Hosting; global using Microsoft.Extensions.Logging;
            """;
        AssertCompiles([web, .. files.Select(File.ReadAllText)], OutputKind.ConsoleApplication);
    }

    private static void AssertCompiles(string[] sources, OutputKind kind = OutputKind.DynamicallyLinkedLibrary)
    {
        var compilation = GeneratorHarness.CreateCompilation(sources).AddReferences(References);
        var output = GeneratorHarness.Run(compilation.WithOptions(compilation.Options.WithOutputKind(kind)), Specs).Output();
        Assert.Equal([], output.GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error).Select(static d => d.ToString()));
    }

    private static IEnumerable<TestFile> Specs { get; } =
    [
        .. Directory.GetFiles(Path.Combine(RepositoryRoot.Folder, "specs", "bitrix24"), "*.b24.json").Order(StringComparer.Ordinal)
            .Select(static p => new TestFile(p, File.ReadAllText(p))),
    ];

    [GeneratedRegex("```csharp\\n(?<code>.*?)```", RegexOptions.Singleline, 1000)]
    private static partial Regex Block();

    [GeneratedRegex("^public (sealed )?class ", RegexOptions.Multiline, 1000)]
    private static partial Regex Declaration();
}
