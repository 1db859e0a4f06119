using System.Globalization;
using BenchmarkDotNet.Reports;
using Bitrix24.Gen.Benchmarks.Compile;
using Bitrix24.Gen.Benchmarks.Runtime;

namespace Bitrix24.Gen.Benchmarks;

/// <summary>Compares medians of a run with the goals of the design.</summary>
internal static class Goals
{
    /// <param name="Title">What is compared.</param>
    /// <param name="Measured">The benchmark.</param>
    /// <param name="Against">Those that it is compared with, of which the fastest counts.</param>
    /// <param name="Most">How much of their time it may take.</param>
    private sealed record Goal(string Title, string Measured, string[] Against, double Most);

    private static readonly Goal[] All =
    [
        new("read a list, System.Text.Json", Name<ReadList>(nameof(ReadList.Generated)),
            [Name<ReadList>(nameof(ReadList.SystemTextJsonSourceGenerated)), Name<ReadList>(nameof(ReadList.SystemTextJsonReflection))], 1 / 1.5),
        new("read a list, bare pass", Name<ReadList>(nameof(ReadList.Generated)), [Name<ReadList>(nameof(ReadList.BareReader))], 1.6),
        new("write a request, System.Text.Json", Name<WriteRequest>(nameof(WriteRequest.Generated)),
            [Name<WriteRequest>(nameof(WriteRequest.SystemTextJsonSourceGenerated))], 1 / 1.3),
        new("write and validate, System.Text.Json", Name<WriteRequest>(nameof(WriteRequest.GeneratedAndValidated)),
            [Name<WriteRequest>(nameof(WriteRequest.SystemTextJsonSourceGenerated))], 2),
        new("keystroke, looking for the attribute", Name<GenerateClients>(nameof(GenerateClients.Keystroke)),
            [Name<GenerateClients>(nameof(GenerateClients.KeystrokeFloor))], 1.5),
        new("generate all, Roslyn's parse", Name<GenerateClients>(nameof(GenerateClients.GenerateAll)),
            [Name<GenerateClients>(nameof(GenerateClients.ParseEmitted))], 1),
    ];

    public static void Print(IEnumerable<Summary> summaries)
    {
        var medians = summaries.SelectMany(static s => s.Reports)
            .Where(static r => r.ResultStatistics is not null)
            .ToDictionary(
                static r => $"{r.BenchmarkCase.Descriptor.Type.Name}.{r.BenchmarkCase.Descriptor.WorkloadMethod.Name}",
                static r => r.ResultStatistics!.Median / 1000);
        Console.WriteLine("\nGoals (medians in µs; ratio of the times)");
        foreach (var goal in All)
        {
            if (!medians.TryGetValue(goal.Measured, out var measured) || goal.Against.Any(a => !medians.ContainsKey(a)))
                continue;
            var against = goal.Against.Min(a => medians[a]);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{goal.Title,-40} {measured,10:f2} / {against,10:f2} = {measured / against:f2} (goal: at most {goal.Most:f2}{(measured / against > goal.Most ? ", MISSED" : "")})"));
        }
    }

    private static string Name<T>(string method) => $"{typeof(T).Name}.{method}";
}
