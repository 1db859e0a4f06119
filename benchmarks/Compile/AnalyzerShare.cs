using System.Diagnostics;
using System.Globalization;

namespace Bitrix24.Gen.Benchmarks.Compile;

/// <summary>
/// What our analyzers take of the compile time, by Roslyn's own account of each analyzer's time: unlike the difference of
/// two compile times, it is not lost in their noise.
/// </summary>
internal static class AnalyzerShare
{
    private const int WarmUp = 10;
    private const int Rounds = 40;
    private const double Goal = 0.05;

    public static async Task PrintAsync()
    {
        var calls = new AnalyzeRawCalls();
        calls.Setup();
        var (compiles, shares) = (new List<double>(), new Dictionary<string, List<double>>(StringComparer.Ordinal));
        for (var round = 0; round < WarmUp + Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            calls.Compile();
            var compile = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            var times = await calls.ExecutionTimesAsync();
            if (round < WarmUp)
                continue;
            compiles.Add(compile);
            foreach (var (analyzer, time) in times)
            {
                if (!shares.TryGetValue(analyzer, out var known))
                    shares.Add(analyzer, known = []);
                known.Add(time.TotalMilliseconds);
            }
        }

        // A pause of the machine in one of a thousand short calls counts as the analyzer's: the least is nearest to its own.
        var total = Enumerable.Range(0, Rounds).Select(i => shares.Values.Sum(s => s[i])).ToList();
        var (least, compileLeast) = (total.Min(), compiles.Min());
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"\nAnalyzers on 1,000 raw calls, least of {Rounds}: {least:f1} ms of a compile of {compileLeast:f0} ms = {least / compileLeast:p1} "
            + $"(goal: at most {Goal:p0}{(least > Goal * compileLeast ? ", MISSED" : "")}); median {Median(total):f1} of {Median(compiles):f0} ms"));
        foreach (var (analyzer, times) in shares)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {analyzer,-18} {times.Min():f2} ms"));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
