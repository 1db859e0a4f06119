using System.Diagnostics;
using System.Net;

namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>Many callers at once: nothing is lost, and nothing fails that would not fail alone.</summary>
public sealed class ParallelTests
{
    private const int Callers = 64;
    private const int MaxRounds = 200;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);
    private static readonly string[] Types = ["crm.lead", "crm.deal", "crm.contact", "crm.company", "crm.quote", "crm.activity.todo", "crm.vat", "tasks.task"];

    /// <summary>A new portal for each round: what goes wrong goes wrong at the first call of a type.</summary>
    [Fact]
    public async Task FirstCallsAtOnce_LoseNothingAndFailNowhere()
    {
        var running = Stopwatch.StartNew();
        for (var round = 0; round < MaxRounds && running.Elapsed < Limit; round++)
        {
            await using var portal = await PortalEmulator.StartAsync();
            var calls = Enumerable.Range(0, Callers).Select(i => Task.Run(() => portal.CallAsync(Types[i % Types.Length] + ".add", Body(Types[i % Types.Length]))));
            var replies = await Task.WhenAll(calls);
            Assert.All(replies, static reply => Assert.Equal(HttpStatusCode.OK, reply.Status));
            foreach (var replied in replies.Select(static (reply, i) => (Key: reply.Result!.ToJsonString(), Type: i % Types.Length)).GroupBy(static r => r.Type))
                Assert.Equal(Callers / Types.Length, replied.Select(static r => r.Key).Distinct(StringComparer.Ordinal).Count());
            var listed = await portal.CallAsync("crm.deal.list");
            Assert.Equal(Callers / Types.Length, listed.Result!.AsArray().Count);
        }
    }

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
        "crm.activity.todo" => """{"ownerTypeId":2,"ownerId":1,"deadline":"2026-05-01T10:00:00+00:00"}""",
        "tasks.task" => """{"fields":{"TITLE":"T","RESPONSIBLE_ID":1}}""",
        "crm.vat" => """{"fields":{"NAME":"V","RATE":10}}""",
        _ => """{"fields":{"TITLE":"T","NAME":"N","LAST_NAME":"L","SECOND_NAME":"S"}}""",
    };
}
