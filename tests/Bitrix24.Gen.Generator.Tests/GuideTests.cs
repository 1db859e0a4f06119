using System.Text.RegularExpressions;
using Bitrix24.Gen.Generator.Tests.Harness;

namespace Bitrix24.Gen.Generator.Tests;

/// <summary>
/// The code of the guides compiles. A block marked <c>csharp file</c> is a file; the others are statements of one method, in order;
/// those marked <c>csharp host</c> need a host and are left out.
/// </summary>
public partial class GuideTests
{
    [Theory]
    [InlineData("getting-started")]
    [InlineData("crm-sync")]
    [InlineData("tasks")]
    [InlineData("bots")]
    [InlineData("files")]
    [InlineData("telephony")]
    [InlineData("catalogue")]
    [InlineData("bulk-export")]
    [InlineData("migration")]
    public void Code_of_the_guide_compiles(string guide)
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "guides", guide + ".md")).ReplaceLineEndings("\n");
        var blocks = Block().Matches(page).Select(static m => (Kind: m.Groups["kind"].Value, Code: m.Groups["code"].Value)).ToList();
        var client = Assert.Single(blocks, static b => b.Kind == "file").Code.Replace("using Bitrix24;", "", StringComparison.Ordinal);
        var statements = string.Join("\n", blocks.Where(static b => b.Kind is not ("file" or "host")).Select(static b => b.Code));
        var portal = statements.Contains("var portal =", StringComparison.Ordinal) ? "" : "Portal portal = null!;";

        GeneratorHarness.Run(
            $$"""
            using System;
            using System.Collections.Generic;
            using System.Linq;
            using Bitrix24;
            {{(client.Contains("\"crm", StringComparison.Ordinal) ? "using Bitrix24.Crm;" : "")}}

            internal static class Guide
            {
                internal static async System.Threading.Tasks.Task RunAsync()
                {
                    {{portal}}
                    {{statements}}
                }
            }

            {{client.Replace("public partial", "internal partial", StringComparison.Ordinal)}}
            """,
            Repository.Specs("bitrix24")).AssertCompiles();
    }

    [Fact]
    public void Links_of_the_index_lead_somewhere()
    {
        var docs = Path.Combine(Repository.Root, "docs");
        foreach (var page in Directory.EnumerateFiles(Path.Combine(docs, "guides"), "*.md").Append(Path.Combine(docs, "README.md")).Append(Path.Combine(docs, "llms.txt")).Append(Path.Combine(docs, "assistants.md")))
        {
            foreach (var link in Link().Matches(File.ReadAllText(page)).Select(static m => m.Groups[1].Value).Where(static l => !l.Contains("://", StringComparison.Ordinal)))
                Assert.True(Path.Exists(Path.Combine(Path.GetDirectoryName(page)!, link)), $"{Path.GetFileName(page)}: {link}");
        }

        var index = File.ReadAllText(Path.Combine(docs, "README.md"));
        Assert.All(Directory.EnumerateFiles(Path.Combine(docs, "guides"), "*.md"), g => Assert.Contains($"guides/{Path.GetFileName(g)}", index, StringComparison.Ordinal));
    }

    [GeneratedRegex("\\]\\(([^)#]+)", RegexOptions.None, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("```csharp(?: (?<kind>file|host|diagnostics)[^\\n]*)?\\n(?<code>.*?)```", RegexOptions.Singleline, 1000)]
    private static partial Regex Block();
}
