namespace Bitrix24.Gen.Agreement.Tests;

/// <summary>Calls changed at random have the same violations, whichever value holds them.</summary>
public class AdapterFuzzTests
{
    private const int Changes = 20_000;

    [Fact]
    public void Calls_changed_at_random_are_the_same_to_both()
    {
        var adapters = new Adapters();
        var fuzz = new JsonFuzz(7);
        var calls = FixtureData.AllParameters.Select(static p => (p.Method, Api: "bitrix24", p.Params))
            .Concat(FixtureData.Agreements.Select(static c => (c.Method, c.Api, c.Params)))
            .Concat(FixtureData.Calls().Select(static c => (c.Method, c.Api, c.Params)))
            .Select(c => (Method: adapters.Find(c.Method, c.Api), c.Params))
            .Where(static c => c.Method is not null && c.Params.Length < 2000)
            .ToList();
        for (var i = 0; i < Changes; i++)
        {
            var (method, parameters) = calls[i % calls.Count];
            adapters.AssertAgree(method!, fuzz.Mutate(parameters));
        }
    }
}
