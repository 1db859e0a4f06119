using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>The control API at <c>/_emulator</c>: what it shows and steers, and who may use it.</summary>
public sealed class ControlTests : IAsyncLifetime
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    private readonly ManualClock _clock = new();
    private PortalEmulator _portal = null!;

    public async Task InitializeAsync() => _portal = await PortalEmulator.StartAsync(new() { TimeProvider = _clock, Limits = PortalLimits.Standard });

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Calls_ShowEachRuleWithItsPath_AndWhatTheServerSays()
    {
        await _portal.CallAsync("biconnector.connector.add", """{"fields":{"title":"C"}}""");
        await _portal.CallAsync("biconnector.connector.list");

        var calls = (await GetAsync("calls"))["calls"]!.AsArray();
        Assert.Equal(["biconnector.connector.add", "biconnector.connector.list"], calls.Select(c => c!["method"]!.GetValue<string>()));
        var violation = calls[0]!["violations"]![0]!;
        Assert.Equal("B24103", violation["rule"]!.GetValue<string>());
        Assert.StartsWith("fields.", violation["path"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(calls[0]!["error"]!.GetValue<string>(), violation["code"]!.GetValue<string>());
        Assert.NotEmpty(violation["message"]!.GetValue<string>());
        Assert.Empty(calls[1]!["violations"]!.AsArray());

        var later = await GetAsync($"calls?after={calls[0]!["sequence"]}");
        Assert.Equal("biconnector.connector.list", later["calls"]!.AsArray().Single()!["method"]!.GetValue<string>());
        await SendAsync(HttpMethod.Delete, "calls");
        Assert.Empty((await GetAsync("calls"))["calls"]!.AsArray());
        Assert.Empty(_portal.Requests);
    }

    [Fact]
    public async Task Records_AreSeeded_Shown_SavedAndBroughtBack()
    {
        Assert.Equal(2, (await SendAsync(HttpMethod.Post, "records", """{"widgets/Widget":[{"code":"a"},{"code":"b"}]}"""))["seeded"]!.GetValue<int>());
        var page = await GetAsync("records?type=widgets/Widget&offset=1");
        Assert.Equal((2, "b"), (page["total"]!.GetValue<int>(), page["records"]!.AsArray().Single()!["code"]!.GetValue<string>()));

        var snapshot = await GetAsync("snapshot");
        await SendAsync(HttpMethod.Post, "records", """{"widgets/Widget":[{"code":"c"}]}""");
        await SendAsync(HttpMethod.Post, "snapshot", snapshot.ToJsonString());
        Assert.Equal(2, _portal.Records("widgets/Widget").Count);
        Assert.Contains(await TypesAsync(), t => t == "widgets/Widget 2");

        await SendAsync(HttpMethod.Post, "reset");
        Assert.DoesNotContain(await TypesAsync(), t => t.StartsWith("widgets/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Faults_AreSetAndForgotten()
    {
        await SendAsync(HttpMethod.Post, "faults", """{"fault":"documented","code":"QUERY_LIMIT_EXCEEDED","method":"biconnector.connector.list","times":2}""");
        Assert.Equal("QUERY_LIMIT_EXCEEDED", (await _portal.CallAsync("biconnector.connector.list")).Error);
        Assert.Equal(1, (await GetAsync("faults"))["faults"]![0]!["times"]!.GetValue<int>());
        await SendAsync(HttpMethod.Delete, "faults");
        Assert.Null((await _portal.CallAsync("biconnector.connector.list")).Error);
        await SendAsync(HttpMethod.Post, "faults", """{"fault":"answer","status":502,"after":1}""");
        Assert.Equal(HttpStatusCode.OK, (await _portal.CallAsync("biconnector.connector.list")).Status);
        Assert.Equal(HttpStatusCode.BadGateway, (await _portal.CallAsync("biconnector.connector.list")).Status);
    }

    [Fact]
    public async Task Clock_MovesTokensAndTheBucketOn()
    {
        await SendAsync(HttpMethod.Post, "bucket", """{"level":50}""");
        Assert.Equal("QUERY_LIMIT_EXCEEDED", (await _portal.CallAsync("biconnector.connector.list")).Error);
        var before = _clock.GetUtcNow();
        var clock = await SendAsync(HttpMethod.Post, "clock", """{"advance":10}""");
        Assert.Equal(before.AddSeconds(10), clock["now"]!.GetValue<DateTimeOffset>());
        Assert.Equal(30, (await GetAsync("bucket"))["level"]!.GetValue<double>());
        Assert.Null((await _portal.CallAsync("biconnector.connector.list")).Error);

        await SendAsync(HttpMethod.Post, "tokens/expire");
        Assert.Equal("expired_token", (await _portal.CallAsync("biconnector.connector.list")).Error);
    }

    [Theory]
    [InlineData("POST", "faults", "{}", 400, "\"fault\" is missing")]
    [InlineData("POST", "faults", """{"fault":"boom"}""", 400, "no fault \"boom\"")]
    [InlineData("POST", "faults", """{"fault":"cut","times":0}""", 400, "\"times\"")]
    [InlineData("POST", "faults", """{"fault":"redirect","location":"nowhere"}""", 400, "\"location\"")]
    [InlineData("POST", "faults", """{"fault":"answer","contentType":"a\r\nb"}""", 400, "\"contentType\"")]
    [InlineData("POST", "clock", """{"advance":-5}""", 400, "does not go back")]
    [InlineData("POST", "bucket", """{"level":51}""", 400, "between 0 and 50")]
    [InlineData("POST", "records", """{"widgets/Gadget":[{}]}""", 404, "widgets/Gadget")]
    [InlineData("POST", "records", """{"widgets/Widget":{}}""", 400, "list of records")]
    [InlineData("POST", "records", "[]", 400, "JSON object")]
    [InlineData("POST", "records", "{", 400, "not JSON")]
    [InlineData("GET", "records?type=widgets/Widget&offset=x", null, 400, "\"offset\"")]
    [InlineData("GET", "nothing", null, 404, "no GET of \"nothing\"")]
    public async Task WrongRequests_AreToldWhatIsWrong(string verb, string path, string? body, int status, string text)
    {
        using var answer = await AnswerAsync(new HttpMethod(verb), path, body, _portal.ControlToken);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(text, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host", "evil.example", 403)]
    [InlineData("Host", "127.0.0.1:1", 403)]
    [InlineData("Origin", "http://evil.example", 403)]
    [InlineData("Origin", "null", 403)]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-site", 403)]
    [InlineData("X-Emulator-Token", "wrong", 401)]
    [InlineData("X-Emulator-Token", "", 401)]
    public async Task WebPagesAndStrangers_GetNothing(string header, string value, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{_portal.ControlUrl}/api/calls");
        request.Headers.Add("X-Emulator-Token", _portal.ControlToken);
        request.Headers.Remove(header);
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await Http.SendAsync(request);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Page_CarriesTheToken_ForItselfOnly()
    {
        using var answer = await Http.GetAsync(_portal.ControlUrl);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains($"content=\"{_portal.ControlToken}\"", page, StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Equal("DENY", answer.Headers.GetValues("X-Frame-Options").Single());
        Assert.StartsWith("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);

        using var rebound = new HttpRequestMessage(HttpMethod.Get, _portal.ControlUrl);
        rebound.Headers.Host = "evil.example";
        using var refused = await Http.SendAsync(rebound);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.DoesNotContain(_portal.ControlToken, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_ForgetsTheOldest_ButGoesOnCounting()
    {
        await using var portal = await PortalEmulator.StartAsync(new() { CallLogCapacity = 5 });
        for (var i = 0; i < 12; i++)
            await portal.CallAsync("biconnector.connector.list");
        Assert.Equal((5, 12L, 12, 12), (portal.Requests.Count, portal.Requests.Total, portal.RequestCount, portal.Requests.Executions("biconnector.connector.list")));
        Assert.Equal([8, 9, 10, 11, 12], portal.Requests.Select(static c => c.Sequence));
    }

    private async Task<IEnumerable<string>> TypesAsync() =>
        (await GetAsync("records"))["types"]!.AsArray().Select(static t => $"{t!["type"]} {t["count"]}");

    private Task<JsonObject> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    private async Task<JsonObject> SendAsync(HttpMethod verb, string path, string? body = null)
    {
        using var answer = await AnswerAsync(verb, path, body, _portal.ControlToken);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!.AsObject();
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpMethod verb, string path, string? body, string token)
    {
        using var request = new HttpRequestMessage(verb, $"{_portal.ControlUrl}/api/{path}");
        request.Headers.Add("X-Emulator-Token", token);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        return await Http.SendAsync(request);
    }
}
