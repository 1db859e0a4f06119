using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Bitrix24.Gen.Emulator;

namespace Bitrix24.Gen.HttpApis.Tests;

// Here, so that the runtime's own are not nearer.

/// <summary>The limits of both APIs: the emulator counts by them, and the client stays within them.</summary>
public sealed class LimitTests : IAsyncLifetime
{
    private readonly VirtualTime _time = new();
    private PortalEmulator _portal = null!;

    private int Refused => _portal.Requests.Count(static c => c.Status is 429 or 403);

    public async Task InitializeAsync()
    {
        _portal = await PortalEmulator.StartAsync(new() { TimeProvider = _time.Clock, Limits = PortalLimits.Standard });
        _portal.Seed("deals/Deal", """{ "title": "Roof" }""");
        _portal.Seed("widgets/Widget", """{ "code": "sms_gate" }""");
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Burst_over_both_of_VibeCodes_windows_meets_no_refusal()
    {
        var credentials = Bitrix24Credentials.VibeCode(_portal.ApiKey, url: _portal.PortalUrl);
        using var vibe = new Vibe(credentials, _time.Options);
        var took = await _time.RunAsync([credentials], [.. Enumerable.Range(0, 620).Select(_ => vibe.Deals.GetAsync(1))]);

        Assert.Equal((620, 0), (_portal.RequestCount, Refused));
        // 300 a minute: the last 20 go in the third minute.
        Assert.InRange(took.TotalSeconds, 120, 124);
    }

    [Fact]
    public async Task Burst_over_amoCRMs_limit_meets_no_refusal()
    {
        var credentials = Bitrix24Credentials.AmoCrm(_portal.PortalUrl, _portal.AccessToken);
        using var amo = new Amo(credentials, _time.Options);
        var took = await _time.RunAsync([credentials], [.. Enumerable.Range(0, 70).Select(_ => amo.Widgets.GetAsync("sms_gate"))]);

        Assert.Equal((70, 0), (_portal.RequestCount, Refused));
        Assert.InRange(took.TotalSeconds, 9, 12);
    }

    [Fact]
    public async Task Apis_of_one_host_have_limits_of_their_own()
    {
        using var bitrix24 = new Classic(Bitrix24Credentials.AccessToken(_portal.PortalUrl, _portal.AccessToken), _time.Options);
        await bitrix24.CallAsync("server.time");
        var credentials = Bitrix24Credentials.AmoCrm(_portal.PortalUrl, _portal.AccessToken);
        using var amo = new Amo(credentials, _time.Options);
        var took = await _time.RunAsync([credentials], [.. Enumerable.Range(0, 21).Select(_ => amo.Widgets.GetAsync("sms_gate"))]);

        Assert.Equal((22, 0), (_portal.RequestCount, Refused));
        Assert.InRange(took.TotalSeconds, 2, 4);
    }

    [Fact]
    public async Task Call_waits_as_long_as_it_is_asked_to_when_another_process_used_the_limit_up()
    {
        using var other = Other();
        for (var i = 0; i < 300; i++)
        {
            _time.Clock.Advance(TimeSpan.FromMilliseconds(100));
            using var taken = await other.GetAsync("/v1/deals/1");
            Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        }

        var credentials = Bitrix24Credentials.VibeCode(_portal.ApiKey, url: _portal.PortalUrl);
        using var vibe = new Vibe(credentials, _time.Options);
        var first = vibe.Deals.CreateAsync(new() { Title = "Attic" });
        while (Refused == 0 || Statistics().CurrentQueuedCount == 0)
            await Task.Delay(1);
        var took = await _time.RunAsync([credentials], [first, .. Enumerable.Range(0, 9).Select(_ => vibe.Deals.GetAsync(1))]);

        // The first of the 300 was at 0.1 s of 30: the window has room again after 30.1 s, said as 31.
        Assert.Equal((1, 31), (Refused, took.TotalSeconds));
        Assert.Equal(2, _portal.Records("deals/Deal").Count);

        System.Threading.RateLimiting.RateLimiterStatistics Statistics() =>
            PortalThrottle.Of(credentials, _time.Options).Limiter!.GetStatistics();
    }

    [Fact]
    public async Task Keys_of_one_portal_get_their_calls_through_though_neither_knows_of_the_other()
    {
        Bitrix24Credentials[] keys = [Bitrix24Credentials.VibeCode(_portal.ApiKey, url: _portal.PortalUrl), Bitrix24Credentials.VibeCode(_portal.ReadOnlyKey, url: _portal.PortalUrl)];
        var clients = keys.Select(k => new Vibe(k, _time.Options)).ToArray();
        await _time.RunAsync(keys, [.. Enumerable.Range(0, 60).Select(i => clients[i % 2].Deals.GetAsync(1))]);
        Assert.Equal(60, _portal.Requests.Executions("deals.get"));
        Assert.NotEqual(0, Refused);
        foreach (var client in clients)
            client.Dispose();
    }

    [Fact]
    public async Task Wait_that_is_too_long_for_the_caller_is_an_error_that_tells_it()
    {
        using var other = Other();
        for (var i = 0; i < 10; i++)
            (await other.GetAsync("/v1/deals/1")).Dispose();
        using var vibe = new Vibe(
            Bitrix24Credentials.VibeCode(_portal.ApiKey, url: _portal.PortalUrl), _time.Options with { MaxLimitWait = TimeSpan.FromMilliseconds(500) });
        var error = await Assert.ThrowsAsync<Bitrix24ApiException>(() => vibe.Deals.GetAsync(1));
        Assert.Equal(("RATE_LIMITED", HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(1)), (error.Code, error.Status, error.RetryAfter));
    }

    [Fact]
    public async Task Answers_tell_where_the_key_stands()
    {
        using var other = Other();
        for (var i = 0; i < 10; i++)
        {
            using var answer = await other.GetAsync("/v1/deals/1");
            Assert.Equal(("10", (9 - i).ToString(CultureInfo.InvariantCulture)), (Header(answer, "X-RateLimit-Limit"), Header(answer, "X-RateLimit-Remaining")));
        }

        using var refusal = await other.GetAsync("/v1/deals/1");
        Assert.Equal(HttpStatusCode.TooManyRequests, refusal.StatusCode);
        Assert.Equal(("0", "1"), (Header(refusal, "X-RateLimit-Remaining"), Header(refusal, "Retry-After")));
        Assert.Equal(_time.Clock.GetUtcNow().AddSeconds(1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), Header(refusal, "X-RateLimit-Reset"));
        var error = (await refusal.Content.ReadFromJsonAsync<JsonObject>())!["error"]!;
        Assert.Equal(("RATE_LIMITED", 1), (error["code"]!.GetValue<string>(), error["retryAfter"]!.GetValue<int>()));
        Assert.Equal(1, Refused);
    }

    [Fact]
    public async Task Search_over_all_entities_has_a_limit_of_its_own_and_a_big_batch_takes_more_of_the_common_ones()
    {
        using var other = Other();
        for (var i = 0; i < 60; i++)
        {
            _time.Clock.Advance(TimeSpan.FromMilliseconds(110));
            using var answer = await other.PostAsJsonAsync("/v1/search", new JsonObject());
            Assert.NotEqual(HttpStatusCode.TooManyRequests, answer.StatusCode);
        }

        using (var refusal = await other.PostAsJsonAsync("/v1/search", new JsonObject()))
            Assert.Equal((HttpStatusCode.TooManyRequests, "60"), (refusal.StatusCode, Header(refusal, "X-RateLimit-Limit")));
        _time.Clock.Advance(TimeSpan.FromSeconds(1));
        var batch = new JsonObject { ["action"] = "create", ["items"] = new JsonArray([.. Enumerable.Range(0, 451).Select(static _ => new JsonObject())]) };
        using (var answer = await other.PostAsJsonAsync("/v1/deals/batch", batch))
            Assert.Equal((HttpStatusCode.OK, "0"), (answer.StatusCode, Header(answer, "X-RateLimit-Remaining")));
    }

    [Fact]
    public async Task Burst_over_the_limit_of_a_path_meets_no_refusal_and_holds_up_no_other_call()
    {
        var credentials = Bitrix24Credentials.VibeCode(_portal.ApiKey, url: _portal.PortalUrl);
        using var vibe = new Vibe(credentials, _time.Options);
        var searches = Enumerable.Range(0, 130).Select(i => (Task)SearchAsync(vibe, i % 2 == 0 ? "/v1/search" : "/v1/search?page=1")).ToArray();
        var start = _time.Clock.GetUtcNow();
        var others = Enumerable.Range(0, 20).Select(_ => TimedAsync(vibe.Deals.GetAsync(1))).ToArray();

        var took = await _time.RunAsync([credentials], [.. others, .. searches]);

        Assert.All(others, o => Assert.InRange((o.Result - start).TotalSeconds, 5, 12));

        // 60 a minute: the last 10 go in the third minute.
        Assert.Equal((150, 0), (_portal.RequestCount, Refused));
        Assert.InRange(took.TotalSeconds, 120, 126);
    }

    [Fact]
    public async Task Refusal_for_the_limit_of_a_path_holds_up_no_other_call()
    {
        using var other = Other();
        for (var i = 0; i < 60; i++)
        {
            _time.Clock.Advance(TimeSpan.FromMilliseconds(110));
            (await other.PostAsJsonAsync("/v1/search", new JsonObject { ["query"] = "Roof" })).Dispose();
        }

        _time.Clock.Advance(TimeSpan.FromSeconds(2));
        var credentials = Bitrix24Credentials.VibeCode(_portal.ApiKey, url: _portal.PortalUrl);
        using var vibe = new Vibe(credentials, _time.Options);
        var start = _time.Clock.GetUtcNow();
        var search = TimedAsync(SearchAsync(vibe, "/v1/search"));
        while (Refused == 0)
            await Task.Delay(1);
        var others = Enumerable.Range(0, 5).Select(_ => TimedAsync(vibe.Deals.GetAsync(1))).ToArray();

        await _time.RunAsync([credentials], [search, .. others]);

        Assert.All(await Task.WhenAll(others), o => Assert.InRange((o - start).TotalSeconds, 0, 3));
        // The first of the 60 was 8.6 s before.
        Assert.InRange((await search - start).TotalSeconds, 50, 53);
        Assert.Equal(1, Refused);
    }

    /// <summary>A search, which the emulator counts and has no answer to.</summary>
    private static async Task SearchAsync(Vibe vibe, string path) => Assert.Equal(
        "ENTITY_NOT_FOUND", (await Assert.ThrowsAsync<Bitrix24ApiException>(() => vibe.CallAsync(HttpMethod.Post, path, new JsonObject { ["query"] = "Roof" }))).Code);

    private async Task<DateTimeOffset> TimedAsync(Task call)
    {
        await call;
        return _time.Clock.GetUtcNow();
    }

    [Fact]
    public async Task Who_does_not_heed_amoCRMs_refusals_is_shut_out()
    {
        using var other = new HttpClient { BaseAddress = new Uri(_portal.PortalUrl) };
        other.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _portal.AccessToken);
        for (var i = 0; i < 17; i++)
        {
            using var answer = await other.GetAsync("/api/v4/widgets/sms_gate");
            Assert.Equal(i < 7 ? HttpStatusCode.OK : HttpStatusCode.TooManyRequests, answer.StatusCode);
            Assert.Equal(i < 7 ? "application/hal+json" : "text/plain", answer.Content.Headers.ContentType?.MediaType);
        }

        _time.Clock.Advance(TimeSpan.FromHours(1));
        using var amo = new Amo(Bitrix24Credentials.AmoCrm(_portal.PortalUrl, _portal.AccessToken), _time.Options);
        var error = await Assert.ThrowsAsync<Bitrix24ApiException>(() => amo.Widgets.GetAsync("sms_gate"));
        Assert.Equal(("FORBIDDEN", HttpStatusCode.Forbidden), (error.Code, error.Status));
        Assert.Equal(18, _portal.RequestCount);
    }

    [Fact]
    public async Task Refusal_of_amoCRM_without_a_word_of_how_long_is_waited_out_twice_as_long_the_second_time()
    {
        // Windows of 1.2 s: one, then two.
        _portal.Inject(Fault.Answer(429, "Too many requests", "text/plain") with { Times = 2 });
        var credentials = Bitrix24Credentials.AmoCrm(_portal.PortalUrl, _portal.AccessToken);
        using var amo = new Amo(credentials, _time.Options);
        var took = await _time.RunAsync([credentials], [amo.Widgets.InstallAsync("sms_gate", [])]);
        Assert.Equal((3, 1), ((int)took.TotalSeconds, _portal.RequestCount));
    }

    [Theory]
    [InlineData("/v1/deals/1", 10)]
    [InlineData("/api/v4/widgets/sms_gate", 7)]
    public async Task Limits_hold_on_the_system_clock_too_which_moves_while_they_are_counted(string path, int limit)
    {
        await using var portal = await PortalEmulator.StartAsync(new() { Limits = PortalLimits.Standard });
        portal.Seed("deals/Deal", """{ "title": "Roof" }""");
        portal.Seed("widgets/Widget", """{ "code": "sms_gate" }""");
        using var client = new HttpClient { BaseAddress = new Uri(portal.PortalUrl) };
        client.DefaultRequestHeaders.Add("X-Api-Key", portal.ApiKey);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", portal.AccessToken);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync());
        var burst = await Task.WhenAll(Enumerable.Range(0, limit + 5).Select(_ => StatusAsync()));
        Assert.Contains(HttpStatusCode.TooManyRequests, burst);
        Assert.InRange(burst.Count(static s => s == HttpStatusCode.OK), 1, (2 * limit) - 1);
        await Task.Delay(TimeSpan.FromSeconds(1.1));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync());

        async Task<HttpStatusCode> StatusAsync()
        {
            using var answer = await client.GetAsync(path);
            return answer.StatusCode;
        }
    }

    private static string Header(HttpResponseMessage answer, string name) => answer.Headers.GetValues(name).Single();

    private HttpClient Other()
    {
        var other = new HttpClient { BaseAddress = new Uri(_portal.PortalUrl) };
        other.DefaultRequestHeaders.Add("X-Api-Key", _portal.ApiKey);
        return other;
    }
}
