using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Commands;

namespace Bitrix24.Gen.Tool.Tests;

/// <summary>The command lines that pages show are taken by the programs that they call, and the paths in them exist.</summary>
public partial class CommandLineOfPagesTests
{
    public static TheoryData<string> All => [.. Pages.All];

    [Theory]
    [MemberData(nameof(All))]
    public void Commands_are_taken(string page)
    {
        var text = Pages.Read(page);
        var inBlocks = Pages.Blocks(page).Where(static b => b.Language is "" or "bash").SelectMany(static b => b.Text.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'));
        var inText = Inline().Matches(Fences().Replace(text, "")).Select(static m => m.Groups[1].Value);
        foreach (var line in inBlocks.Concat(inText).Select(static l => l.Trim()))
        {
            foreach (Match path in RepositoryPath().Matches(line))
                Assert.True(Path.Exists(RepositoryRoot.PathTo(path.Value)), line);
            if (SpecCall().Match(line) is not { Success: true } call)
                continue;
            // Optional parts and choices are written in brackets.
            var words = Words().Matches(call.Groups["arguments"].Value.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('|')[0]).Select(static m => m.Value).ToArray();
            var root = SpecCommands.Create();
            if (words is not [var name, ..] || root.Subcommands.FirstOrDefault(c => c.Name == name) is not { } command)
            {
                Assert.True(words.Length == 0 || words[0].StartsWith('-'), line);
                continue;
            }

            var options = command.Options.Select(static o => o.Name).ToHashSet(StringComparer.Ordinal);
            Assert.All(words.Where(static w => w.StartsWith("--", StringComparison.Ordinal)), w => Assert.Contains(w, options));
        }
    }

    [GeneratedRegex("(?:^|dotnet |\\$ )b24-spec (?<arguments>.*)$", RegexOptions.None, 1000)]
    private static partial Regex SpecCall();

    [GeneratedRegex("\\S+", RegexOptions.None, 1000)]
    private static partial Regex Words();

    [GeneratedRegex("(?<=--project |dotnet test |dotnet build |bash )[a-zA-Z0-9_./-]*/[a-zA-Z0-9_./-]+|(?<=^| )tests/[a-zA-Z0-9_./-]+/run", RegexOptions.None, 1000)]
    private static partial Regex RepositoryPath();

    [GeneratedRegex("`([^`\\n]+)`", RegexOptions.None, 1000)]
    private static partial Regex Inline();

    [GeneratedRegex("^```.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Fences();
}
