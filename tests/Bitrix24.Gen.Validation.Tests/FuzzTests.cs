using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Validation.Tests;

/// <summary>Whatever is sent, the validator answers.</summary>
public class FuzzTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Random_json_never_breaks_the_validator(int seed)
    {
        var fuzz = new JsonFuzz(seed);
        var methods = PackagedSpecs.Set.MethodNames().Select(PackagedSpecs.Method).ToArray();
        for (var i = 0; i < 5_000; i++)
        {
            var method = methods[i % methods.Length];
            var text = fuzz.Json();
            var json = PackagedSpecs.Json(text);

            AssertSound(SpecValidator.Validate(PackagedSpecs.Set, method, json), text);
            AssertSound(SpecValidator.ValidateResponse(PackagedSpecs.Set, method, json), text);
        }
    }

    [Fact]
    public void Requests_with_a_part_replaced_never_break_the_validator()
    {
        var fuzz = new JsonFuzz(5);
        foreach (var (method, parameters) in FixtureData.AllParameters)
        {
            for (var i = 0; i < 40; i++)
            {
                var text = fuzz.Mutate(parameters);
                AssertSound(SpecValidator.Validate(PackagedSpecs.Set, PackagedSpecs.Method(method), PackagedSpecs.Json(text)), text);
            }
        }
    }

    private static void AssertSound(IReadOnlyList<SpecViolation> violations, string text)
    {
        foreach (var violation in violations)
        {
            Assert.NotNull(RuleCatalog.Find(violation.RuleId));
            Assert.NotEmpty(violation.Message);
            Assert.InRange(violation.Range.Start, 0, text.Length);
            Assert.InRange(violation.Range.Start + violation.Range.Length, violation.Range.Start, text.Length);
        }
    }
}
