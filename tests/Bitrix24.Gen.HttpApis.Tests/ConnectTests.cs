using System.Net;
using System.Web;
using Bitrix24.Gen.Emulator;

namespace Bitrix24.Gen.HttpApis.Tests;

/// <summary>A user lets a VibeCode application in, and the session that comes of it.</summary>
public sealed class ConnectTests : IAsyncLifetime
{
    private const string Back = "https://app.example/back?x=1";

    private readonly FakeTime _time = new();
    private PortalEmulator _portal = null!;
    private VibeCodeApplication _application = null!;

    private Bitrix24ClientOptions Options => TestOptions.Impatient with { TimeProvider = _time };

    public async Task InitializeAsync()
    {
        _portal = await PortalEmulator.StartAsync(new() { TimeProvider = _time });
        _application = new(_portal.ClientId, _portal.ApplicationKey, new Uri(Back), _portal.PortalUrl);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task User_comes_back_with_a_code_that_gives_a_session_for_a_day()
    {
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var answer = await browser.GetAsync(_application.AuthorizeUrl("s 1&2"));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith(Back + "&", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        var query = HttpUtility.ParseQueryString(answer.Headers.Location.Query);
        Assert.Equal("s 1&2", query["state"]);

        var session = await _application.ExchangeCodeAsync(query["code"]!, Options);
        Assert.StartsWith("vibe_session_", session.Token, StringComparison.Ordinal);
        Assert.Equal(_time.GetUtcNow().AddHours(24), session.ExpiresAt);
        using var vibe = new Vibe(Bitrix24Credentials.VibeCode(_application, session), Options);
        await vibe.Me.GetAsync();

        _time.Advance(TimeSpan.FromHours(24));
        var requests = _portal.RequestCount;
        var error = await Assert.ThrowsAsync<Bitrix24SessionExpiredException>(() => vibe.Me.GetAsync());
        Assert.Equal(("TOKEN_EXPIRED", HttpStatusCode.Unauthorized, requests), (error.Code, error.Status, _portal.RequestCount));
    }

    [Fact]
    public async Task Session_that_ended_early_is_the_servers_word()
    {
        var session = await _application.ExchangeCodeAsync(_portal.IssueAuthorizationCode(), Options);
        using var vibe = new Vibe(Bitrix24Credentials.VibeCode(_application, session), Options);
        _portal.ExpireTokens();
        var error = await Assert.ThrowsAsync<Bitrix24SessionExpiredException>(() => vibe.Deals.GetAsync(1));
        Assert.Equal("deals.get", error.Method);
        Assert.Equal(1, _portal.RequestCount);
    }

    [Fact]
    public async Task Code_is_good_once_and_not_long()
    {
        var code = _portal.IssueAuthorizationCode();
        await _application.ExchangeCodeAsync(code, Options);
        await Refused(_application, code, "INVALID_PARAMS", 400);
        var late = _portal.IssueAuthorizationCode();
        _time.Advance(TimeSpan.FromSeconds(31));
        await Refused(_application, late, "INVALID_PARAMS", 400);
        await Refused(new(_portal.ClientId, _portal.ApiKey, new Uri(Back), _portal.PortalUrl), _portal.IssueAuthorizationCode(), "INVALID_APP_KEY", 401);
    }

    [Theory]
    [InlineData("client_id=nobody&response_type=code&redirect_uri=https%3A%2F%2Fapp.example%2Fback")]
    [InlineData("client_id=app.emulator&response_type=token&redirect_uri=https%3A%2F%2Fapp.example%2Fback")]
    [InlineData("client_id=app.emulator&response_type=code")]
    public async Task Authorization_of_what_is_not_known_is_refused(string query)
    {
        using var browser = new HttpClient();
        using var answer = await browser.GetAsync($"{_portal.PortalUrl}/v1/connect/authorize?{query}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("INVALID_PARAMS", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "access_token": "vibe_session_a", "expires_in": 60 }""", 60)]
    [InlineData("""{ "success": true, "data": { "session": "vibe_session_a" } }""", 86400)]
    [InlineData("""{ "session_token": "vibe_session_a", "expires_in": "soon" }""", 86400)]
    public async Task Session_is_read_from_each_likely_answer(string body, int seconds)
    {
        var session = await Exchange(200, body);
        Assert.Equal(("vibe_session_a", _time.GetUtcNow().AddSeconds(seconds)), (session.Token, session.ExpiresAt));
    }

    [Theory]
    [InlineData(200, "{}")]
    [InlineData(200, """{ "access_token": 5 }""")]
    [InlineData(200, "[]")]
    [InlineData(502, "<html>bad gateway</html>")]
    public Task Answer_without_a_session_is_a_protocol_error(int status, string body) =>
        Assert.ThrowsAsync<Bitrix24ProtocolException>(() => Exchange(status, body));

    [Fact]
    public async Task Secrets_are_not_told()
    {
        var error = await Assert.ThrowsAsync<Bitrix24ApiException>(() => Exchange(400, """{ "error": { "code": "INVALID_PARAMS", "message": "vibe_app_secret has no code-1" } }"""));
        Assert.Equal("*** has no ***", error.Description);
        var session = new VibeCodeSession("vibe_session_secret", DateTimeOffset.MaxValue);
        Assert.DoesNotContain("secret", $"{Canned} {session} {Bitrix24Credentials.VibeCode(Canned, session)}", StringComparison.Ordinal);
    }

    [Fact]
    public void Address_of_the_api_is_https() =>
        Assert.Throws<ArgumentException>(() => new VibeCodeApplication("id", "key", new Uri(Back), "http://vibecode.example"));

    private static VibeCodeApplication Canned => new("id", "vibe_app_secret", new Uri(Back));

    private async Task<VibeCodeSession> Exchange(int status, string body)
    {
        var handler = new CannedHandler((status, body));
        var session = await Canned.ExchangeCodeAsync("code-1", TestOptions.For(handler) with { TimeProvider = _time });
        var request = Assert.Single(handler.Requests);
        Assert.Equal(("POST", "/v1/connect/token", "vibe_app_secret"), (request.Verb, request.Target, request.Authorization));
        Assert.Equal("grant_type=authorization_code&client_id=id&code=code-1&redirect_uri=https%3A%2F%2Fapp.example%2Fback%3Fx%3D1", request.Body);
        return session;
    }

    private async Task Refused(VibeCodeApplication application, string code, string expected, int status)
    {
        var error = await Assert.ThrowsAsync<Bitrix24ApiException>(() => application.ExchangeCodeAsync(code, Options));
        Assert.Equal((expected, status), (error.Code, (int)error.Status));
    }
}
