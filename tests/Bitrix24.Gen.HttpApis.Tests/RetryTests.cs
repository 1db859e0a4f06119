using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using Bitrix24.Gen.Emulator;

namespace Bitrix24.Gen.HttpApis.Tests;


/// <summary>What goes again after a fault, and what of it is logged.</summary>
public sealed class RetryTests : IAsyncLifetime
{
    private PortalEmulator _portal = null!;

    private static Bitrix24ClientOptions Patient => new() { RateLimit = Bitrix24RateLimit.None, RetryDelay = TimeSpan.FromMilliseconds(1), MaxRetries = 3 };

    public static TheoryData<string> Faults => ["BITRIX_UNAVAILABLE", "QUEUE_TIMEOUT", "INTERNAL_ERROR", "html", "cut", "broken"];

    public async Task InitializeAsync()
    {
        _portal = await PortalEmulator.StartAsync();
        _portal.Seed("deals/Deal", """{ "title": "Roof" }""");
        _portal.Seed("widgets/Widget", """{ "code": "sms_gate" }""");
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Reads_go_again_whatever_their_verb(string fault)
    {
        using var vibe = Vibe();
        foreach (var read in new Func<Task>[]
        {
            () => vibe.Deals.GetAsync(1),
            () => vibe.SendAsync(new VibeCode.Deals.DealsSearchRequest()),
            () => vibe.Deals.AggregateAsync(),
            () => vibe.CallAsync(HttpMethod.Get, "/v1/deals/1"),
        })
        {
            _portal.Inject(FaultOf(fault) with { Times = 2 });
            await read();
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Writes_go_once(string fault)
    {
        using var vibe = Vibe();
        foreach (var write in new Func<Task>[]
        {
            () => vibe.Deals.CreateAsync(new() { Title = "Attic" }),
            () => vibe.Deals.UpdateAsync(1, new() { Title = "Attic" }),
            () => vibe.Deals.DeleteAsync(1),
            () => vibe.Deals.BatchAsync(VibeCode.Deals.DealsBatchAction.Delete, ids: [1]),
            () => vibe.Batch.SendAsync([new() { Entity = "deals", Action = VibeCode.Batch.BatchCallAction.Delete, EntityId = 1 }]),
            () => vibe.CallAsync(HttpMethod.Post, "/v1/deals", new JsonObject { ["title"] = "Attic" }),
        })
        {
            // The second would meet no fault, and be executed.
            _portal.ClearFaults();
            _portal.Inject(FaultOf(fault) with { Executed = false });
            await Assert.ThrowsAnyAsync<Bitrix24Exception>(write);
        }

        Assert.Equal("Roof", Assert.Single(_portal.Records("deals/Deal"))["title"]!.GetValue<string>());
    }

    [Fact]
    public async Task Write_that_was_refused_for_a_limit_goes_again()
    {
        _portal.Inject(Fault.Documented("RATE_LIMITED") with { Times = 2 });
        using var vibe = Vibe();
        await vibe.Deals.CreateAsync(new() { Title = "Attic" });
        Assert.Equal(2, _portal.Records("deals/Deal").Count);

        _portal.Inject(Fault.Documented("TOO_MANY_REQUESTS") with { Times = 2 });
        using var amo = new Amo(Bitrix24Credentials.AmoCrm(_portal.PortalUrl, _portal.AccessToken), Patient);
        Assert.True((await amo.Widgets.InstallAsync("sms_gate", [])).IsActiveInAccount);
    }

    [Theory]
    [InlineData("ENTITY_NOT_FOUND")]
    [InlineData("BITRIX_ERROR")]
    [InlineData("SCOPE_DENIED")]
    public async Task Refusal_for_good_is_not_asked_for_twice(string code)
    {
        using var vibe = Vibe();
        _portal.Inject(Fault.Documented(code));
        var error = await Assert.ThrowsAsync<Bitrix24ApiException>(() => vibe.Deals.GetAsync(1));
        Assert.Equal((code, 1), (error.Code, _portal.RequestCount));
    }

    [Theory]
    [InlineData(504, null, 5)]
    [InlineData(429, "<html>slow down</html>", 2)]
    public async Task Server_says_how_long_it_wants_to_be_left_alone(int status, string? body, int seconds)
    {
        var time = new VirtualTime();
        // The queue's answer says it in its body, the front's in a header.
        var handler = new CannedHandler((status, body ?? Exchange.Load("vibecode/error.queue-timeout").Answer!.ToJsonText()), (200, """{"success":true,"data":{"id":1}}"""));
        using var vibe = new Vibe(
            Bitrix24Credentials.VibeCode("vibe_api_queue"),
            time.Options with { HttpClient = new HttpClient(handler), RateLimit = Bitrix24RateLimit.None, RetryDelay = TimeSpan.FromMilliseconds(1) });
        var start = time.Clock.GetUtcNow();
        var call = vibe.Deals.GetAsync(1);
        while (!call.IsCompleted)
        {
            time.Clock.Advance(TimeSpan.FromSeconds(0.1));
            await Task.Delay(1);
        }

        Assert.Equal((1, 2), ((await call).Id, handler.Requests.Count));
        Assert.True(time.Clock.GetUtcNow() - start >= TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public async Task Calls_of_both_apis_are_told_of_by_name_and_host_and_without_secrets()
    {
        var logged = new ConcurrentBag<string>();
        using var activities = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Bitrix24",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => logged.Add($"{activity.OperationName} {string.Join(' ', activity.TagObjects.Select(static t => $"{t.Key}={t.Value}"))}"),
        };
        ActivitySource.AddActivityListener(activities);
        using var meters = new MeterListener { InstrumentPublished = static (instrument, listener) => { if (instrument.Meter.Name == "Bitrix24") listener.EnableMeasurementEvents(instrument); } };
        meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => logged.Add($"{instrument.Name} {string.Join(' ', tags.ToArray().Select(static t => $"{t.Key}={t.Value}"))}"));
        meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => logged.Add($"{instrument.Name} {string.Join(' ', tags.ToArray().Select(static t => $"{t.Key}={t.Value}"))}"));
        meters.Start();

        using var vibe = new Vibe(Bitrix24Credentials.VibeCode(_portal.ApiKey, url: _portal.PortalUrl), Patient with { RateLimit = null });
        _portal.Inject(Fault.Documented("QUEUE_TIMEOUT"));
        await vibe.Deals.GetAsync(1);
        await vibe.CallAsync(HttpMethod.Get, "/v1/deals/1");
        using var amo = new Amo(Bitrix24Credentials.AmoCrm(_portal.PortalUrl, _portal.AccessToken), Patient);
        await Assert.ThrowsAsync<Bitrix24ApiException>(() => amo.Widgets.GetAsync("nowhere"));
        meters.RecordObservableInstruments();

        var host = new Uri(_portal.PortalUrl).Authority;
        var mine = logged.Where(t => t.Contains(host, StringComparison.Ordinal)).ToList();
        Assert.Contains(mine, static t => t.StartsWith("deals.get ", StringComparison.Ordinal) && t.Contains("bitrix24.outcome=ok", StringComparison.Ordinal) && t.Contains("bitrix24.retries=1", StringComparison.Ordinal));
        Assert.Contains(mine, static t => t.StartsWith("GET /v1/deals/{id} ", StringComparison.Ordinal));
        Assert.Contains(mine, static t => t.StartsWith("widgets.get ", StringComparison.Ordinal) && t.Contains("bitrix24.outcome=NOT_FOUND", StringComparison.Ordinal));
        Assert.Contains(mine, static t => t.StartsWith("bitrix24.call.retries ", StringComparison.Ordinal));
        Assert.Contains(mine, static t => t.StartsWith("bitrix24.bucket.free ", StringComparison.Ordinal));
        Assert.DoesNotContain(mine, t => t.Contains(_portal.ApiKey, StringComparison.Ordinal) || t.Contains(_portal.AccessToken, StringComparison.Ordinal));
    }

    private static Fault FaultOf(string name) => name switch
    {
        "html" => Fault.Answer(502, "<html>bad gateway</html>"),
        "cut" => Fault.Cut(),
        "broken" => Fault.Answer(200, "{\"success\":true,\"da", "application/json"),
        _ => Fault.Documented(name),
    };

    private Vibe Vibe() => new(Bitrix24Credentials.VibeCode(_portal.ApiKey, url: _portal.PortalUrl), Patient);
}
