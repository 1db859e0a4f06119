using System.Net;

namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>The OAuth pages.</summary>
public sealed class OAuthTests : IAsyncLifetime
{
    private const string Method = "biconnector.connector.fields";

    private readonly ManualClock _clock = new();
    private PortalEmulator _portal = null!;

    public async Task InitializeAsync() => _portal = await PortalEmulator.StartAsync(new() { TimeProvider = _clock });

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Code_IsGoodOnce_AndForThirtySeconds()
    {
        var code = _portal.IssueAuthorizationCode();
        var issued = await TokenAsync($"grant_type=authorization_code&code={code}");
        Assert.Equal(3600, issued.Body!["expires_in"]!.GetValue<int>());
        Assert.Equal(_portal.RestUrl, issued.Body["client_endpoint"]!.GetValue<string>());
        Assert.Null((await CallAsync(issued)).Error);

        Assert.Equal("invalid_grant", (await TokenAsync($"grant_type=authorization_code&code={code}")).Error);
        var late = _portal.IssueAuthorizationCode();
        _clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal("invalid_grant", (await TokenAsync($"grant_type=authorization_code&code={late}")).Error);
    }

    [Fact]
    public async Task RefreshToken_IsWorthNothingOnceUsed()
    {
        var first = await TokenAsync($"grant_type=refresh_token&refresh_token={_portal.RefreshToken}");
        var again = await TokenAsync($"grant_type=refresh_token&refresh_token={_portal.RefreshToken}");
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_grant"), (again.Status, again.Error));
        Assert.Null((await TokenAsync($"grant_type=refresh_token&refresh_token={first.Body!["refresh_token"]}")).Error);
        Assert.Equal(2, _portal.RefreshCount);
    }

    [Fact]
    public async Task AccessToken_ExpiresAfterAnHour()
    {
        var issued = await TokenAsync($"grant_type=refresh_token&refresh_token={_portal.RefreshToken}");
        _clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Null((await CallAsync(issued)).Error);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("expired_token", (await CallAsync(issued)).Error);
    }

    [Theory]
    [InlineData("grant_type=refresh_token", "invalid_request")]
    [InlineData("grant_type=password", "invalid_request")]
    [InlineData("grant_type=refresh_token&refresh_token=wrong", "invalid_grant")]
    [InlineData("client_secret=wrong&grant_type=refresh_token&refresh_token=wrong", "invalid_client")]
    public async Task WrongRequests_AreRefused(string query, string code) => Assert.Equal(code, (await TokenAsync(query)).Error);

    [Fact]
    public async Task Authorize_SendsTheUserBackWithACode()
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await http.GetAsync(
            $"{_portal.PortalUrl}/oauth/authorize/?client_id={_portal.ClientId}&state=s%201&redirect_uri={Uri.EscapeDataString("https://app.example.com/back?x=1")}");
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        var back = answer.Headers.Location!.AbsoluteUri;
        Assert.StartsWith("https://app.example.com/back?x=1&code=", back, StringComparison.Ordinal);
        Assert.Contains("&state=s%201&domain=", back, StringComparison.Ordinal);
        Assert.Contains("%2Ccrm%2C", back, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Authorize_ShowsTheCode_WhereTheApplicationHasNoAddress()
    {
        using var http = new HttpClient();
        var page = await http.GetStringAsync($"{_portal.PortalUrl}/oauth/authorize/?client_id={_portal.ClientId}&state=s");
        var code = page.Split("<code>")[1].Split("</code>")[0];
        Assert.Equal(HttpStatusCode.OK, (await TokenAsync($"grant_type=authorization_code&code={code}")).Status);
    }

    [Fact]
    public async Task Uninstallation_EndsTheTokensThatWereHandedOut()
    {
        var issued = await TokenAsync($"grant_type=authorization_code&code={_portal.IssueAuthorizationCode()}");
        Assert.Null((await CallAsync(issued)).Error);
        await Assert.ThrowsAsync<HttpRequestException>(() => _portal.UninstallAsync("http://127.0.0.1:9/"));
        Assert.Equal("invalid_token", (await CallAsync(issued)).Error);
        Assert.Equal("invalid_grant", (await TokenAsync($"grant_type=refresh_token&refresh_token={issued.Body!["refresh_token"]}")).Error);
        Assert.Null((await _portal.CallAsync(Method)).Error);
    }

    [Fact]
    public async Task TokenEndpoint_CanFailToo()
    {
        _portal.Inject(Fault.Answer(502) with { Method = Fault.TokenEndpoint });
        Assert.Null((await _portal.CallAsync(Method)).Error);
        Assert.Equal(HttpStatusCode.BadGateway, (await TokenAsync($"grant_type=refresh_token&refresh_token={_portal.RefreshToken}")).Status);
        Assert.Equal(0, _portal.RefreshCount);
    }

    private Task<Reply> TokenAsync(string query)
    {
        var secret = query.Contains("client_secret", StringComparison.Ordinal) ? "" : $"&client_secret={_portal.ClientSecret}";
        return PortalCalls.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"{_portal.PortalUrl}/oauth/token/?client_id={_portal.ClientId}{secret}&{query}"));
    }

    private Task<Reply> CallAsync(Reply issued) =>
        PortalCalls.SendAsync(PortalCalls.Post($"{_portal.RestUrl}{Method}", "{}", issued.Body!["access_token"]!.GetValue<string>()));
}
