namespace Bitrix24.Gen.Agreement.Tests;

/// <summary>One engine over two values: the same call has the same violations, whichever holds it.</summary>
public class AdapterTests
{
    private static readonly Adapters Adapters = new();

    [Fact]
    public void Fixtures_are_the_same_to_both()
    {
        foreach (var (method, parameters) in FixtureData.AllParameters)
            Adapters.AssertAgree(Adapters.Find(method, "bitrix24")!, parameters);
        // What is within a batch is not the batch's own; a method that does not exist has nothing to check.
        foreach (var call in FixtureData.Agreements.Where(static a => a.Method != "batch" && a.Expected is not [{ Rule: "B24101", Path: "" }]))
            Assert.Equal(call.Expected.Count, Adapters.AssertAgree(Adapters.Find(call.Method, call.Api)!, call.Params));
    }

    /// <summary>The calls of the fixtures, or those of the file that <c>B24_CALLS</c> names.</summary>
    [Fact]
    public void Calls_as_people_write_them_are_the_same_to_both()
    {
        var (known, found) = (0, 0);
        var calls = FixtureData.Calls(Environment.GetEnvironmentVariable("B24_CALLS"));
        foreach (var call in calls)
        {
            if (Adapters.Find(call.Method, call.Api) is not { } method)
                continue;
            known++;
            found += Adapters.AssertAgree(method, call.Params);
        }

        Console.WriteLine($"{calls.Count} calls, {known} of known methods, {found} violations");
        Assert.True(known > 0.8 * calls.Count && found > 0);
    }
}
