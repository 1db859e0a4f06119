using System.Net;

namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>What goes wrong on demand, and whether the method had done its work by then.</summary>
public sealed class FaultTests : IAsyncLifetime
{
    private const string Method = "landing.repowidget.register";
    private const string Parameters = """
        {"code":"w","fields":{"NAME":"n","CONTENT":"<div></div>","SECTIONS":"widgets_hr","PREVIEW":"p",
         "WIDGET_PARAMS":{"rootNode":".a","handler":"https://example.com","demoData":{"a":1}}}}
        """;

    private PortalEmulator _portal = null!;

    public async Task InitializeAsync() => _portal = await PortalEmulator.StartAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task Cut_ResetsTheConnection_BeforeOrAfterTheWork(bool executed, int executions)
    {
        _portal.Inject(Fault.Cut() with { Executed = executed });
        await Assert.ThrowsAsync<HttpRequestException>(() => _portal.CallAsync(Method, Parameters));
        Assert.Equal(executions, _portal.Requests.Executions(Method));
        Assert.Null((await _portal.CallAsync(Method, Parameters)).Error);
    }

    [Fact]
    public async Task Answer_ReplacesThePortalsOwn()
    {
        _portal.Inject(Fault.Answer(502, "<html>Bad gateway</html>") with { Times = 2 });
        _portal.Inject(Fault.Error(503, "QUERY_LIMIT_EXCEEDED", "Too many requests"));
        Assert.Equal(HttpStatusCode.BadGateway, (await _portal.CallAsync(Method, Parameters)).Status);
        Assert.Equal(HttpStatusCode.BadGateway, (await _portal.CallAsync(Method, Parameters)).Status);
        var limited = await _portal.CallAsync(Method, Parameters);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "QUERY_LIMIT_EXCEEDED"), (limited.Status, limited.Error));
        Assert.Equal(0, _portal.Requests.Executions(Method));
    }

    [Fact]
    public async Task Answer_MayHideThatTheWorkWasDone()
    {
        _portal.Inject(Fault.Answer(500) with { Executed = true });
        Assert.Equal(HttpStatusCode.InternalServerError, (await _portal.CallAsync(Method, Parameters)).Status);
        Assert.Equal(1, _portal.Requests.Executions(Method));
    }

    [Fact]
    public async Task Redirect_GoesWhereItIsReported()
    {
        _portal.Inject(Fault.Redirect("https://elsewhere.example.com/"));
        Assert.Equal(HttpStatusCode.Found, (await _portal.CallAsync(Method, Parameters)).Status);
    }

    [Fact]
    public async Task Truncated_BreaksOffTheAnswer()
    {
        _portal.Inject(Fault.Truncated());
        await Assert.ThrowsAsync<HttpRequestException>(() => _portal.CallAsync(Method, Parameters));
        Assert.Equal(1, _portal.Requests.Executions(Method));
    }

    [Fact]
    public async Task BrokenBody_IsHalfAnAnswer()
    {
        _portal.Inject(Fault.BrokenBody());
        await Assert.ThrowsAnyAsync<System.Text.Json.JsonException>(() => _portal.CallAsync(Method, Parameters));
    }

    [Fact]
    public async Task TruncatedGzip_CannotBeUnpacked()
    {
        _portal.Inject(Fault.TruncatedGzip());
        using var http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.GZip });
        using var answer = await http.GetAsync($"{_portal.WebhookUrl}landing.repowidget.getlist", HttpCompletionOption.ResponseHeadersRead);
        var body = "";
        try
        {
            body = await answer.Content.ReadAsStringAsync();
        }
        catch (Exception e) when (e is HttpRequestException or InvalidDataException)
        {
            return;
        }

        Assert.False(body.EndsWith('}'), "Half of a compressed answer came out whole.");
    }

    [Fact]
    public async Task ExpiredToken_IsTheOneInUse()
    {
        _portal.Inject(Fault.ExpiredToken());
        Assert.Equal("expired_token", (await _portal.CallAsync(Method, Parameters)).Error);
        Assert.Equal("expired_token", (await _portal.CallAsync(Method, Parameters)).Error);
        Assert.Null((await _portal.CallAsWebhookAsync(Method, Parameters)).Error);
    }

    [Fact]
    public async Task Fault_StrikesItsMethodOnly_AfterAsManyRequestsAsItIsReported()
    {
        _portal.Inject(Fault.Answer(500) with { Method = Method, After = 1 });
        Assert.Equal(HttpStatusCode.OK, (await _portal.CallAsync("landing.repowidget.getlist", """{"params":{}}""")).Status);
        Assert.Equal(HttpStatusCode.OK, (await _portal.CallAsync(Method, Parameters)).Status);
        Assert.Equal(HttpStatusCode.InternalServerError, (await _portal.CallAsync(Method, Parameters)).Status);
        Assert.Equal(HttpStatusCode.OK, (await _portal.CallAsync(Method, Parameters)).Status);
    }
}
