using System.Text.RegularExpressions;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Validation.Tests;

public class PackagedSpecTests
{
    [Fact]
    public void Specs_read_without_a_diagnostic()
    {
        var diagnostics = SpecSets.Documents("bitrix24").SelectMany(d => d.Diagnostics).Concat(PackagedSpecs.Set.Diagnostics);

        Assert.Empty(diagnostics.Select(d => $"{d.Id} {Path.GetFileName(d.Path)}{d.Pointer} ({d.Range.Line + 1},{d.Range.Column + 1}): {d.Message}"));
    }

    [Fact]
    public void Specs_are_in_canonical_form() =>
        Assert.All(WithoutOverlays, d => Assert.Equal(SpecWriter.Write(d.File!), d.Text));

    [Fact]
    public void Every_key_and_rule_word_of_the_format_is_documented()
    {
        var document = File.ReadAllText(RepositoryRoot.PathTo("docs", "spec-format.md"));
        var words = SpecKeys.All.SelectMany(static table => table.Keys).Concat(RuleIds.Words).Concat(RuleIds.ServerWords).Distinct();

        Assert.All(words, word => Assert.Matches($@"[`"" ]{Regex.Escape(word)}[`"" .\n]", document));
    }

    // What is written by hand holds comments, which a writer of models does not know.
    private static IEnumerable<SpecDocument> WithoutOverlays => SpecSets.Documents("bitrix24").Where(static d => d.File is { Overlay: false } && d.Root?.Find("comment") is null);
}
