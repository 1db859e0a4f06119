using System.Text.RegularExpressions;

namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>What a portal answers hangs on its records alone, not on which methods its process has been asked before.</summary>
public sealed partial class RestartTests : IDisposable
{
    private static readonly string[] Reads = [".list", ".get", ".getlist", ".fields", ".items"];

    /// <summary>What each call changes, or shows the time of: the queue of events, and when bots were last seen.</summary>
    private static readonly string[] Changing = ["event.offline.", "imbot.v2.Bot."];

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"b24-emulator-{Guid.NewGuid():N}.db");

    public void Dispose()
    {
        foreach (var file in new[] { _file, _file + "-wal", _file + "-shm" })
            File.Delete(file);
    }

    /// <summary>Runs every scenario, then asks each of their lists before and after a restart.</summary>
    [Fact]
    public async Task ARestartedPortal_AnswersEveryListAsBefore()
    {
        var scenarios = ScenarioTests.Files.All.Select(static s => s.Scenario["steps"]!.AsArray()).ToList();
        var reads = scenarios.SelectMany(static s => s).Where(static s => s!["v3"] is null && Reads.Any(s["call"]!.GetValue<string>().ToLowerInvariant().EndsWith))
            .Select(static s => (Method: s!["call"]!.GetValue<string>(), Parameters: s["with"]?.ToJsonString() ?? "{}"))
            .Where(static r => !Changing.Any(r.Method.StartsWith) && !r.Parameters.Contains("\"$", StringComparison.Ordinal)).Distinct().Order().ToList();
        Assert.NotEmpty(reads);
        Dictionary<(string, string), string> before;
        await using (var first = await PortalEmulator.StartAsync(new() { DataFile = _file }))
        {
            foreach (var steps in scenarios)
                await RunAsync(first, steps);
            before = await AnswersAsync(first, reads);
        }

        await using var second = await PortalEmulator.StartAsync(new() { DataFile = _file });
        var after = await AnswersAsync(second, reads);
        Assert.All(reads, r => Assert.Equal(before[r], after[r]));
        Assert.Contains(before.Values, static b => b.Length > 1000);
    }

    private static async Task RunAsync(PortalEmulator portal, JsonArray steps)
    {
        var kept = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var step in steps)
        {
            // The scenarios share one portal here, so that some of their steps are refused.
            var reply = await portal.CallAsync(step!["call"]!.GetValue<string>(), ScenarioSteps.Filled(step["with"], kept)?.ToJsonString() ?? "{}");
            foreach (var (name, path) in step["keep"] as JsonObject ?? [])
                kept[name] = ScenarioSteps.At(reply.Body, path!.GetValue<string>())?.DeepClone();
        }
    }

    private static async Task<Dictionary<(string Method, string Parameters), string>> AnswersAsync(PortalEmulator portal, IEnumerable<(string Method, string Parameters)> reads)
    {
        var answers = new Dictionary<(string, string), string>();
        foreach (var read in reads)
        {
            var body = (await portal.CallAsync(read.Method, read.Parameters)).Body;
            (body as JsonObject)?.Remove("time");
            // The next portal has another port; addresses of recordings are kept as they were given.
            answers[read] = Port().Replace($"{read.Method} {read.Parameters}: {body?.ToJsonString()}", "portal");
        }

        return answers;
    }

    [GeneratedRegex(@"127\.0\.0\.1:[0-9]+", RegexOptions.NonBacktracking)]
    private static partial Regex Port();
}
