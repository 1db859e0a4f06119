using System.Globalization;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Bitrix24.Gen.Docs.Tests;

/// <summary>The picture of the README shows the file that CI compiles, and what the compiler reports in it today.</summary>
public sealed class PictureTests
{
    [Fact]
    public async Task The_picture_shows_what_is_reported_today()
    {
        var source = await File.ReadAllTextAsync(RepositoryRoot.PathTo("tests", "PackageConsumer", "Misuse.cs.txt"));
        var client = await File.ReadAllTextAsync(RepositoryRoot.PathTo("tests", "PackageConsumer", "Portal.cs"));
        var program = new PageProgram([source, client], ProjectKind.Console, PackagedFiles.All);
        Assert.Equal([], program.Errors());
        var notes = (await program.DiagnosticsAsync())
            .Where(d => d.Id.StartsWith("B24", StringComparison.Ordinal) && d.Location.SourceTree!.ToString() == source)
            .ToLookup(static d => d.Location.GetLineSpan().StartLinePosition.Line, static d => $"{d.Id}: {d.GetMessage(CultureInfo.InvariantCulture)}");
        var expected = source.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').SelectMany((line, i) => notes[i].Prepend(line)).ToList();

        var drawn = XDocument.Load(RepositoryRoot.PathTo("docs", "images", "diagnostics.svg"), LoadOptions.PreserveWhitespace)
            .Descendants(XName.Get("text", "http://www.w3.org/2000/svg")).Select(static t => t.Value).ToList();

        // docs/images/squiggles.cs says how it is drawn.
        Assert.True(expected.SequenceEqual(drawn), $"Draw docs/images/diagnostics.svg again.\n{string.Join('\n', expected.Except(drawn))}\n--- is not drawn; drawn is\n{string.Join('\n', drawn.Except(expected))}");
    }
}
