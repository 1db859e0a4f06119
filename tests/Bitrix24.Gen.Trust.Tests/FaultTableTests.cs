using System.Text.RegularExpressions;

namespace Bitrix24.Gen.Trust.Tests;

/// <summary>docs/security.md names a test for each kind of fault: the tests are there.</summary>
public sealed partial class FaultTableTests
{
    [Fact]
    public void Tests_that_the_security_page_names_exist()
    {
        var page = File.ReadAllText(RepositoryRoot.PathTo("docs", "security.md"));
        var table = page[page.IndexOf("## Faults and their tests", StringComparison.Ordinal)..];
        var named = Name().Matches(table[table.IndexOf("| --- |", StringComparison.Ordinal)..]).Select(static m => m.Groups[1].Value).ToList();
        var code = string.Concat(Directory.EnumerateFiles(RepositoryRoot.PathTo("tests"), "*.cs", SearchOption.AllDirectories)
            .Where(static f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText));
        Assert.InRange(named.Count, 40, int.MaxValue);
        Assert.All(named, name => Assert.Contains($" {name}(", code, StringComparison.Ordinal));
    }

    [GeneratedRegex("`([A-Za-z0-9_]+)`", RegexOptions.None, 1000)]
    private static partial Regex Name();
}
