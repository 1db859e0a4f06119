using System.Text;
using System.Text.RegularExpressions;
using Bitrix24.Infrastructure;

namespace Bitrix24.Gen.Runtime.Tests;

/// <summary>Rows of character classes are matched without a regular expression, against bytes and against characters.</summary>
public class AsciiPatternTests
{
    private const string Alphabet = "aabzAZ0099__-\n Ü٣\U0001f600";

    [Theory]
    [InlineData("^[a-z][a-z0-9_]*$", true)]
    [InlineData("^[A-Z][A-Z0-9_]{0,31}$", true)]
    [InlineData(@"^\d{2,4}$", true)]
    [InlineData("^[-_a]+$", true)]
    [InlineData("^a[0-9]?$", true)]
    [InlineData("^[^a]$", false)]
    [InlineData("^(a|b)$", false)]
    [InlineData("^[a-z]*[0-9]*$", false)]
    public void Matches_AsTheExpressionDoes(string expression, bool isKnown)
    {
        var pattern = AsciiPattern.Parse(expression);
        var regex = new Regex(expression, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        var random = new Random(20_261_128);
        var known = 0;
        for (var i = 0; i < 5_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(7)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            var ofCharacters = pattern.IsMatch(text.AsSpan());
            Assert.True(ofCharacters is null || ofCharacters == regex.IsMatch(text), $"'{text}'");
            if (Ascii.IsValid(text))
                Assert.Equal(ofCharacters, pattern.IsMatch(Encoding.ASCII.GetBytes(text)));
            known += ofCharacters is null ? 0 : 1;
        }

        Assert.Equal(isKnown, known > 1_000);
        Assert.True(isKnown || known == 0);
    }
}
