using System.Diagnostics;
using System.Net;

namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>Many callers at once: nothing is lost, and nothing fails that would not fail alone.</summary>
public sealed class ParallelTests
{
    private const int Callers = 64;
    private const int MaxRounds = 200;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);
    private static readonly string[] Makers = ["add", "create", "register"];
    private static readonly string[] Types = ["crm.lead", "crm.deal", "crm.contact", "crm.company", "crm.quote", "crm.activity.todo", "crm.vat", "tasks.task"];

    /// <summary>A new portal for each round: what goes wrong goes wrong at the first call of a type.</summary>
    [Fact]
    public async Task FirstCallsAtOnce_LoseNothingAndFailNowhere()
    {
        var running = Stopwatch.StartNew();
        for (var round = 0; round < MaxRounds && running.Elapsed < Limit; round++)
        {
            await using var portal = await PortalEmulator.StartAsync();
            portal.Seed("crm.company/Company", """{"TITLE":"Owner"}""");
            var calls = Enumerable.Range(0, Callers).Select(i => Task.Run(() => portal.CallAsync(Types[i % Types.Length] + ".add", Body(Types[i % Types.Length]))));
            var replies = await Task.WhenAll(calls);
            Assert.All(replies, static reply => Assert.Equal(HttpStatusCode.OK, reply.Status));
            foreach (var replied in replies.Select(static (reply, i) => (Key: reply.Result!.ToJsonString(), Type: i % Types.Length)).GroupBy(static r => r.Type))
                Assert.Equal(Callers / Types.Length, replied.Select(static r => r.Key).Distinct(StringComparer.Ordinal).Count());
            var listed = await portal.CallAsync("crm.deal.list");
            Assert.Equal(Callers / Types.Length, listed.Result!.AsArray().Count);
        }
    }

    /// <summary>
    /// Every method that makes records, each first called by 64 callers at once, on a new portal in each round. <c>PARALLEL_ROUNDS=200</c>
    /// is the long run; otherwise there are as many rounds as there is time for, and one at least.
    /// </summary>
    [Fact]
    public async Task FirstCallsOfEveryTypeAtOnce_LoseNothing()
    {
        var wanted = int.TryParse(Environment.GetEnvironmentVariable("PARALLEL_ROUNDS"), System.Globalization.CultureInfo.InvariantCulture, out var rounds) ? rounds : 0;
        var methods = SpecSets.All.MethodNames(Bitrix24.Gen.Specs.SpecSet.DefaultApi).Where(static m => Makers.Contains(m[(m.LastIndexOf('.') + 1)..], StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).ToList();
        Assert.InRange(methods.Count, 150, int.MaxValue);
        var running = Stopwatch.StartNew();
        for (var round = 0; round == 0 || round < wanted || (wanted == 0 && running.Elapsed < Limit); round++)
        {
            // Without the rules: an empty record of any type is kept.
            await using var portal = await PortalEmulator.StartAsync(new() { Lenient = true, CallLogCapacity = 100 });
            var made = new Dictionary<string, List<string>>(StringComparer.Ordinal);
            foreach (var method in methods.Skip(round % methods.Count).Concat(methods.Take(round % methods.Count)))
            {
                var replies = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(() => portal.CallAsync(method, """{"fields":{}}"""))));
                Assert.All(replies, reply => Assert.True((int)reply.Status < 500, $"{method}: {reply.Body?.ToJsonString()}"));
                var keys = replies.Where(static r => r.Status == HttpStatusCode.OK).Select(static r => Key(r.Result)).OfType<string>().ToList();
                // Methods that know their record already answer the same key to all.
                var different = keys.Distinct(StringComparer.Ordinal).ToList();
                Assert.True(different.Count == keys.Count || different.Count <= 1, $"{method}: {different.Count} keys for {keys.Count} records.");
                if (different.Count > 1)
                    made[method] = different;
            }

            Assert.InRange(made.Count, 100, int.MaxValue);
            var kept = Values(portal.Snapshot());
            Assert.All(made, m => Assert.True(kept.Exists(m.Value.TrueForAll), $"{m.Key}: not all of its {m.Value.Count} records are kept."));
        }
    }

    /// <summary>The values of each field of each store.</summary>
    private static List<Predicate<string>> Values(JsonObject snapshot) =>
        [.. snapshot.SelectMany(static store => store.Value!.AsArray().SelectMany(static r => r!.AsObject()).Where(static m => m.Value is JsonValue).GroupBy(static m => m.Key, static m => m.Value!.ToString()))
            .Select(static g => g.ToHashSet(StringComparer.Ordinal)).Where(static s => s.Count >= 2).Select(static s => (Predicate<string>)s.Contains)];

    private static string? Key(JsonNode? result) => result switch
    {
        JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.Number => value.ToString(),
        JsonObject members => members.FirstOrDefault(static m => m.Key.Equals("id", StringComparison.OrdinalIgnoreCase)).Value?.ToString() ?? members.Select(static m => m.Value as JsonObject).Select(Key).FirstOrDefault(static k => k is not null),
        _ => null,
    };

    [Fact]
    public async Task AFaultInOneCall_DoesNotSpoilTheNext()
    {
        await using var portal = await PortalEmulator.StartAsync();
        portal.Inject(Fault.Error(500, "INTERNAL_SERVER_ERROR", "Internal server error") with { Method = "crm.deal.add" });
        Assert.Equal(HttpStatusCode.InternalServerError, (await portal.CallAsync("crm.deal.add", """{"fields":{"TITLE":"A"}}""")).Status);
        Assert.Equal(HttpStatusCode.OK, (await portal.CallAsync("crm.deal.add", """{"fields":{"TITLE":"A"}}""")).Status);
        Assert.Single((await portal.CallAsync("crm.deal.list")).Result!.AsArray());
    }

    private static string Body(string type) => type switch
    {
        "crm.activity.todo" => """{"ownerTypeId":4,"ownerId":1,"deadline":"2026-05-01T10:00:00+00:00"}""",
        "tasks.task" => """{"fields":{"TITLE":"T","RESPONSIBLE_ID":1}}""",
        "crm.vat" => """{"fields":{"NAME":"V","RATE":10}}""",
        _ => """{"fields":{"TITLE":"T","NAME":"N","LAST_NAME":"L","SECOND_NAME":"S"}}""",
    };
}
