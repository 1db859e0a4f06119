using Bitrix24.Gen.Emulator;

namespace Bitrix24.Gen.Paging.Tests;

/// <summary>What the portal's bucket lets through and what the client makes of it: over HTTP, on virtual time.</summary>
public sealed class BucketTests(Deals deals) : IClassFixture<Deals>
{
    private const int Rows = Deals.Count;

    [Fact]
    public async Task Hundred_thousand_rows_a_page_a_request_take_what_the_bucket_allows()
    {
        var listed = await deals.PageThroughAsync(PagingMode.PageByPage);

        Assert.Equal(Enumerable.Range(1, Rows).Select(static i => (long)i), listed.Ids);
        Assert.Equal((2001, 0), (listed.Requests, listed.Refused));
        // 50 at once, the others as they leak out, 2 a second.
        var allowed = (listed.Requests - 50) / 2.0;
        Assert.InRange(listed.Took.TotalSeconds, allowed, allowed / 0.98);
        // As docs/performance.md has it.
        Assert.Equal(976, listed.Took.TotalSeconds, 0.1);
    }

    [Fact]
    public async Task Hundred_thousand_rows_in_batches_take_a_fiftieth_of_the_requests()
    {
        var listed = await deals.PageThroughAsync(PagingMode.Fastest);

        Assert.Equal(Enumerable.Range(1, Rows).Select(static i => (long)i), listed.Ids);
        // The first page, then 50 in each batch.
        Assert.Equal((41, 0, TimeSpan.Zero), (listed.Requests, listed.Refused, listed.Took));
    }

    [Fact]
    public async Task Portal_that_counts_the_commands_of_a_batch_gives_all_rows_too()
    {
        var listed = await Deals.PageThroughAsync(Deals.Standard with { CountsCommands = true }, 10_000);

        Assert.Equal(Enumerable.Range(1, 10_000).Select(static i => (long)i), listed.Ids);
    }

    [Theory]
    [InlineData(200, 50, 2)]
    [InlineData(400, 250, 5)]
    public async Task Callers_at_once_meet_no_refusal(int callers, int capacity, double perSecond)
    {
        // b24phpsdk#76: without a limiter, callers run into 503.
        var time = new VirtualTime();
        await using var portal = await PortalEmulator.StartAsync(new()
        {
            TimeProvider = time.Clock,
            Limits = Deals.Standard with { Capacity = capacity, PerSecond = perSecond },
        });
        portal.Seed("crm.deal/Deal", """{ "TITLE": "Roof" }""");
        var credentials = Bitrix24Credentials.Webhook(portal.WebhookUrl);
        var options = time.Options with { RateLimit = capacity == 50 ? null : Bitrix24RateLimit.Enterprise };
        using var client = new Portal(credentials, options);

        var took = await time.RunAsync([credentials], [.. Enumerable.Range(0, callers).Select(_ => client.Crm.Deal.GetAsync(1))]);

        Assert.Equal((callers, 0), (portal.RequestCount, portal.Requests.Count(static c => c.Status == 503)));
        var allowed = (callers - capacity) / perSecond;
        Assert.InRange(took.TotalSeconds, allowed, allowed / 0.98);
    }

    [Fact]
    public async Task Clients_of_different_tokens_and_versions_share_one_bucket()
    {
        // b24jssdk: each client, and each API version, had a bucket of its own.
        var time = new VirtualTime();
        await using var portal = await PortalEmulator.StartAsync(new() { TimeProvider = time.Clock, Limits = Deals.Standard });
        portal.Seed("crm.deal/Deal", """{ "TITLE": "Roof" }""");
        portal.Seed("main.eventlog/EventLog", """{ "moduleId": "main" }""");
        var webhook = Bitrix24Credentials.Webhook(portal.WebhookUrl);
        using var one = new Portal(webhook, time.Options);
        using var two = new Portal(Bitrix24Credentials.AccessToken(portal.PortalUrl, portal.AccessToken), time.Options);

        var took = await time.RunAsync([webhook], [.. Enumerable.Range(0, 210).Select<int, Task>(i => (i % 3) switch
        {
            0 => one.Crm.Deal.GetAsync(1),
            1 => two.Crm.Deal.GetAsync(1),
            _ => two.V3.Main.EventLog.GetAsync(1),
        })]);

        Assert.Equal((210, 0), (portal.RequestCount, portal.Requests.Count(static c => c.Error is not null)));
        Assert.Equal(70, portal.Requests.Count(static c => c.ByWebhook));
        Assert.InRange(took.TotalSeconds, 80, 80 / 0.98);
    }

    [Fact]
    public async Task Paging_in_batches_waits_for_operating_time_and_loses_no_row()
    {
        // fast_bitrix24#187, #216: operating limits ended the enumeration. 12 s a page: 480 s are 40 pages in ten minutes.
        var listed = await Deals.PageThroughAsync(Deals.Standard with { OperatingCost = static _ => TimeSpan.FromSeconds(12) }, 5_000);

        Assert.Equal(Enumerable.Range(1, 5_000).Select(static i => (long)i), listed.Ids);
        Assert.InRange(listed.Took.TotalMinutes, 10, 31);
    }
}
