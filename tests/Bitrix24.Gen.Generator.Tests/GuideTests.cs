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
    [InlineData("worker-service")]
    [InlineData("crm-sync")]
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
            using Bitrix24.Crm;

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

    [GeneratedRegex("```csharp(?: (?<kind>file|host|diagnostics)[^\\n]*)?\\n(?<code>.*?)```", RegexOptions.Singleline, 1000)]
    private static partial Regex Block();
}
