namespace Bitrix24.Gen.Specs.Tests;

public class PatternTests
{
    [Theory]
    [InlineData("^[a-z][a-z0-9_]*$")]
    [InlineData(@"^\d{4}-\d{2}(-\d{2})?$")]
    [InlineData(@"^([a-z]+\.)*[a-z]+$")]
    [InlineData(@"^https?://[^\s/]+(/.*)?$")]
    [InlineData("^(?:a|b|[^\\]\\\\]){1,200}$")]
    [InlineData(@"^\u0041\x42{$")]
    [InlineData("^a+?b*?$")]
    [InlineData("^(a{2}b)+$")]
    public void Patterns_that_mean_the_same_everywhere_are_taken(string pattern) => Assert.Null(Problem(pattern));

    [Theory]
    [InlineData("[", "[")]
    [InlineData("(a", "no regular expression")]
    [InlineData("a)", ")")]
    [InlineData("*a", "no regular expression")]
    [InlineData("a\\", "backslash")]
    [InlineData("(?=a)b", "(?")]
    [InlineData("(?<!a)b", "(?")]
    [InlineData("(?<n>a)", "(?")]
    [InlineData("(?i)a", "(?")]
    [InlineData("(?>a)", "(?")]
    [InlineData(@"(a)\1", "refers back")]
    [InlineData(@"\Aa\Z", "\\A")]
    [InlineData(@"\p{L}", "\\p")]
    [InlineData("[a-z-[aeiou]]", "subtracts")]
    [InlineData("[]a]", "[]")]
    [InlineData("(a+)+$", "exponential")]
    [InlineData("(a*)*", "exponential")]
    [InlineData("((a+))+", "exponential")]
    [InlineData("(a|b+)*", "exponential")]
    [InlineData("(\\w+\\s?)+", "exponential")]
    [InlineData("((a{1000}){1000}){1000}", "large")]
    [InlineData("a{99999999999}", "large")]
    public void Patterns_that_do_not_are_refused(string pattern, string why) =>
        Assert.Contains(why, Problem(pattern), StringComparison.Ordinal);

    [Fact]
    public void Matching_a_pattern_is_bounded()
    {
        Assert.NotNull(Problem(new string('(', 100_000)));
        Assert.NotNull(Problem(new string('(', 499) + new string(')', 499) + "{2}{3}"));
        Assert.NotNull(Problem(string.Concat(Enumerable.Repeat("(a{9}", 200)) + string.Concat(Enumerable.Repeat("){9}", 190))));
    }

    private static string? Problem(string pattern)
    {
        var document = Spec.ReadFields($$"""
            "a": { "type": "string", "pattern": {{new JsonString(default, pattern).ToJsonText()}} }
            """);
        if (document.Diagnostics.Count == 0)
        {
            Assert.Equal(pattern, document.File!.Types[0].Fields[0].Pattern);
            return null;
        }

        var diagnostic = Assert.Single(document.Diagnostics);
        Assert.Equal(RuleIds.SpecRule, diagnostic.Id);
        Assert.Null(document.File!.Types[0].Fields[0].Pattern);
        return diagnostic.Message;
    }
}
